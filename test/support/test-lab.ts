import { access, readdir } from "node:fs/promises";
import { join } from "node:path";
import { crdFiles } from "@plinth/api/crds";
import {
  apiServer,
  connect,
  isUp,
  type Lab,
  openLab,
  type Part,
  type PartResult,
  readCloud,
  type Session,
} from "@plinth/lab";
import { Cluster } from "./cluster.js";
import { labOf } from "./lanes.js";

/** Name of the lab that the test files of one lane share, one after the other: `PLINTH_TEST_LAB`, by default `test`. */
export const TEST_LAB = labOf(Number(process.env.VITEST_POOL_ID ?? 1));

const USUAL = ["pulumi", "kubernetes", "openstack"];

/** Parts on demand with which machines are ordered and join. */
export const PARTS_FOR_MACHINES = ["cluster-autoscaler", "kwok", "cluster-api"] as const;

/** The lab that test files share: brought up by the first one that asks for it, stopped after the last. */
export interface TestLab {
  readonly lab: Lab;
  /** Environment for the clients of its parts, on top of this process's. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Brings the shared lab up. What a run that was broken off has left is forgotten: each test removes its stack at its end, so
 * a stack that is there when a file begins is such a remainder.
 *
 * @param parts those on demand that the file needs as well, and stops at its end
 */
export async function testLab(parts: readonly string[] = []): Promise<TestLab> {
  const lab = openLab({ name: TEST_LAB, crds: crdFiles() });
  if (await hasStacks(lab)) await lab.reset();
  return bringUp(lab, [...USUAL, ...parts]);
}

/** Brings up a lab that has other parts, beside the shared one. Whoever asks for it stops it. */
export function otherLab(suffix: string, parts: readonly Part[]): Promise<TestLab> {
  return bringUp(openLab({ name: `${labOf(1)}-${suffix}`, parts }));
}

/** Logs in to the OpenStack of a lab. */
export async function logIn({ env }: TestLab, cloud: "lab" | "lab-member" = "lab"): Promise<Session> {
  return connect(await readCloud(env.OS_CLIENT_CONFIG_FILE ?? "", cloud));
}

/** The Kubernetes API of a lab, as its administrator. */
export async function clusterOf({ lab }: TestLab): Promise<Cluster> {
  const server = await apiServer(lab.dir);
  if (server === undefined) throw new Error(`The lab ${lab.name} has no API server`);
  return new Cluster(server);
}

async function bringUp(lab: Lab, names: readonly string[] = []): Promise<TestLab> {
  const start = (): Promise<PartResult[]> => lab.up(names, { confirm: async () => process.env.CI === "true" });
  let results = await start();
  if (results.some(({ outcome }) => outcome === "failed")) {
    // its data are of no worth, and may be what stands in the way: half made, or with ports that are somebody else's by now
    await lab.reset();
    results = await start();
  }
  const absent = results.filter((result) => !isUp(result));
  if (absent.length > 0) {
    const reasons = absent.map(({ name, outcome, reasons }) => `${name} ${outcome}: ${reasons.join("; ")}`);
    throw new Error(
      `These tests need the whole lab.\n${reasons.join("\n")}\nSee docs/lab.md; npm start asks before it installs.`,
    );
  }
  return { lab, env: await lab.env() };
}

async function hasStacks(lab: Lab): Promise<boolean> {
  const root = join(lab.dir, "pulumi", ".pulumi", "stacks");
  const there = await access(root).then(
    () => true,
    () => false,
  );
  if (!there) return false;
  const files = await readdir(root, { recursive: true });
  return files.some((file) => file.endsWith(".json"));
}
