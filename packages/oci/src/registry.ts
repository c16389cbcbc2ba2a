import { Buffer } from "node:buffer";
import type { Credentials, Keychain } from "./credentials.js";
import { digestOf } from "./digest.js";

/** How a registry is reached. */
export interface RegistryOptions {
  /** Plain HTTP. @default false */
  readonly insecure?: boolean;
  /** @default - nobody: what is public */
  readonly keychain?: Keychain;
}

/** A manifest as a registry holds it. */
export interface Manifest {
  readonly mediaType: string;
  readonly digest: string;
  readonly bytes: Buffer;
}

/** A registry did not do what it was asked. */
export class RegistryError extends Error {
  /** HTTP status. */
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.name = "RegistryError";
    this.status = status;
  }
}

const MANIFESTS = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.docker.distribution.manifest.v2+json",
].join(", ");

/** A registry that speaks the OCI distribution protocol (opencontainers/distribution-spec:spec.md). */
export class Registry {
  /** With its port, for example `ghcr.io`. */
  readonly host: string;
  readonly #base: string;
  readonly #keychain: Keychain;
  /** Authorization header by scope. */
  readonly #granted = new Map<string, string>();

  constructor(host: string, options: RegistryOptions = {}) {
    this.host = host;
    this.#base = `${options.insecure ? "http" : "https"}://${host}`;
    this.#keychain = options.keychain ?? (async () => undefined);
  }

  /**
   * @param reference tag or digest, which is verified
   * @returns undefined when there is none
   * @throws RegistryError
   */
  async manifest(repository: string, reference: string): Promise<Manifest | undefined> {
    const answer = await this.#ask(repository, `manifests/${reference}`, { headers: { accept: MANIFESTS } });
    if (answer.status === 404) return undefined;
    await succeed(answer, `${this.host}/${repository}:${reference}`);
    const bytes = Buffer.from(await answer.arrayBuffer());
    const digest = digestOf(bytes);
    if (reference.includes(":") && digest !== reference) this.#refuse(repository, digest, reference, answer.status);
    return { mediaType: answer.headers.get("content-type") ?? "", digest, bytes };
  }

  /** Digest of what stands under a tag or digest, without fetching it; undefined when nothing does. */
  async resolve(repository: string, reference: string): Promise<string | undefined> {
    const answer = await this.#ask(repository, `manifests/${reference}`, {
      method: "HEAD",
      headers: { accept: MANIFESTS },
    });
    if (answer.status === 404) return undefined;
    await succeed(answer, `${this.host}/${repository}:${reference}`);
    const told = answer.headers.get("docker-content-digest");
    return told ?? (await this.manifest(repository, reference))?.digest;
  }

  /** Puts a manifest under a tag or its digest. @returns its digest */
  async putManifest(repository: string, reference: string, mediaType: string, bytes: Uint8Array): Promise<string> {
    const answer = await this.#ask(repository, `manifests/${reference}`, {
      method: "PUT",
      headers: { "content-type": mediaType },
      body: bytes,
    });
    await succeed(answer, `${this.host}/${repository}:${reference}`);
    return digestOf(bytes);
  }

  async hasBlob(repository: string, digest: string): Promise<boolean> {
    const answer = await this.#ask(repository, `blobs/${digest}`, { method: "HEAD" });
    if (answer.status === 404) return false;
    await succeed(answer, `${this.host}/${repository}@${digest}`);
    return true;
  }

  /** Content by its digest, which is verified. */
  async blob(repository: string, digest: string): Promise<Buffer> {
    const answer = await this.#ask(repository, `blobs/${digest}`, {});
    await succeed(answer, `${this.host}/${repository}@${digest}`);
    const bytes = Buffer.from(await answer.arrayBuffer());
    const found = digestOf(bytes);
    if (found !== digest) this.#refuse(repository, found, digest, answer.status);
    return bytes;
  }

  /** Puts content where it is not there yet. @returns its digest */
  async putBlob(repository: string, bytes: Uint8Array): Promise<string> {
    const digest = digestOf(bytes);
    if (await this.hasBlob(repository, digest)) return digest;
    const begun = await this.#ask(repository, "blobs/uploads/", { method: "POST" });
    await succeed(begun, `${this.host}/${repository}`);
    const place = new URL(begun.headers.get("location") ?? "", this.#base);
    place.searchParams.set("digest", digest);
    const answer = await this.#fetch(repository, place, {
      method: "PUT",
      headers: { "content-type": "application/octet-stream" },
      body: bytes,
    });
    await succeed(answer, `${this.host}/${repository}@${digest}`);
    return digest;
  }

  #refuse(repository: string, sent: string, wanted: string, status: number): never {
    throw new RegistryError(`${this.host}/${repository} sent ${sent} where ${wanted} was asked for`, status);
  }

  #ask(repository: string, path: string, request: RequestInit): Promise<Response> {
    return this.#fetch(repository, new URL(`${this.#base}/v2/${repository}/${path}`), request);
  }

  async #fetch(repository: string, url: URL, request: RequestInit): Promise<Response> {
    const scope = `repository:${repository}:${isWrite(request) ? "pull,push" : "pull"}`;
    const first = await this.#send(url, request, this.#granted.get(scope));
    if (first.status !== 401) return first;
    const granted = await this.#login(first.headers.get("www-authenticate") ?? "", scope);
    if (granted === undefined) return first;
    this.#granted.set(scope, granted);
    return this.#send(url, request, granted);
  }

  #send(url: URL, request: RequestInit, authorization: string | undefined): Promise<Response> {
    // a grant is for this registry alone: an upload may be sent elsewhere
    const own = authorization !== undefined && url.origin === this.#base;
    return fetch(url, own ? { ...request, headers: { ...request.headers, authorization } } : request);
  }

  /** Answers a challenge. @returns an Authorization header; undefined when it cannot be answered */
  async #login(challenge: string, scope: string): Promise<string | undefined> {
    const credentials = await this.#keychain(this.host);
    const basic = credentials === undefined ? undefined : basicAuthorization(credentials);
    if (/^basic/i.test(challenge)) return basic;
    const realm = /realm="([^"]+)"/i.exec(challenge)?.[1];
    if (realm === undefined) return undefined;
    const service = /service="([^"]+)"/i.exec(challenge)?.[1];
    const url = new URL(realm);
    url.searchParams.set("scope", scope);
    if (service !== undefined) url.searchParams.set("service", service);
    const answer = await fetch(url, basic === undefined ? {} : { headers: { authorization: basic } });
    await succeed(answer, `the login of ${this.host}`);
    const { token, access_token } = (await answer.json()) as { token?: string; access_token?: string };
    return `Bearer ${token ?? access_token}`;
  }
}

function isWrite({ method = "GET" }: RequestInit): boolean {
  return !["GET", "HEAD"].includes(method);
}

function basicAuthorization({ username, password }: Credentials): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}

async function succeed(answer: Response, what: string): Promise<void> {
  if (answer.ok) return;
  const text = (await answer.text()).trim().slice(0, 500);
  throw new RegistryError(
    `${what}: the registry answers ${answer.status}${text === "" ? "" : `: ${text}`}`,
    answer.status,
  );
}
