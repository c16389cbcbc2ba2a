import type { Release } from "@plinth/platform";
import { describeReason } from "@plinth/platform/plan";
import type { ExplainOptions } from "./explain.js";
import { Page } from "./page.js";
import { waitedFor, waitingFor } from "./release-order.js";
import { counted } from "./words.js";

/**
 * Why a release waits: what it waits for and the reason of each, all that those wait for in turn down to level 0, and what waits
 * for it.
 * @param name name of the release, or its construct path
 * @returns lines of at most `width` columns; `undefined` when there is no release of that name
 */
export function explainRelease(
  releases: readonly Release[],
  name: string,
  options: ExplainOptions = {},
): string | undefined {
  const those = releases.filter((release) => release.name === name || release.path === name);
  if (those.length === 0) return undefined;
  const page = new Page(options.color ?? false, options.width);
  for (const release of those) explainOne(release, releases, page);
  return page.toString();
}

function explainOne(release: Release, releases: readonly Release[], page: Page): void {
  const { path, chart, namespace, phase, level, dependsOn } = release;
  page.heading(`Release ${path}: ${chart.chart} ${chart.version}, namespace ${namespace}, level ${level} (${phase})`);
  if (dependsOn.length === 0) {
    page.section("Waits for nothing");
  } else {
    page.section("Waits for");
    page.table(
      [{ title: "release" }, { title: "level", align: "right" }, { title: "why: it" }],
      waits(release, releases),
    );
    const chain = waitedFor(release, releases);
    page.section(`Before it, in ${counted(level, "step")}: ${chain.length} of ${releases.length} releases`);
    page.table(
      [{ title: "level", align: "right" }, { title: "release" }, { title: "waits for" }],
      chain.map((each) => [
        `${each.level}`,
        each.name,
        each.dependsOn.map((edge) => edge.name).join(", ") || "nothing",
      ]),
    );
  }
  const after = waitingFor(release, releases);
  page.section(
    after.length === 0 ? "Nothing waits for it" : `Waiting for it: ${after.length} of ${releases.length} releases`,
  );
  if (after.length > 0) page.line(after.map((each) => each.name).join(", "));
}

function waits({ dependsOn }: Release, releases: readonly Release[]): string[][] {
  const levels = new Map(releases.map(({ path, level }) => [path, level]));
  return dependsOn.map(({ path, name, reasons }) => [
    name,
    `${levels.get(path) ?? ""}`,
    reasons.map(describeReason).join(", "),
  ]);
}
