import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer, type Server } from "node:net";
import { afterEach, expect, it } from "vitest";
import { ask } from "./http.js";

let server: Server;
afterEach(() => void server.close());

/** A server that writes this, whatever it is asked. */
async function serverThat(bytes: string): Promise<URL> {
  server = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => socket.end(bytes));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
}

it("takes an answer that is whole, whatever comes after it", async () => {
  const url = await serverThat("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nokmore");
  expect(await ask(url)).toMatchObject({ status: 200, text: "ok" });
});

it("does not take an answer that breaks off", async () => {
  const url = await serverThat("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nok");
  await expect(ask(url)).rejects.toThrow();
});
