import type { Cloud } from "./clouds.js";
import { tokenRequest } from "./clouds.js";

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
  /** @throws ApiError for any status from 400 on */
  get<T>(service: string, path: string): Promise<T>;
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
export async function connect({ auth, region }: Cloud): Promise<Session> {
  const { body, headers } = await send("POST", `${auth.auth_url}/auth/tokens`, {}, { auth: tokenRequest(auth) });
  const { token: granted } = body as { token: Token };
  const token = headers.get("x-subject-token") ?? "";
  const endpoints = endpointsOf(granted, region);
  const call = async (method: string, service: string, path: string, content?: unknown) => {
    const endpoint = endpoints.get(service);
    if (endpoint === undefined) throw new Error(`The cloud has no service of type "${service}".`);
    return (await send(method, endpoint + path, { "X-Auth-Token": token }, content)).body;
  };
  return {
    token,
    projectId: granted.project.id,
    userId: granted.user.id,
    endpoints,
    get: async <T>(service: string, path: string) => (await call("GET", service, path)) as T,
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
): Promise<{ body: unknown; headers: Headers }> {
  const response = await fetch(url, {
    method,
    headers: { Accept: "application/json", "Content-Type": "application/json", ...headers },
    ...(content === undefined ? {} : { body: JSON.stringify(content) }),
    signal: AbortSignal.timeout(60_000),
  });
  const text = await response.text();
  if (response.status >= 400) throw new ApiError(`${method} ${url}`, response.status, text);
  return { body: text === "" ? undefined : JSON.parse(text), headers: response.headers };
}
