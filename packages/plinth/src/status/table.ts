import type { Cause, GroupStatus, MachineStatus } from "@plinth/nodes";

/** How groups are, as a person reads it. */
export function describeStatus(groups: readonly GroupStatus[]): string {
  if (groups.length === 0) return "There is no group of nodes in this cluster.";
  return groups.map(describeGroup).join("\n\n");
}

function describeGroup(group: GroupStatus): string {
  const { name, engine, namespace, wanted, ready, failing, limits, machines, causes } = group;
  const between = limits === undefined ? "" : ` (autoscaled between ${limits.min} and ${limits.max})`;
  const lines = [
    `${name}: ${wanted} wanted${between}, ${ready} ready, ${failing} failing; engine ${engine}, namespace ${namespace}`,
    ...causes.flatMap((cause) => describeCause("the group", cause)),
    ...machines.flatMap(describeMachine),
  ];
  return lines.join("\n");
}

function describeMachine({ name, state, server, node, cause }: MachineStatus): readonly string[] {
  const place = [server === undefined ? "" : `server ${server}`, node === undefined ? "no Node" : `Node ${node}`];
  const line = `  ${state.padEnd(8)}  ${[name, ...place.filter((each) => each !== "")].join(", ")}`;
  return cause === undefined ? [line] : [line, ...details(cause)];
}

function describeCause(subject: string, cause: Cause): readonly string[] {
  return [`  failing   ${subject}`, ...details(cause)];
}

function details({ reason, message, from, fix }: Cause): readonly string[] {
  return [`      cause  ${reason}: ${message}`, `      from   ${from}`, `      do     ${fix}`];
}

/** How to remove one machine for good, as a person reads it. */
export function describeRemoval(groups: readonly GroupStatus[]): string {
  return groups
    .map(({ name, removeOne }) =>
      [`To remove one machine of ${name} for good:`, ...removeOne.map((step, i) => `  ${i + 1}. ${step}`)].join("\n"),
    )
    .join("\n\n");
}
