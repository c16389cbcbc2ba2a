import { formatDuration, PlinthError } from "@plinth/core";
import { NODES } from "./rules.js";
import type { GroupStatus, MachineStatus } from "./status/group-status.js";

/** What up has waited for in vain. */
export interface WaitedFor {
  /** Name of the component. */
  readonly path: string;
  /** Name of the group in Kubernetes. */
  readonly group: string;
  /** Ready Nodes, all zones together. */
  readonly nodes: number;
  readonly seconds: number;
}

/** How many machines are named: `plinth status` has the others. */
const NAMED = 5;

/**
 * Why the Nodes that `up` waits for have not come: the machines that are not ready, those that fail first, with their causes.
 * @param found how the group is; or why that is not known
 */
export function waitReport({ path, group, nodes, seconds }: WaitedFor, found: GroupStatus | string): PlinthError {
  const time = formatDuration(seconds * 1000);
  const all = `see all machines and what to do: plinth status ${group}`;
  if (typeof found === "string") {
    return new PlinthError(NODES.waitedInVain, {
      path,
      property: "wait",
      message: `After ${time} ${group} has not its ${count(nodes, "Ready Node")}, and how its machines are is not known: ${found}`,
      fix: `${all} (with the kubeconfig of the cluster whose controllers order the machines)`,
    });
  }
  const { ready, causes, machines } = found;
  const late = ["failing", "starting"].flatMap((state) => machines.filter((machine) => machine.state === state));
  const named = late.slice(0, NAMED);
  const lines = [
    ...causes.map(({ reason, message, from }) => `the group: ${reason}: ${message} (${from})`),
    ...named.map(describe),
    ...(late.length > named.length ? [`and ${count(late.length - named.length, "machine")} more`] : []),
  ];
  const fix = [...causes, ...named.flatMap(({ cause }) => cause ?? [])][0]?.fix;
  return new PlinthError(NODES.waitedInVain, {
    path,
    property: "wait",
    message: [
      `After ${time} ${group} has ${ready} of the ${count(nodes, "Ready Node")} that up waits for`,
      ...lines.map((line) => `  - ${line}`),
    ].join("\n"),
    fix: fix === undefined ? all : `${fix}. Or ${all}`,
  });
}

function describe({ name, state, cause, server, node }: MachineStatus): string {
  if (cause !== undefined) return `${name}: ${cause.reason}: ${cause.message} (${cause.from})`;
  const at = server === undefined ? "it has no server yet" : `its server is ${server}`;
  return `${name}: ${state}, ${at}, ${node === undefined ? "no Node has joined yet" : `its Node ${node} is not Ready yet`}`;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}
