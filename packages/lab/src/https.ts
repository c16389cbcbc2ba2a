import { type RequestOptions, request } from "node:https";

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

/** Seconds that a server of the lab may take to answer. */
const SECONDS = 30;

/** Asks a server whose certificate is verified against the given authority (which `fetch` cannot be given). */
export function call(endpoint: Endpoint, path: string, options: Call = {}): Promise<Answer> {
  const headers: Record<string, string> = { accept: options.accept ?? "application/json" };
  if (endpoint.token !== undefined) headers.authorization = `Bearer ${endpoint.token}`;
  if (options.contentType !== undefined) headers["content-type"] = options.contentType;
  const settings: RequestOptions = {
    method: options.method ?? "GET",
    ca: endpoint.ca,
    headers,
    timeout: SECONDS * 1000,
    agent: false,
    ...endpoint.client,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  };
  return new Promise((done, fail) => {
    const outgoing = request(new URL(path, endpoint.url), settings, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("error", fail);
      response.on("end", () => done({ status: response.statusCode ?? 0, text }));
    });
    outgoing.on("timeout", () => outgoing.destroy(new Error(`${endpoint.url} did not answer within ${SECONDS} s`)));
    outgoing.on("error", fail);
    outgoing.end(options.body);
  });
}
