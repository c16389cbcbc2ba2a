import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Session } from "@plinth/lab";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Inventory, inventory } from "../support/inventory.js";
import { Project } from "../support/project.js";
import { logIn, PARTS_FOR_MACHINES, TEST_LAB, type TestLab, testLab } from "../support/test-lab.js";

const PLINTH = fileURLToPath(new URL("../../packages/plinth/bin/plinth.js", import.meta.url));

let lab: TestLab;
let admin: Session;
let before: Inventory;
let project: Project;

interface Ended {
  readonly code: number | null;
  readonly text: string;
}

function run(program: string, args: readonly string[], env: object = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { cwd: project.dir, env: { ...process.env, ...env }, maxBuffer: 64 << 20 };
    const child = execFile(program, args, options, (_, stdout, stderr) =>
      resolve({ code: child.exitCode, text: `${stdout}\n${stderr}` }),
    );
  });
}

/** What `npm start` runs, for a copy of the stack and the lab of the tests. */
const start = (...args: readonly string[]): Promise<Ended> =>
  run(process.execPath, [PLINTH, "demo", "up", project.dir, "--name", TEST_LAB, ...args]);

/** Lines of the table of servers. */
const servers = ({ text }: Ended): string[] =>
  text.split("\n").filter((line) => /^ {2}cloud-worker-ru-3a-\S+ +ru-3a +192\.168\.200\.\d+ +ACTIVE +Ready/.test(line));

beforeAll(async () => {
  lab = await testLab();
  admin = await logIn(lab);
  before = await inventory(admin);
  project = await Project.hybrid();
});

afterAll(async () => {
  await run("pulumi", ["destroy", "--yes", "--skip-preview", "--remove", "--stack", "lab"], lab?.env);
  await lab?.lab.down(PARTS_FOR_MACHINES);
  await project?.remove();
});

describe("npm start", () => {
  let first: Ended;

  it("shows the plan first and ends with a server that is ACTIVE and a Node that is Ready", async () => {
    first = await start();
    expect([first.code, first.text]).toEqual([0, expect.stringMatching(/pods 1400[\s\S]*The lab:[\s\S]*\d+ created/)]);
    expect(servers(first)).toHaveLength(1);
    expect(first.text).toContain("the cluster autoscaler: a stand-in");
    expect(first.text).not.toContain("Neutron's network carries"); // the demo plans with what the lab's Neutron gives
  });

  it("changes nothing the second time", async () => {
    const second = await start();
    expect(second.code).toBe(0);
    expect(second.text).toMatch(/Resources:\s+\d+ unchanged\n/);
    expect(servers(second)).toEqual(servers(first));
  });

  it("goes over to the other engine, whose servers nobody makes here, and remembers it", async () => {
    const ordered = "servers: with this engine Deckhouse's controllers order them";
    const other = await start("--engine", "deckhouse");
    expect([other.code, other.text]).toEqual([0, expect.stringContaining(ordered)]);
    expect(servers(other)).toEqual([]);
    const again = await start();
    expect([again.code, again.text]).toEqual([0, expect.stringContaining(ordered)]);
    expect(again.text).toMatch(/Resources:\s+\d+ unchanged\n/);
  });

  it("is undone by destroy to the last object", async () => {
    const { code, text } = await run("pulumi", ["destroy", "--yes", "--skip-preview", "--stack", "lab"], lab.env);
    expect([code, text]).toEqual([0, expect.stringMatching(/\d+ deleted/)]);
    expect(await inventory(admin)).toEqual(before);
  });
});
