import { ask } from "./http.js";

/** A server, and how it and its client prove themselves. All texts are PEM. */
export interface Endpoint {
  /** For example `https://127.0.0.1:20001`. */
  readonly url: string;
  /** Certificate authority of the server. */
  readonly ca: string;
  /** Bearer token of the client. @default - none */
  readonly token?: string;
  /** Client certificate and its key. @default - none */
  readonly client?: { readonly cert: string; readonly key: string };
}

/** What a server answered. */
export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** A request; without a body it is a GET. */
export interface Call {
  readonly method?: string;
  readonly body?: string;
  readonly contentType?: string;
  readonly accept?: string;
  readonly signal?: AbortSignal | undefined;
}

/** Asks a server whose certificate is verified against the given authority. */
export function call({ url, token, ...trust }: Endpoint, path: string, options: Call = {}): Promise<Answer> {
  const { accept = "application/json", contentType, ...request } = options;
  const headers = {
    accept,
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(contentType === undefined ? {} : { "content-type": contentType }),
  };
  return ask(new URL(path, url), { ...request, headers }, trust);
}
