import { describe, expect, it } from "vitest";
import { explain } from "./explain.js";
import { explainRelease } from "./explain-release.js";
import { PAGE_WIDTH } from "./page.js";
import { platformGraph } from "./platform-graph.js";
import { criticalPath, waitedFor, waitingFor } from "./release-order.js";
import { sketch } from "./sketch.js";
import { PLATFORM, platformCase } from "./testing/platform-case.js";
import { columns } from "./text.js";

const described = platformCase();
const { releases } = described.plan;
const named = (name: string) => releases.find((release) => release.name === name) as (typeof releases)[number];

describe("explain", () => {
  const page = explain([described]);

  it("tells preset, ranges, and what machines must have, with why", () => {
    expect(page).toMatch(/^Platform cloud, preset full on talos\n/);
    expect(page).toContain(`${releases.length} releases in ${described.plan.levels.length} levels`);
    expect(page).toMatch(/^ {4}10\.96\.0\.0\/16 +Services +DNS 10\.96\.0\.10, domain cluster\.local$/m);
    expect(page).toMatch(/^ {4}192\.168\.100\.200-192\.168\.100\.250 +load balancers +51 addresses$/m);
    expect(page).toMatch(/^ {4}module drbd +usermode_helper=disabled +linstor$/m);
    expect(page).toMatch(/^ {4}node-2 +192\.168\.100\.12 +control-plane$/m);
    expect(page).not.toContain("Described without a table");
  });

  it("lists the charts without a digest, by name where not all are", () => {
    const { plan } = described;
    const few = { ...described, plan: { ...plan, withoutDigest: ["cloud/cilium", "cloud/linstor"] } };
    expect(explain([few])).toMatch(/for want of a digest: 2 of \d+\n {4}cilium, linstor\n/);
    expect(explain([{ ...described, plan: { ...plan, withoutDigest: [] } }])).not.toContain("digest");
  });

  it("says of a hosted platform only what is known", () => {
    const hosted = explain([platformCase("hosted", { distribution: "hosted" })]);
    expect(hosted).toContain("preset hosted on hosted");
    expect(hosted).not.toMatch(/Ranges|Machines|API server/);
  });
});

describe("the sketch", () => {
  const text = sketch([described]);

  it("names every release once, none before what it waits for", () => {
    const words = text.split(/[\s,]+/);
    const position = new Map(releases.map(({ path, name }) => [path, words.indexOf(name)]));
    for (const { path, name, level, dependsOn } of releases) {
      expect(words.filter((word) => word === name)).toHaveLength(1);
      for (const edge of dependsOn) expect(position.get(edge.path)).toBeLessThan(position.get(path) as number);
      expect(level).toBeGreaterThanOrEqual(0);
    }
  });

  it.each([text, explain([described])])("is at most 100 columns wide", (page) => {
    for (const line of page.split("\n")) expect(columns(line)).toBeLessThanOrEqual(PAGE_WIDTH);
  });
});

describe("a release", () => {
  it("waits for others, each with its reason, and for all that those wait for", () => {
    const told = explainRelease(releases, "linstor") as string;
    expect(told).toMatch(/^Release cloud\/linstor: cozy-linstor .*, namespace cozy-linstor, level 6 \(core\)\n/);
    expect(told).toMatch(/^ {4}snapshot-controller +5 +defines VolumeSnapshotClass\.snapshot\.storage\.k8s\.io$/m);
    for (const { name } of waitedFor(named("linstor"), releases)) expect(told).toContain(` ${name} `);
    expect(told).toMatch(/^ {8}0 {2}cozy-fluxcd +nothing$/m);
    expect(explainRelease(releases, "cloud/linstor")).toBe(told);
  });

  it("is told to wait for nothing where it does", () => {
    expect(explainRelease(releases, "cozy-fluxcd")).toContain("Waits for nothing");
  });

  it("is unknown by another name", () => {
    expect(explainRelease(releases, "nobody")).toBeUndefined();
  });
});

describe("the order", () => {
  it("has a longest way, of one release for each level, each waiting for the one before", () => {
    const way = criticalPath(releases);
    expect(way.map(({ level }) => level)).toEqual(described.plan.levels.map((_, level) => level));
    for (const [i, release] of way.entries()) {
      const before = way[i - 1];
      if (before !== undefined) expect(release.dependsOn.map(({ path }) => path)).toContain(before.path);
    }
    expect(criticalPath([])).toEqual([]);
  });

  it("is the same seen from either end", () => {
    const pairs = (others: typeof waitedFor, isSwapped: boolean) =>
      releases.flatMap((one) =>
        others(one, releases).map(({ path }) => (isSwapped ? `${path} ${one.path}` : `${one.path} ${path}`)),
      );
    expect(pairs(waitingFor, true).sort()).toEqual(pairs(waitedFor, false).sort());
  });
});

describe("the graph", () => {
  it("is of the platforms alone, with names that are unique", () => {
    expect(platformGraph([], { title: "t" })).toBeUndefined();
    expect(platformGraph([described], { title: "t" })).toContain(">linstor<");
    const both = platformGraph([described, platformCase("other", PLATFORM)], { title: "t" });
    expect(both).toContain(">cloud/linstor<");
    expect(both).toContain(">other/linstor<");
  });
});
