// A server that Cluster API has ordered is played by a machine of the lab: it boots with the user data that the kubeadm
// bootstrap provider has made for it, and joins a real control plane over the router between cloud and metal.
import { createHash, X509Certificate } from "node:crypto";
import {
  apiServer,
  bootMachine,
  call,
  connect,
  type Endpoint,
  initControlPlane,
  isUp,
  type KubeadmCluster,
  type Machine,
  machineCidr,
  machinesOf,
  openLab,
  readCloud,
  type Session,
  waitFor,
} from "@plinth/lab";
import { LocalWorkspace, type Stack } from "@pulumi/pulumi/automation/index.js";
import { load } from "js-yaml";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CLUSTER, program, ROUTER, TOKEN_LIFETIME } from "./join-program.js";

/** Where the user data puts kubeadm's settings. */
const JOIN_CONFIG = "/run/kubeadm/kubeadm-join-config.yaml";

const lab = openLab({ name: process.env.PLINTH_JOIN_LAB ?? "join" });
const metalPart = lab.parts.find(({ name }) => name === "metal");
const context = { name: lab.name, dir: lab.dir, cache: lab.cache, report: () => {}, port: () => Promise.resolve(0) };
const why = (await metalPart?.missing(context)) ?? ["the lab has no part metal"];

interface Server {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly addresses: Readonly<Record<string, readonly { readonly addr: string }[]>>;
}

interface Node {
  readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> };
  readonly spec: { readonly providerID?: string; readonly taints?: readonly { readonly key: string }[] };
  readonly status: {
    readonly addresses: readonly { readonly type: string; readonly address: string }[];
    readonly conditions: readonly { readonly type: string; readonly status: string }[];
  };
}

interface Secret {
  readonly metadata: { readonly name: string; readonly creationTimestamp: string };
  readonly type: string;
  readonly data: Readonly<Record<string, string>>;
}

interface List<T> {
  readonly items: readonly T[];
}

let kubeadm: KubeadmCluster;
let admin: Session;
let stack: Stack;
let server: Server;
let userData: string;
let machine: Machine;

async function read<T>(endpoint: Endpoint, path: string): Promise<T> {
  const { status, text } = await call(endpoint, path);
  if (status !== 200) throw new Error(`${path}: ${status} ${text}`);
  return JSON.parse(text) as T;
}

/** Asks the API server in which Cluster API's objects are. */
async function management<T>(path: string): Promise<T> {
  const endpoint = await apiServer(lab.dir);
  if (endpoint === undefined) throw new Error("no API server");
  return read<T>(endpoint, path);
}

const decode = (text: string | undefined): string => Buffer.from(text ?? "", "base64").toString();

const nodeOf = async (name: string): Promise<Node | undefined> =>
  (await read<List<Node>>(kubeadm.server, "/api/v1/nodes")).items.find(({ metadata }) => metadata.name === name);

const isReady = (node: Node | undefined): boolean =>
  node?.status.conditions.some(({ type, status }) => type === "Ready" && status === "True") ?? false;

/** What the user data says of the control plane that is joined. */
function discovery(): { readonly token: string; readonly apiServerEndpoint: string; readonly caCertHashes: string[] } {
  const { write_files } = load(userData) as { write_files: { path: string; content: string }[] };
  const file = write_files.find(({ path }) => path === JOIN_CONFIG);
  const config = load(file?.content ?? "") as { discovery: { bootstrapToken: ReturnType<typeof discovery> } };
  return config.discovery.bootstrapToken;
}

/** Boots a machine as Nova would the server: with its name, id and address, and a configuration drive. */
function bootServer(address: string): Promise<Machine> {
  const { id, name } = server;
  return bootMachine(lab.dir, {
    name,
    memory: 1024,
    subnet: { address: `${address}/24`, router: ROUTER },
    configDrive: { metaData: { uuid: id, name, hostname: `${name}.novalocal` }, userData },
  });
}

async function up(names: readonly string[]): Promise<void> {
  const results = await lab.up(names, { confirm: async () => process.env.CI === "true" });
  const absent = results.filter((result) => !isUp(result));
  if (absent.length > 0) throw new Error(JSON.stringify(absent));
}

async function makeControlPlane(): Promise<void> {
  await up(["metal"]);
  kubeadm = await initControlPlane(await bootMachine(lab.dir, { name: "metal-1", memory: 2048 }));
}

for (const reason of why) console.warn(`skipped: ${reason}`);

