import { setTimeout } from "node:timers/promises";
import { PlinthError } from "@plinth/core";
import type { GroupStatus } from "./status/group-status.js";
import { type WaitedFor, waitReport } from "./wait-report.js";

/** Reads how the groups of a cluster are. */
export type ReadGroups = () => Promise<readonly GroupStatus[]>;

/** What Pulumi tells of a failure, as far as it is looked at. */
export interface Failure {
  /** The newest first. */
  readonly errors: readonly string[];
  /** Of the object, as it was sent. */
  readonly newInputs?: Readonly<Record<string, unknown>>;
}

/** How long the cluster may take to say how its groups are. */
const READING_SECONDS = 60;

/**
 * What is done when one of a group's objects fails: when its time is up, it is said which machines are not ready, and why. Once for
 * the group, each zone of which has its time.
 * @param log takes the text for people
 * @returns whether Pulumi shall try again: never
 */
export function onTimeOut(
  waited: WaitedFor,
  readGroups: ReadGroups,
  log: (text: string) => Promise<void>,
): (failure: Failure) => Promise<boolean> {
  let told: Promise<void> | undefined;
  const tell = async (namespace: string | undefined): Promise<void> =>
    log(waitReport(waited, await groupOf(waited.group, namespace, readGroups)).message);
  return async ({ errors: [error = ""], newInputs }) => {
    if (!/timed out/.test(error)) return false;
    const { namespace } = (newInputs?.metadata ?? {}) as { readonly namespace?: string };
    told ??= tell(namespace);
    await told;
    return false;
  };
}

/** @param namespace of its object; `undefined` where that has none @returns how the group is, or why that is not known */
async function groupOf(
  group: string,
  namespace: string | undefined,
  readGroups: ReadGroups,
): Promise<GroupStatus | string> {
  const late = new AbortController();
  try {
    const groups = await Promise.race([
      readGroups(),
      setTimeout(READING_SECONDS * 1000, undefined, { signal: late.signal }),
    ]);
    if (groups === undefined) return `the cluster did not say within ${READING_SECONDS} s`;
    const found = groups.find(
      (each) => each.name === group && (namespace === undefined || each.namespace === namespace),
    );
    return found ?? "the program's kubeconfig leads to a cluster without the group";
  } catch (error) {
    if (PlinthError.isInstance(error)) return error.summary;
    return error instanceof Error ? error.message : String(error);
  } finally {
    late.abort();
  }
}
