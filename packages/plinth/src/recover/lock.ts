import { readFile } from "node:fs/promises";
import { PlinthError } from "@plinth/core";
import { RECOVER } from "../recover-rules.js";
import type { Process } from "./processes.js";
import { ATTRIBUTES, filesIn, foldersOf, isTemporary, isWhole } from "./storage.js";

/** A lock of a stack, as Pulumi's file backend writes it. Source: pulumi/pulumi:pkg/backend/diy/lock.go. */
export interface Lock {
  readonly pid: number;
  readonly username: string;
  readonly hostname: string;
  /** When it was set. */
  readonly timestamp: string;
}

/** A lock and where it lies. */
export interface LockFile extends Lock {
  readonly file: string;
}

/** What of a host a lock is judged by. */
export interface Host {
  readonly hostname: string;
  readonly processes: readonly Process[];
}

/** `ps` tells whole seconds, and clocks of the kernel and of the file's writer differ by little. */
const SLACK_MS = 2000;

/**
 * Whether a lock may be cleared: it is of this host, and the process that set it has ended.
 *
 * @param stack name of the stack, for the refusal
 * @returns why it must stay, or `undefined` when it may be cleared
 */
export function judgeLock(lock: Lock, host: Host, stack: string): PlinthError | undefined {
  const { pid, hostname } = lock;
  if (hostname !== host.hostname) {
    return new PlinthError(RECOVER.lockElsewhere, {
      ...given(lock, stack),
      message: `The lock was set on ${hostname}, and this is ${host.hostname}`,
      fix: `run plinth recover on ${hostname}; where that host is gone for good: pulumi cancel --yes --stack ${stack}, then plinth recover`,
    });
  }
  // a process that began after the lock was set has got the number of one that has ended
  const since = new Date(lock.timestamp).getTime() + SLACK_MS;
  const holder = host.processes.find((each) => each.pid === pid && each.startedAt.getTime() <= since);
  if (holder === undefined) return undefined;
  return new PlinthError(RECOVER.lockHeld, {
    ...given(lock, stack),
    message: `The process ${pid} (${holder.name}) holds the lock and runs`,
    fix: `wait until it ends, or end it with Ctrl-C (kill -INT ${pid}), then run plinth recover`,
  });
}

/** Plug-ins begin with the engine that sets the lock, some a little before it. */
const EARLIER_MS = 10_000;

/**
 * Plug-ins that the dead process has left: the engine that they serve is gone. They end what they have begun, and its Node process
 * keeps a core busy for ever.
 *
 * @param isDeserted whether nobody listens at an address any more
 */
export async function survivorsOf(
  locks: readonly Lock[],
  { processes }: Host,
  isDeserted: (address: string) => Promise<boolean>,
): Promise<readonly Process[]> {
  const since = Math.min(...locks.map(({ timestamp }) => new Date(timestamp).getTime())) - EARLIER_MS;
  const judged = processes.map(async (each) =>
    each.engine !== undefined && each.startedAt.getTime() >= since && (await isDeserted(each.engine)) ? [each] : [],
  );
  return (await Promise.all(judged)).flat();
}

/** The refusal where nobody ends them. */
export function survivorsRefusal(lock: Lock, survivors: readonly Process[], stack: string): PlinthError {
  return new PlinthError(RECOVER.survivors, {
    ...given(lock, stack),
    message: `${survivors.map(({ name, pid }) => `${name} (${pid})`).join(", ")} of the run that died still run`,
    fix: `kill -9 -- ${survivors.map(({ group }) => -group).join(" ")}, then run plinth recover; or plinth recover --yes, which ends them`,
  });
}

function given({ pid, hostname, username, timestamp }: Lock, stack: string) {
  return { path: stack, property: "lock", value: `${username}@${hostname}, process ${pid}, ${timestamp}` };
}

/**
 * The locks of a stack in a file backend. A lock whose write was killed before it got its name is one, too, if it can be read:
 * Pulumi takes it for one.
 *
 * @param qualifiedName fully qualified name, for example `organization/hybrid/dev` @param stack name, for the refusals
 */
export async function readLocks(
  storage: string,
  qualifiedName: string,
  stack: string,
): Promise<{ readonly locks: readonly LockFile[]; readonly refusals: readonly PlinthError[] }> {
  const files = (await filesIn(foldersOf(storage, qualifiedName).locks)).filter((file) => !file.endsWith(ATTRIBUTES));
  const [locks, refusals]: [LockFile[], PlinthError[]] = [[], []];
  for (const file of files) {
    if (await isWhole(file)) locks.push({ ...(JSON.parse(await readFile(file, "utf8")) as Lock), file });
    else if (!isTemporary(file)) refusals.push(unreadable(file, stack));
  }
  return { locks, refusals };
}

function unreadable(file: string, stack: string): PlinthError {
  return new PlinthError(RECOVER.lockBroken, {
    path: stack,
    property: "lock",
    value: file,
    message: "The lock does not say who set it: the file is cut off",
    fix: `make sure that nobody runs pulumi on this stack, on no host; then rm ${file} and plinth recover`,
  });
}
