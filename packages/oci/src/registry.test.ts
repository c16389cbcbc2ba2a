// A server of our own stands for a registry that wants a login: those of others cannot be reached from every machine.
// Pushing and copying is tested against a real registry, in the lab.
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { digestOf } from "./digest.js";
import { Registry, type RegistryOptions } from "./registry.js";

let server: Server;
afterEach(() => void server.close());

async function registryThat(
  answers: (
    request: IncomingMessage,
    base: string,
  ) => { status: number; headers?: Record<string, string>; text?: string },
  options: RegistryOptions = {},
): Promise<Registry> {
  server = createServer((request, response) => {
    const { status, headers = {}, text = "" } = answers(request, `http://${request.headers.host}`);
    response.writeHead(status, headers).end(text);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return new Registry(`127.0.0.1:${(server.address() as AddressInfo).port}`, { insecure: true, ...options });
}

const keychain = async () => ({ username: "me", password: "a:b" });
const BASIC = `Basic ${Buffer.from("me:a:b").toString("base64")}`;

it("answers the challenge of a token server, once for each scope", async () => {
  const logins: (string | undefined)[] = [];
  const registry = await registryThat(
    (request, base) => {
      if (request.url?.startsWith("/token")) {
        logins.push(`${new URL(request.url, base).search} ${request.headers.authorization}`);
        return { status: 200, text: '{"token":"t"}' };
      }
      if (request.headers.authorization === "Bearer t") return { status: 200, text: "{}" };
      const challenge = `Bearer realm="${base}/token",service="s"`;
      return { status: 401, headers: { "www-authenticate": challenge } };
    },
    { keychain },
  );
  expect(await registry.manifest("a/b", "1")).toMatchObject({ digest: digestOf("{}") });
  expect(await registry.manifest("a/b", "2")).toBeDefined();
  expect(logins).toEqual([`?scope=repository%3Aa%2Fb%3Apull&service=s ${BASIC}`]);
});

it("logs in with a password where the registry wants that", async () => {
  const registry = await registryThat(
    ({ headers }) =>
      headers.authorization === BASIC ? { status: 200 } : { status: 401, headers: { "www-authenticate": "Basic" } },
    { keychain },
  );
  expect(await registry.hasBlob("a", digestOf(""))).toBe(true);
});

it("says who refused what, where nobody may log in", async () => {
  const registry = await registryThat(() => ({ status: 401, text: "who are you" }));
  await expect(registry.manifest("a", "1")).rejects.toThrow(
    /127\.0\.0\.1:\d+\/a:1: the registry answers 401: who are you/,
  );
});

it("does not take content for what it is not", async () => {
  const registry = await registryThat(() => ({ status: 200, text: "other" }));
  await expect(registry.blob("a", digestOf("wanted"))).rejects.toThrow("sent sha256:");
  await expect(registry.manifest("a", digestOf("wanted"))).rejects.toThrow("sent sha256:");
  expect(await registry.manifest("a", "1")).toMatchObject({ digest: digestOf("other") });
});

it("knows what is not there", async () => {
  const registry = await registryThat(() => ({ status: 404 }));
  expect(await registry.resolve("a", "1")).toBeUndefined();
  expect(await registry.hasBlob("a", digestOf(""))).toBe(false);
});
