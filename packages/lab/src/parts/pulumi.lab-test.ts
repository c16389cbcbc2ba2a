import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Lab, openLab } from "../lab.js";
import { run } from "../run.js";
import { TOOLS } from "../toolchain/pins.js";

let state: string;
let lab: Lab;
const said: string[] = [];

async function pulumi(args: readonly string[], cwd = state): Promise<string> {
  return run("pulumi", args, { env: { ...process.env, ...(await lab.env()) }, cwd, seconds: 120 });
}

beforeAll(async () => {
  state = await mkdtemp(join(tmpdir(), "plinth-state-"));
  const report = ({ step }: { step: string }) => void said.push(step);
  lab = openLab({ name: "pulumi-test", env: { ...process.env, PLINTH_STATE: state }, report });
  expect(await lab.up(["pulumi"])).toEqual([{ name: "pulumi", outcome: "started", reasons: [] }]);
});

afterAll(async () => {
  await lab.reset();
  await rm(state, { recursive: true });
});

it("has the engine, the Node language host beside it and both providers, in a home of its own", async () => {
  expect(await pulumi(["version"])).toMatch(/^v3\./);
  const plugins = JSON.parse(await pulumi(["plugin", "ls", "--json"])) as { name: string; version: string }[];
  expect(plugins.map(({ name, version }) => `${name} ${version}`).sort()).toEqual([
    `kubernetes ${TOOLS.providerKubernetes.version}`,
    `openstack ${TOOLS.providerOpenstack.version}`,
  ]);
  const { PULUMI_HOME } = await lab.env();
  expect(PULUMI_HOME?.startsWith(lab.cache)).toBe(true);
});

it("starts both providers, which describe what they can make", async () => {
  for (const [name, kind] of [
    ["openstack", "openstack:networking/subnet:Subnet"],
    ["kubernetes", "kubernetes:core/v1:Namespace"],
  ] as const) {
    const schema = JSON.parse(await pulumi(["package", "get-schema", name])) as { resources: Record<string, unknown> };
    expect(Object.keys(schema.resources)).toContain(kind);
  }
});

it("keeps the state of stacks in the lab", async () => {
  const project = join(state, "project");
  await mkdir(project);
  await writeFile(join(project, "Pulumi.yaml"), "name: empty\nruntime: nodejs\n");
  await pulumi(["stack", "init", "dev", "--non-interactive"], project);
  expect(await pulumi(["stack", "ls", "--json"], project)).toContain('"dev"');
  expect(await readdir(join(lab.dir, "pulumi", ".pulumi", "stacks", "empty"))).toContain("dev.json");
});

it("is left alone by a second up, and down until the next one when it is stopped", async () => {
  said.length = 0;
  expect((await lab.up(["pulumi"]))[0]?.outcome).toBe("running");
  expect(said).toEqual([]);
  await lab.down(["pulumi"]);
  expect((await lab.status())[0]?.health).toEqual({ state: "down" });
  expect((await lab.up(["pulumi"]))[0]?.outcome).toBe("started");
  expect(await pulumi(["stack", "ls", "--json"], join(state, "project"))).toContain('"dev"');
});
