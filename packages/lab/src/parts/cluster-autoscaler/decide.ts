import { type Amount, type NodeShape, type PodShape, suits } from "./shapes.js";

/** A MachineDeployment that says by its annotations that it is scaled. */
export interface ScaledGroup {
  readonly namespace: string;
  readonly name: string;
  readonly replicas: number;
  readonly min: number;
  readonly max: number;
  readonly shape: NodeShape;
}

/** A node of a group that is ready. */
export interface GroupNode {
  readonly group: ScaledGroup;
  /** Name of its Machine. */
  readonly machine: string;
  /** What its pods leave free. */
  readonly free: Amount;
  /** Since when it has had no pod of its own, in milliseconds; `undefined` while it has one. */
  readonly idleSince: number | undefined;
}

/** A group that shall have another number of machines. */
export interface Scaling {
  readonly group: ScaledGroup;
  readonly replicas: number;
  /** The Machine that shall go. @default - one comes */
  readonly remove?: string;
}

/**
 * What a cluster autoscaler would do now. More machines: for each pod that no node takes, the first group whose node would,
 * as many as they fill. Fewer: of a group that no pod waits for, one node that has been idle for long enough.
 */
export function decide(
  groups: readonly ScaledGroup[],
  pending: readonly PodShape[],
  nodes: readonly GroupNode[],
  now: { readonly at: number; readonly idleMilliseconds: number },
): Scaling[] {
  const ordered = new Map(groups.map((group) => [group, [] as Amount[]]));
  const left = new Map(nodes.map((node) => [node, [node.free]]));
  const awaited = new Set<GroupNode>();
  const readyOf = (group: ScaledGroup): number => nodes.filter((node) => node.group === group).length;
  for (const pod of pending) {
    // a node that is there and has room takes it, as soon as the scheduler sees that
    const taker = nodes.find((node) => place(pod, node.group, left.get(node) ?? [], 0));
    if (taker !== undefined) {
      awaited.add(taker);
      continue;
    }
    groups.some((group) => place(pod, group, ordered.get(group) ?? [], group.max - readyOf(group)));
  }
  return groups.flatMap((group): Scaling[] => {
    const more = ordered.get(group)?.length ?? 0;
    // those that are ordered and not there yet are taken first
    const replicas = readyOf(group) + more;
    if (replicas > group.replicas) return [{ group, replicas }];
    if (more > 0 || group.replicas <= group.min) return [];
    const idle = nodes.find(
      (node) =>
        node.group === group &&
        !awaited.has(node) &&
        node.idleSince !== undefined &&
        now.at - node.idleSince >= now.idleMilliseconds,
    );
    return idle === undefined ? [] : [{ group, replicas: group.replicas - 1, remove: idle.machine }];
  });
}

/** Puts a pod on a node of the group that is to come. @param free what each of them has left @returns whether it has room */
function place(pod: PodShape, { shape }: ScaledGroup, free: Amount[], atMost: number): boolean {
  if (!suits(pod, shape)) return false;
  const at = free.findIndex((left) => takes(left, pod));
  if (at < 0 && (free.length >= atMost || !takes(shape, pod))) return false;
  const { cpu, memory } = free[at] ?? shape;
  free[at < 0 ? free.length : at] = { cpu: cpu - pod.cpu, memory: memory - pod.memory };
  return true;
}

function takes(left: Amount, { cpu, memory }: Amount): boolean {
  return cpu <= left.cpu && memory <= left.memory;
}
