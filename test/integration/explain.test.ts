import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Project } from "../support/project.js";

const PLINTH = fileURLToPath(new URL("../../packages/plinth/bin/plinth.js", import.meta.url));

const DECKHOUSE = { engine: "deckhouse" };
const CLUSTER_API = { kubeconfig: "any", caCertificate: "any" };

let project: Project;

beforeEach(async () => {
  project = await Project.hybrid();
});

afterEach(() => project.remove());

/** What `plinth explain` prints of the copy, in an environment in which no engine, cloud or cluster can be found. */
async function explain(engine: object = DECKHOUSE): Promise<{ code: number; stdout: string; stderr: string }> {
  const config = Object.entries({ publicKey: "key", password: "any", ...engine }).map(
    (pair) => `hybrid:${pair.join("=")}`,
  );
  const args = [PLINTH, "explain", project.dir, "--config", config.join()];
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

it("the engine changes what orders the machines, and nothing of the network", async () => {
  const lines = async (engine: object): Promise<string[]> => (await explain(engine)).stdout.split("\n");
  const [deckhouse, clusterApi] = [await lines(DECKHOUSE), await lines(CLUSTER_API)];
  expect(clusterApi.filter((line, i) => line !== deckhouse[i])).toEqual([
    "Group cloud-worker in k8s_l3vpn, ordered by clusterApi (component cloud-worker)",
  ]);
});

it("an MTU that is set is planned with", async () => {
  const { stdout } = await explain({ ...CLUSTER_API, mtu: 1450 });
  expect(stdout).toContain("    network 1450 - VXLAN 50 = pods 1400 (cloud cloud)\n");
});

it("a refusal is printed with what could be computed, and ends the command with an error", async () => {
  await project.edit('nextHop: "192.168.200.252"', 'nextHop: "192.168.201.252"');
  const { code, stderr } = await explain();
  expect(code).toBe(1);
  expect(stderr).toContain("PL3001  The next hop 192.168.201.252 is not a host address of 192.168.200.0/24");
});
