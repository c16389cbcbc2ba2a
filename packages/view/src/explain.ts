import type { Described } from "@plinth/core";
import { explainFallback } from "./explain-fallback.js";
import { explainGroup } from "./explain-group.js";
import { explainNetwork } from "./explain-network.js";
import { explainPlatform } from "./explain-platform.js";
import { Page } from "./page.js";
import { readDescribed } from "./read.js";
import { NOTHING } from "./words.js";

/** How {@link explain} writes. */
export interface ExplainOptions {
  /** Whether headings are coloured with escape codes, for a terminal. @default false */
  readonly color?: boolean;
  /** Columns of the terminal; 80 to 100 are used. @default 100 */
  readonly width?: number;
}

/**
 * The plan of a program as tables: addresses, routes in both directions, packet sizes, what is made and what is adopted,
 * groups of nodes, how a workload lands on them and in which order they are taken; releases of platforms, their ranges and
 * what their machines must have.
 * @returns lines of at most `width` columns
 */
export function explain(described: readonly Described[], options: ExplainOptions = {}): string {
  const page = new Page(options.color ?? false, options.width);
  const { networks, loose, platforms, others } = readDescribed(described);
  for (const network of networks) {
    explainNetwork(network, page);
    for (const group of network.groups) explainGroup(group, network, page);
    for (const cloud of network.clouds) explainFallback(cloud, network.groups, page);
  }
  for (const group of loose) explainGroup(group, undefined, page);
  for (const platform of platforms) explainPlatform(platform, page);
  if (networks.length + loose.length + platforms.length === 0) page.line(NOTHING, 0);
  if (others.length > 0) {
    page.heading("Described without a table");
    page.table(
      [{}, {}],
      others.map(({ kind, path }) => [kind, path]),
    );
  }
  return page.toString();
}
