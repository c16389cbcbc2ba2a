import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Project } from "../support/project.js";

const PLINTH = fileURLToPath(new URL("../../packages/plinth/bin/plinth.js", import.meta.url));

let project: Project;

beforeEach(async () => {
  project = await Project.hybrid();
});

afterEach(() => project.remove());

/** What `plinth explain` prints of the copy, in an environment in which no engine, cloud or cluster can be found. */
async function explain(): Promise<{ code: number; stdout: string; stderr: string }> {
  const args = [PLINTH, "explain", project.dir, "--config", "hybrid:publicKey=key,hybrid:password=any"];
  const env = { PATH: "", HOME: project.dir };
  try {
    return { code: 0, ...(await promisify(execFile)(process.execPath, args, { env })) };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, stdout, stderr };
  }
}

it("an edited route and size change the tables where they stand, and nothing else", async () => {
  const before = (await explain()).stdout.split("\n");
  await project.edit('cidrs: ["192.168.204.0/24"]', 'cidrs: ["192.168.214.0/24"]');
  await project.edit("max: 10", "max: 12");
  const { code, stdout } = await explain();
  expect(code).toBe(0);
  const changed = stdout.split("\n").filter((line, i) => line !== before[i]);
  expect(changed.filter((line) => !/[│■]/.test(line))).toEqual([
    "    250 for VMs; 1 group of at most 13 machines, 237 stay free",
    "    192.168.214.0/24  192.168.200.252  site racks-2",
    "    racks-2, hosts in 192.168.214.0/24",
    "        via: 192.168.214.1",
    "      ip route add 192.168.200.0/24 via 192.168.214.1",
    "    in from  192.168.214.0/24  site racks-2  vxlan udp/8472, kubelet tcp/10250, icmp",
    "    ru-3a    1   12               13",
    "    all      1   12               13",
    "    (max 12 + surge 1) x 1 zone = 13 machines, for 250 addresses",
  ]);
});

it("a refusal is printed with what could be computed, and ends the command with an error", async () => {
  await project.edit('nextHop: "192.168.200.252"', 'nextHop: "192.168.201.252"');
  const { code, stderr } = await explain();
  expect(code).toBe(1);
  expect(stderr).toContain("PL3001  The next hop 192.168.201.252 is not a host address of 192.168.200.0/24");
});
