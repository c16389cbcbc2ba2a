import { essentialEdges, type GraphRelease } from "./model.js";

/** Where a release stands: its column, and its place in it from the top, in rows that may be fractions. */
export interface Placed {
  readonly release: GraphRelease;
  readonly column: number;
  readonly row: number;
}

/** An edge, through the places that it has in the columns between. */
export interface PlacedEdge {
  readonly from: GraphRelease;
  readonly to: GraphRelease;
  /** Row in each column from that of `from` to that of `to`. */
  readonly rows: readonly number[];
}

/** A drawing in columns and rows. */
export interface Layout {
  readonly releases: readonly Placed[];
  readonly edges: readonly PlacedEdge[];
  readonly columns: number;
  readonly rows: number;
}

/** What has a place in a column: a release, or where an edge passes. */
interface Node {
  readonly release?: GraphRelease;
  readonly column: number;
  readonly before: Node[];
  readonly after: Node[];
  row: number;
}

/** Rows that an edge takes where it passes through a column. */
const PASSING = 0.3;

/** How often the order in the columns is mended, each time from the left and from the right. */
const SWEEPS = 8;

/**
 * Places releases in columns by their level, in an order in which few edges cross (Sugiyama's method: edges get places in
 * the columns that they pass, and each column is ordered by where its neighbours stand).
 */
export function layOut(releases: readonly GraphRelease[]): Layout {
  const nodes = new Map<string, Node>();
  const sorted = [...releases].sort((a, b) => a.level - b.level || (a.name < b.name ? -1 : 1));
  for (const release of sorted) nodes.set(release.name, node(release.level, release));
  const chains: (readonly Node[])[] = [];
  for (const [name, needed] of essentialEdges(sorted)) {
    for (const other of needed) {
      const [from, to] = [nodes.get(other), nodes.get(name)];
      if (from !== undefined && to !== undefined) chains.push(chainOf(from, to));
    }
  }
  const all = new Set([...nodes.values(), ...chains.flat()]);
  const columns = columnsOf([...all]);
  order(columns);
  const rows = columns.map(stack);
  const height = Math.max(1, ...rows);
  for (const [i, column] of columns.entries()) {
    const shift = (height - (rows[i] ?? 0)) / 2;
    for (const each of column) each.row += shift;
  }
  return {
    releases: [...nodes.values()].flatMap(({ release, column, row }) =>
      release === undefined ? [] : [{ release, column, row }],
    ),
    edges: chains.map((chain) => ({
      from: chain[0]?.release as GraphRelease,
      to: chain.at(-1)?.release as GraphRelease,
      rows: chain.map(({ row }) => row),
    })),
    columns: columns.length,
    rows: height,
  };
}

function node(column: number, release?: GraphRelease): Node {
  return { column, before: [], after: [], row: 0, ...(release === undefined ? {} : { release }) };
}

function chainOf(from: Node, to: Node): Node[] {
  const between = Array.from({ length: to.column - from.column - 1 }, (_, i) => node(from.column + 1 + i));
  const chain = [from, ...between, to];
  for (const [i, each] of chain.entries()) {
    const next = chain[i + 1];
    if (next === undefined) continue;
    each.after.push(next);
    next.before.push(each);
  }
  return chain;
}

function columnsOf(nodes: readonly Node[]): Node[][] {
  const columns = Array.from({ length: Math.max(0, ...nodes.map(({ column }) => column)) + 1 }, (): Node[] => []);
  for (const each of nodes) columns[each.column]?.push(each);
  return columns;
}

function order(columns: Node[][]): void {
  for (const column of columns) stack(column);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const column of columns.slice(1)) sort(column, "before");
    for (const column of columns.slice(0, -1).reverse()) sort(column, "after");
  }
}

/** Orders a column by the middle of each node's neighbours on one side; one without stays about where it is. */
function sort(column: Node[], side: "before" | "after"): void {
  const places = new Map(column.map((each) => [each, middle(each[side]) ?? each.row]));
  column.sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
  stack(column);
}

function middle(nodes: readonly Node[]): number | undefined {
  if (nodes.length === 0) return undefined;
  return nodes.reduce((sum, { row }) => sum + row, 0) / nodes.length;
}

/** Gives the nodes of a column their rows, one below the other. @returns how many rows they take */
function stack(column: readonly Node[]): number {
  let row = 0;
  for (const each of column) {
    const height = each.release === undefined ? PASSING : 1;
    each.row = row + height / 2;
    row += height;
  }
  return row;
}
