import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ApiError, connect } from "./openstack.js";

let server: Server;
let origin: string;
const seen: string[] = [];

const entry = (type: string, url: string, region = "RegionOne") => ({
  type,
  endpoints: [
    { interface: "admin", region, url: "http://admin.invalid" },
    { interface: "public", region, url: origin + url },
  ],
});

beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url} ${request.headers["x-auth-token"] ?? "-"}`);
    if (request.url === "/v3/auth/tokens") {
      const catalog = [entry("network", "/"), entry("compute", "/v2.1"), entry("image", "", "Elsewhere")];
      response.setHeader("X-Subject-Token", "t1");
      return response.end(JSON.stringify({ token: { user: { id: "u1" }, project: { id: "p1" }, catalog } }));
    }
    if (request.method === "DELETE") return response.writeHead(204).end();
    if (request.url?.startsWith("/v2.1/flavors")) return response.writeHead(403).end("Policy");
    return response.end(JSON.stringify({ networks: [] }));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const login = () => connect({ auth: { auth_url: `${origin}/v3`, username: "u", password: "x" }, region: "RegionOne" });

test("the public endpoints of the region, each with its version", async () => {
  const session = await login();
  expect(session).toMatchObject({ token: "t1", projectId: "p1", userId: "u1" });
  expect([...session.endpoints]).toEqual([
    ["network", `${origin}/v2.0`],
    ["compute", `${origin}/v2.1`],
  ]);
});

test("requests carry the token and follow the API's version", async () => {
  const session = await login();
  seen.length = 0;
  expect(await session.get("network", "/networks")).toEqual({ networks: [] });
  expect(await session.delete("network", "/networks/n1")).toBeUndefined();
  expect(seen).toEqual(["GET /v2.0/networks t1", "DELETE /v2.0/networks/n1 t1"]);
});

test("an error of the API is thrown with its status and its words", async () => {
  const session = await login();
  const refused = session.post("compute", "/flavors", { flavor: {} });
  await expect(refused).rejects.toThrow(`POST ${origin}/v2.1/flavors: 403 Policy`);
  await expect(refused).rejects.toMatchObject({ status: 403 });
  await expect(refused).rejects.toBeInstanceOf(ApiError);
});

test("a service that the cloud does not have", async () => {
  const session = await login();
  await expect(session.get("image", "/images")).rejects.toThrow('no service of type "image"');
});