describe.skipIf(why.length > 0)("joining metal", () => {
  beforeAll(async () => {
    // a run that comes to its end leaves no machines: these are of one that did not
    if ((await machinesOf(lab.dir)).length > 0) await lab.reset();
    await Promise.all([makeControlPlane(), up(["pulumi", "openstack", "cluster-api"])]);
    const env = await lab.env();
    process.env.PATH = env.PATH;
    admin = await connect(await readCloud(env.OS_CLIENT_CONFIG_FILE ?? "", "lab"));
    const cidr = await machineCidr(lab.dir);
    if (cidr === undefined) throw new Error("no network of machines");
    stack = await LocalWorkspace.createOrSelectStack(
      { stackName: "join", projectName: "join", program: () => program(kubeadm, cidr) },
      { envVars: env, ...(env.PULUMI_HOME === undefined ? {} : { pulumiHome: env.PULUMI_HOME }) },
    );
  });

  afterAll(async () => {
    await lab.down();
  });

  it("has user data made for a server, which trusts nobody but the cluster's own authority", async () => {
    await stack.up();
    server = await waitFor(
      async () => {
        const { servers } = await admin.get<{ servers: Server[] }>("compute", "/servers/detail?all_tenants=1");
        return servers.find(({ status }) => status === "ACTIVE");
      },
      { what: "a server to be ACTIVE", seconds: 120, every: 500 },
    );
    const { items } = await management<List<Secret>>(`/api/v1/namespaces/${CLUSTER}/secrets`);
    const secrets = items.filter(({ data }) => data.format !== undefined);
    expect(secrets).toHaveLength(1);
    userData = decode(secrets[0]?.data.value);

    const publicKey = new X509Certificate(kubeadm.server.ca).publicKey.export({ type: "spki", format: "der" });
    expect(discovery()).toEqual({
      token: expect.stringMatching(/^[a-z0-9]{6}\.[a-z0-9]{16}$/),
      apiServerEndpoint: kubeadm.endpoint,
      caCertHashes: [`sha256:${createHash("sha256").update(publicKey).digest("hex")}`],
    });
  });

  it("has a token that the bootstrap provider made in the cluster, and that outlives the provisioning", async () => {
    const [id, secret] = discovery().token.split(".");
    const { metadata, data } = await read<Secret>(
      kubeadm.server,
      `/api/v1/namespaces/kube-system/secrets/bootstrap-token-${id}`,
    );
    expect(decode(data["token-secret"])).toBe(secret);
    expect(decode(data.description)).toContain("cluster-api-bootstrap-provider-kubeadm");
    const lifetime = (Date.parse(decode(data.expiration)) - Date.parse(metadata.creationTimestamp)) / 1000;
    expect(`${Math.round(lifetime / 60)}m`).toBe(TOKEN_LIFETIME);
    const { spec } = await management<{ spec: { checks: { nodeStartupTimeoutSeconds: number } } }>(
      `/apis/cluster.x-k8s.io/v1beta2/namespaces/${CLUSTER}/machinehealthchecks/burst`,
    );
    expect(lifetime).toBeGreaterThan(spec.checks.nodeStartupTimeoutSeconds);
  });

  it("joins by it, over the router, as what the group asks for", async () => {
    const [address] = Object.values(server.addresses).flat();
    machine = await bootServer(address?.addr ?? "");
    await waitFor(async () => isReady(await nodeOf(server.name)), {
      what: `the Node ${server.name} to be Ready`,
      seconds: 240,
      every: 500,
      log: machine.log,
    });
    // what the kubelet may not say of itself comes from Cluster API, which first finds the Node by its provider id; taints of
    // a Node that was not ready yet are taken away a moment later
    await expect
      .poll(() => nodeOf(server.name), { timeout: 60_000, interval: 500 })
      .toMatchObject({
        metadata: {
          labels: { "node-role.kubernetes.io/burst": "", "plinth.dev/node-group": "burst", team: "infra" },
        },
        spec: {
          providerID: `openstack:///${server.id}`,
          taints: [{ key: "dedicated", value: "burst", effect: "NoSchedule" }],
        },
        status: {
          addresses: expect.arrayContaining([{ type: "InternalIP", address: address?.addr }]),
        },
      });
  });

  it("makes the group available", async () => {
    await waitFor(
      async () => {
        const path = `/apis/cluster.x-k8s.io/v1beta2/namespaces/${CLUSTER}/machinedeployments/burst-ru-3a`;
        return (await management<{ status: { availableReplicas?: number } }>(path)).status.availableReplicas === 1;
      },
      { what: "the machine to be available", seconds: 60, every: 500 },
    );
  });

  it("does not join a cluster whose authority is not the one that the user data names", async () => {
    const [hash = ""] = discovery().caCertHashes;
    // the first phase of joining, in which the cluster is found, on a machine that has joined: all but the hash is in order
    const find = (config: string): Promise<string> =>
      machine.exec(`kubeadm join phase preflight --config ${config}`, { seconds: 60 });
    await machine.exec(`sed 's/- SystemVerification/- all/' ${JOIN_CONFIG} > /root/join.yaml`);
    await find("/root/join.yaml");
    await machine.exec(`sed 's/${hash}/sha256:${"0".repeat(64)}/' /root/join.yaml > /root/forged.yaml`);
    await expect(find("/root/forged.yaml")).rejects.toThrow("none of the public keys");
  });

  it("takes the Node out of the cluster with its machine", async () => {
    await stack.destroy();
    expect(await nodeOf(server.name)).toBeUndefined();
    expect(isReady(await nodeOf("metal-1"))).toBe(true);
    for (const each of await machinesOf(lab.dir)) await each.remove();
  });
});
