import type { Cloud } from "./clouds.js";
import { tokenRequest } from "./clouds.js";
import { ask, type HttpAnswer, type Trust } from "./http.js";

/** An API answered with an error. */
export class ApiError extends Error {
  /** HTTP status. */
  readonly status: number;

  constructor(request: string, status: number, body: string) {
    super(`${request}: ${status} ${body}`);
    this.name = "ApiError";
    this.status = status;
  }
}

/**
 * A session with an OpenStack. Services are named by their type in the catalogue (`network`, `compute`, …); a path is what
 * follows the API's version, for example `/networks?name=x`. Bodies are JSON, in and out.
 */
export interface Session {
  readonly token: string;
  readonly projectId: string;
  readonly userId: string;
  /** Address of each service's API with its version, by type. */
  readonly endpoints: ReadonlyMap<string, string>;
  /** @param microversion of the service, for example `2.55` @throws ApiError for any status from 400 on */
  get<T>(service: string, path: string, microversion?: string): Promise<T>;
  /** @throws ApiError for any status from 400 on */
  post<T>(service: string, path: string, body: unknown): Promise<T>;
  /** @throws ApiError for any status from 400 on */
  put<T>(service: string, path: string, body: unknown): Promise<T>;
  /** @throws ApiError for any status from 400 on */
  patch<T>(service: string, path: string, body: unknown): Promise<T>;
  /** @throws ApiError for any status from 400 on */
  delete(service: string, path: string): Promise<void>;
}

interface Token {
  readonly user: { readonly id: string };
  readonly project: { readonly id: string };
  readonly catalog: readonly {
    readonly type: string;
    readonly endpoints: readonly { readonly interface: string; readonly region: string; readonly url: string }[];
  }[];
}

/** Versions of APIs whose address in the catalogue may come without one. */
const VERSIONS: Readonly<Record<string, string>> = {
  network: "/v2.0",
  image: "/v2",
  "load-balancer": "/v2",
  "key-manager": "/v1",
};

/**
 * Logs in to a cloud.
 *
 * @throws ApiError when Keystone refuses
 */
export async function connect({ auth, region, trust = {} }: Cloud): Promise<Session> {
  const login = `${keystone(auth.auth_url ?? "")}/auth/tokens`;
  const { body, headers } = await send("POST", login, {}, { auth: tokenRequest(auth) }, trust);
  const { token: granted } = body as { token: Token };
  const token = String(headers["x-subject-token"] ?? "");
  const endpoints = endpointsOf(granted, region);
  const call = async (method: string, service: string, path: string, content?: unknown, microversion?: string) => {
    const endpoint = endpoints.get(service);
    if (endpoint === undefined) throw new Error(`The cloud has no service of type "${service}".`);
    const version = microversion === undefined ? {} : { "OpenStack-API-Version": `${service} ${microversion}` };
    return (await send(method, endpoint + path, { "X-Auth-Token": token, ...version }, content, trust)).body;
  };
  return {
    token,
    projectId: granted.project.id,
    userId: granted.user.id,
    endpoints,
    get: async <T>(service: string, path: string, microversion?: string) =>
      (await call("GET", service, path, undefined, microversion)) as T,
    post: async <T>(service: string, path: string, content: unknown) =>
      (await call("POST", service, path, content)) as T,
    put: async <T>(service: string, path: string, content: unknown) => (await call("PUT", service, path, content)) as T,
    patch: async <T>(service: string, path: string, content: unknown) =>
      (await call("PATCH", service, path, content)) as T,
    delete: async (service, path) => {
      await call("DELETE", service, path);
    },
  };
}

/** URL of Keystone with its version, which users may leave out. */
function keystone(url: string): string {
  const trimmed = url.replace(/\/+$/, "");
  return /\/v3$/.test(trimmed) ? trimmed : `${trimmed}/v3`;
}

function endpointsOf({ catalog }: Token, region: string | undefined): ReadonlyMap<string, string> {
  return new Map(
    catalog.flatMap(({ type, endpoints }) => {
      const found = endpoints.find((each) => each.interface === "public" && (region ?? each.region) === each.region);
      return found === undefined ? [] : [[type, versioned(type, found.url)] as const];
    }),
  );
}

function versioned(type: string, url: string): string {
  const trimmed = url.replace(/\/+$/, "");
  return /\/v\d[\d.]*(\/|$)/.test(trimmed) ? trimmed : trimmed + (VERSIONS[type] ?? "");
}

async function send(
  method: string,
  url: string,
  headers: Readonly<Record<string, string>>,
  content: unknown,
  trust: Trust,
): Promise<{ body: unknown; headers: HttpAnswer["headers"] }> {
  const body = content === undefined ? undefined : JSON.stringify(content);
  const answer = await ask(
    new URL(url),
    {
      method,
      headers: { Accept: "application/json", "Content-Type": "application/json", ...headers },
      seconds: 60,
      ...(body === undefined ? {} : { body }),
    },
    trust,
  );
  if (answer.status >= 400) throw new ApiError(`${method} ${url}`, answer.status, answer.text);
  return { body: answer.text === "" ? undefined : JSON.parse(answer.text), headers: answer.headers };
}
