import { type IncomingHttpHeaders, type IncomingMessage, request as plain } from "node:http";
import { type RequestOptions, request as secure } from "node:https";

/** How a server and its client prove themselves. All texts are PEM. */
export interface Trust {
  /** Certificate authority of the server. @default - the public ones */
  readonly ca?: string;
  /** Takes any certificate for the server's. @default false */
  readonly insecure?: boolean;
  /** Client certificate and its key. @default - none */
  readonly client?: { readonly cert: string; readonly key: string };
  /** Name that the server's certificate is for. @default - the host of the URL */
  readonly serverName?: string;
}

/** A request; without a body it is a GET. */
export interface HttpRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal | undefined;
  /** How long the server may take to answer. @default 30 */
  readonly seconds?: number;
}

/** What a server answered. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Asks a server, whose certificate may be verified against an authority of its own (which `fetch` cannot be given). */
export function ask(url: URL, request: HttpRequest = {}, trust: Trust = {}): Promise<HttpAnswer> {
  const seconds = request.seconds ?? 30;
  const settings: RequestOptions = {
    method: request.method ?? "GET",
    headers: { ...request.headers },
    timeout: seconds * 1000,
    agent: false,
    ...trust.client,
    ...(trust.ca === undefined ? {} : { ca: trust.ca }),
    ...(trust.insecure === true ? { rejectUnauthorized: false } : {}),
    ...(trust.serverName === undefined ? {} : { servername: trust.serverName }),
    ...(request.signal === undefined ? {} : { signal: request.signal }),
  };
  return new Promise((done, fail) => {
    let answer: IncomingMessage | undefined;
    const outgoing = (url.protocol === "http:" ? plain : secure)(url, settings, (response) => {
      answer = response;
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("error", fail);
      response.on("end", () => done({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    outgoing.on("timeout", () => outgoing.destroy(new Error(`${url.origin} did not answer within ${seconds} s`)));
    outgoing.on("error", (error) => {
      // services of OpenStack send more after an answer that is whole; Node takes that for an error
      if (answer?.complete !== true) fail(error);
    });
    outgoing.end(request.body);
  });
}
