import { createHash } from "node:crypto";
import { connect, createServer, type Server, type Socket } from "node:net";
import { userInfo } from "node:os";
import { resolve } from "node:path";
import { hasCode } from "./errors.js";

/** How {@link withLock} waits. */
export interface LockOptions {
  /** Called once when the lock is taken by someone else. */
  readonly onWait?: () => void;
  /** Ends the wait early. @default - none */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Does some work while no other run of this user on this machine does the work of the same name.
 *
 * The lock is a socket in Linux's abstract namespace, not a file: the kernel drops it when its holder dies, however it
 * dies, so there is nothing stale to clear; and who waits is connected to the holder and hears of the end at once.
 *
 * @param name a path or any other text that says what is locked
 */
export async function withLock<T>(name: string, work: () => Promise<T>, options: LockOptions = {}): Promise<T> {
  const address = lockAddress(name);
  const guests = new Set<Socket>();
  let server = await tryListen(address, guests);
  if (server === undefined) options.onWait?.();
  while (server === undefined) {
    options.signal?.throwIfAborted();
    await holderGone(address, options.signal);
    server = await tryListen(address, guests);
  }
  try {
    return await work();
  } finally {
    await release(server, guests);
  }
}

/** Address of the socket that is the lock of this name. */
export function lockAddress(name: string): string {
  const digest = createHash("sha256").update(resolve(name)).digest("hex").slice(0, 32);
  return `\0plinth-${userInfo().uid}-${digest}`;
}

function tryListen(address: string, guests: Set<Socket>): Promise<Server | undefined> {
  return new Promise((done, fail) => {
    const server = createServer((socket) => {
      guests.add(socket);
      socket.on("error", () => socket.destroy());
      socket.on("close", () => guests.delete(socket));
    });
    server.once("error", (error) => (hasCode(error, "EADDRINUSE") ? done(undefined) : fail(error)));
    server.listen(address, () => done(server));
  });
}

function holderGone(address: string, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((done) => {
    const socket = connect({ path: address, ...(signal === undefined ? {} : { signal }) });
    socket.on("error", () => socket.destroy());
    socket.on("close", () => done());
  });
}

function release(server: Server, guests: Set<Socket>): Promise<void> {
  return new Promise((done) => {
    server.close(() => done());
    for (const guest of guests) guest.destroy();
  });
}
