/**
 * Levels of a graph without cycles: how long the longest way from each node is. Linear in nodes and edges.
 * @param next what a node waits for; all of it must be among the nodes
 * @returns the level of each node, from 0; nodes on a cycle, and those that wait for one, have none
 */
export function findLevels<T>(nodes: readonly T[], next: (node: T) => readonly T[]): Map<T, number> {
  const waiting = new Map<T, number>();
  const dependants = new Map<T, T[]>(nodes.map((node) => [node, []]));
  for (const node of nodes) {
    const needed = next(node);
    waiting.set(node, needed.length);
    for (const other of needed) dependants.get(other)?.push(node);
  }
  const levels = new Map<T, number>();
  let ready = nodes.filter((node) => waiting.get(node) === 0);
  for (let level = 0; ready.length > 0; level++) {
    const then: T[] = [];
    for (const node of ready) {
      levels.set(node, level);
      for (const dependant of dependants.get(node) ?? []) {
        const left = (waiting.get(dependant) ?? 0) - 1;
        waiting.set(dependant, left);
        if (left === 0) then.push(dependant);
      }
    }
    ready = then;
  }
  return levels;
}

/**
 * Cycles of a graph: of each knot of nodes that all wait for each other, one cycle as short as it can be from the node
 * that was given first. Linear in nodes and edges.
 * @param next what a node waits for
 * @returns each cycle as the nodes on it, every one waiting for the following and the last for the first
 */
export function findCycles<T>(nodes: readonly T[], next: (node: T) => readonly T[]): T[][] {
  const cycles: T[][] = [];
  for (const knot of findKnots(nodes, next)) {
    const [first] = knot;
    if (first !== undefined) cycles.push(shortestCycle(first, new Set(knot), next));
  }
  return cycles;
}

/** Strongly connected components that have a cycle: Tarjan's algorithm, without recursion. Each in the order of `nodes`. */
function findKnots<T>(nodes: readonly T[], next: (node: T) => readonly T[]): T[][] {
  const order = new Map<T, number>();
  const lowest = new Map<T, number>();
  const open: T[] = [];
  const isOpen = new Set<T>();
  const knots: T[][] = [];
  const given = new Map(nodes.map((node, i) => [node, i]));
  const enter = (node: T): { node: T; left: Iterator<T> } => {
    order.set(node, order.size);
    lowest.set(node, order.size - 1);
    open.push(node);
    isOpen.add(node);
    return { node, left: next(node)[Symbol.iterator]() };
  };
  const lower = (node: T, to: number | undefined): void => {
    lowest.set(node, Math.min(lowest.get(node) ?? 0, to ?? Number.POSITIVE_INFINITY));
  };
  const close = (node: T): void => {
    const members = open.splice(open.lastIndexOf(node));
    for (const member of members) isOpen.delete(member);
    if (members.length === 1 && !next(node).includes(node)) return;
    knots.push(members.sort((a, b) => (given.get(a) ?? 0) - (given.get(b) ?? 0)));
  };
  for (const root of nodes) {
    if (order.has(root)) continue;
    const path = [enter(root)];
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const { node, left } = top;
      const { value: other, done } = left.next();
      if (done !== true) {
        if (!order.has(other)) path.push(enter(other));
        else if (isOpen.has(other)) lower(node, order.get(other));
        continue;
      }
      path.pop();
      const parent = path.at(-1);
      if (parent !== undefined) lower(parent.node, lowest.get(node));
      if (lowest.get(node) === order.get(node)) close(node);
    }
  }
  return knots;
}

/** Breadth first from a node, inside its knot, back to it. */
function shortestCycle<T>(start: T, knot: ReadonlySet<T>, next: (node: T) => readonly T[]): T[] {
  const from = new Map<T, T>();
  const queue: T[] = [start];
  for (const node of queue) {
    for (const other of next(node)) {
      if (other === start) {
        const cycle = [node];
        for (let at = from.get(node); at !== undefined; at = from.get(at)) cycle.push(at);
        return cycle.reverse();
      }
      if (!knot.has(other) || from.has(other)) continue;
      from.set(other, node);
      queue.push(other);
    }
  }
  return [start];
}
