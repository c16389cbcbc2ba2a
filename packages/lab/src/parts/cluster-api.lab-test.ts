import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, readCloud, type Session } from "@plinth/clients";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, openLab } from "../lab.js";
import { isFree, knownPorts } from "../ports.js";
import { running } from "../processes.js";
import { run } from "../run.js";
import { testLabName } from "../test-support.js";
import { isUp } from "../up.js";
import { waitFor } from "../wait.js";
import {
  cluster,
  controlPlaneKind,
  kubeadmWorkers,
  NAMESPACE,
  type Setting,
  workers,
} from "./cluster-api/test-objects.js";
import { type ApiServer, apiServer } from "./kubernetes/servers.js";
import { joinMachines } from "./kwok/join-machines.js";
import { joinNode } from "./kwok/join-node.js";
import { openstack } from "./openstack.js";

const PROCESSES = [
  "cluster-api-core",
  "cluster-api-bootstrap-kubeadm",
  "cluster-api-infrastructure-openstack",
  "kwok",
] as const;

const elsewhere = await mkdtemp(join(tmpdir(), "plinth-crds-"));
const said: string[] = [];
const lab: Lab = openLab({
  name: testLabName("cluster-api"),
  crds: [elsewhere],
  report: ({ step }) => void said.push(step),
});

const context = { name: lab.name, dir: lab.dir, cache: lab.cache, report: () => {}, port: () => Promise.resolve(0) };
const noOpenstack = [
  ...(await openstack.missing(context)),
  ...(await openstack.systemPackages(context)).map((name) => `${name} is not installed`),
];

let env: Record<string, string>;

async function kubectl(args: readonly string[], input?: object | readonly object[]): Promise<string> {
  const text = Array.isArray(input) ? input.map((each) => JSON.stringify(each)).join("\n---\n") : JSON.stringify(input);
  const options = { env: { ...process.env, ...env }, seconds: 120 };
  return run("kubectl", args, input === undefined ? options : { ...options, input: text });
}

const apply = (objects: object | readonly object[]) => kubectl(["apply", "--server-side", "-f", "-"], objects);

async function get<T>(...args: readonly string[]): Promise<T> {
  return JSON.parse(await kubectl(["get", "-n", NAMESPACE, "-o", "json", ...args])) as T;
}

async function server(): Promise<ApiServer> {
  const found = await apiServer(lab.dir);
  if (found === undefined) throw new Error("no API server");
  return found;
}

const healthOf = async (name: string) => (await lab.status()).find((part) => part.name === name)?.health;

/** A CRD as a program might bring it along: the kind of a manager, in a version that this manager does not know. */
const STRANGE = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "openstackclusters.infrastructure.cluster.x-k8s.io" },
  spec: {
    group: "infrastructure.cluster.x-k8s.io",
    scope: "Namespaced",
    names: { kind: "OpenStackCluster", plural: "openstackclusters" },
    versions: [{ name: "v9", served: true, storage: true, schema: { openAPIV3Schema: { type: "object" } } }],
  },
};

beforeAll(async () => {
  await lab.reset(); // what a run that was broken off has left
  await writeFile(join(elsewhere, "a.yaml"), JSON.stringify(STRANGE));
  await lab.up(["cluster-api", "kwok"]);
  env = await lab.env();
});

afterAll(async () => {
  await lab.reset();
  await rm(elsewhere, { recursive: true });
});

it("is up from nothing, and left alone by a second up", async () => {
  expect(await healthOf("cluster-api")).toEqual({ state: "up" });
  expect(await healthOf("kwok")).toEqual({ state: "up" });
  said.length = 0;
  const results = await lab.up(["cluster-api", "kwok"]);
  expect(results.map(({ outcome }) => outcome)).toEqual(["running", "running", "running"]);
  expect(said).toEqual([]);
});

it("serves the kinds in their versions, and converts between them", async () => {
  await kubectl(["create", "namespace", "kinds"]);
  await apply({
    apiVersion: "bootstrap.cluster.x-k8s.io/v1beta2",
    kind: "KubeadmConfig",
    metadata: { name: "a", namespace: "kinds" },
    spec: { joinConfiguration: { nodeRegistration: { kubeletExtraArgs: [{ name: "v", value: "2" }] } } },
  });
  const old = await get("-n", "kinds", "kubeadmconfigs.v1beta1.bootstrap.cluster.x-k8s.io", "a");
  expect(old).toMatchObject({
    apiVersion: "bootstrap.cluster.x-k8s.io/v1beta1",
    spec: { joinConfiguration: { nodeRegistration: { kubeletExtraArgs: { v: "2" } } } },
  });
});

it.each([
  [
    "core",
    {
      apiVersion: "cluster.x-k8s.io/v1beta2",
      kind: "Cluster",
      metadata: { name: "bad", namespace: "kinds" },
      spec: { clusterNetwork: { pods: { cidrBlocks: ["10.0.0.0/99"] } } },
    },
    "invalid CIDR address: 10.0.0.0/99",
  ],
  [
    "kubeadm bootstrap",
    {
      apiVersion: "bootstrap.cluster.x-k8s.io/v1beta2",
      kind: "KubeadmConfig",
      metadata: { name: "bad", namespace: "kinds" },
      spec: {
        files: [
          { path: "/a", content: "a" },
          { path: "/a", content: "b" },
        ],
      },
    },
    "path property must be unique among all files",
  ],
])("the webhooks of %s refuse what no schema can", async (_, object, words) => {
  await expect(apply(object)).rejects.toThrow(words);
});

it("the webhooks of the OpenStack provider refuse the change of a template", async () => {
  const template = (flavor: string) => ({
    apiVersion: "infrastructure.cluster.x-k8s.io/v1beta1",
    kind: "OpenStackMachineTemplate",
    metadata: { name: "fixed", namespace: "kinds" },
    spec: { template: { spec: { flavor, image: { filter: { name: "a" } } } } },
  });
  await apply(template("small"));
  await expect(apply(template("large"))).rejects.toThrow("spec.template.spec field is immutable");
});

it("has its kinds in the versions that its managers know, whatever CRDs the lab is opened with", async () => {
  const path = "{.spec.versions[*].name}";
  const versions = await kubectl(["get", "crd", STRANGE.metadata.name, "-o", `jsonpath=${path}`]);
  expect(versions).toBe("v1beta1");
});

it("lets each manager do what its role allows and no more", async () => {
  for (const [name, account] of [
    ["cluster-api", "capi-manager"],
    ["cluster-api", "capi-kubeadm-bootstrap-manager"],
    ["cluster-api", "capo-manager"],
    ["kwok", "kwok-controller"],
  ] as const) {
    const file = join(lab.dir, name, account);
    for (const secret of [`${file}.kubeconfig`, `${file}.token`]) expect((await stat(secret)).mode & 0o777).toBe(0o600);
    const kubeconfig = `--kubeconfig=${file}.kubeconfig`;
    const can = (...what: readonly string[]) => kubectl(["auth", "can-i", kubeconfig, ...what, "-A"]);
    expect(await can("list", name === "kwok" ? "nodes" : "secrets")).toBe("yes\n");
    await expect(can("create", "clusterrolebindings")).rejects.toThrow();
    await expect(can("*", "*")).rejects.toThrow();
  }
});

it("plays Nodes: one that joins gets Ready, and a Pod bound to it runs", async () => {
  await joinNode(await server(), { name: "played", labels: { rack: "a" } });
  await joinNode(await server(), { name: "played" }); // a kubelet that starts again
  await kubectl(["wait", "node", "played", "--for=condition=Ready", "--timeout=30s"]);
  expect(await get("node", "played")).toMatchObject({ metadata: { labels: { rack: "a" } } });
  const container = { name: "a", image: "none" };
  const pod = { apiVersion: "v1", kind: "Pod", metadata: { name: "a", namespace: "kinds" } };
  const account = () => kubectl(["get", "serviceaccount", "default", "-n", "kinds"]);
  await waitFor(account, { what: "the service account", seconds: 30 });
  await apply({ ...pod, spec: { nodeName: "played", containers: [container] } });
  await kubectl(["wait", "pod", "a", "-n", "kinds", "--for=condition=Ready", "--timeout=30s"]);
  await kubectl(["delete", "node", "played"]);
});

it.each(PROCESSES)("heals when %s was killed: only that is started again", async (name) => {
  const before = await Promise.all(PROCESSES.map((each) => running(lab.dir, each)));
  const pid = before[PROCESSES.indexOf(name)];
  process.kill(pid as number, "SIGKILL");
  const part = name === "kwok" ? "kwok" : "cluster-api";
  await waitFor(async () => (await healthOf(part))?.state !== "up", { what: "its death to be seen", seconds: 60 });
  const results = await lab.up(["cluster-api", "kwok"]);
  expect(results.map((each) => [each.name, each.outcome])).toEqual([
    ["kubernetes", "running"],
    ["cluster-api", part === "kwok" ? "running" : "started"],
    ["kwok", part === "kwok" ? "started" : "running"],
  ]);
  const after = await Promise.all(PROCESSES.map((each) => running(lab.dir, each)));
  expect(PROCESSES.filter((_, index) => after[index] !== before[index])).toEqual([name]);
});

it("heals when what the API server holds for it was deleted", async () => {
  await kubectl(["delete", "validatingwebhookconfiguration", "capo-validating-webhook-configuration"]);
  await kubectl(["delete", "clusterrolebinding", "capi-manager-rolebinding"]);
  expect(await healthOf("cluster-api")).toEqual({
    state: "failing",
    reason: "the API server lacks ClusterRoleBinding capi-manager-rolebinding",
  });
  expect((await lab.up(["cluster-api"]))[1]?.outcome).toBe("started");
  expect(await healthOf("cluster-api")).toEqual({ state: "up" });
});

describe.skipIf(noOpenstack.length > 0)(["workers on a real OpenStack", ...noOpenstack].join("; "), () => {
  let member: Session;
  let setting: Setting;
  type Listed = { readonly id: string };
  interface Server extends Listed {
    readonly status: string;
    readonly "OS-EXT-AZ:availability_zone": string;
  }

  const servers = async () => (await member.get<{ servers: Server[] }>("compute", "/servers/detail")).servers;
  const ports = async () =>
    (await member.get<{ ports: Listed[] }>("network", `/ports?network_id=${setting.networkId}`)).ports;

  beforeAll(async () => {
    const results = await lab.up(["openstack"]);
    expect(results.every(isUp)).toBe(true);
    env = await lab.env();
    const file = env.OS_CLIENT_CONFIG_FILE ?? "";
    const admin = await connect(await readCloud(file, "lab"));
    member = await connect(await readCloud(file, "lab-member"));
    const flavor = { name: "small", vcpus: 1, ram: 1024, disk: 5 };
    await admin.post("compute", "/flavors", { flavor });
    const { network } = await member.post<{ network: Listed }>("network", "/networks", {
      network: { name: "workers" },
    });
    const { subnet } = await member.post<{ subnet: Listed }>("network", "/subnets", {
      subnet: { network_id: network.id, ip_version: 4, cidr: "192.168.60.0/24" },
    });
    setting = {
      clouds: await readFile(file, "utf8"),
      cloudName: "lab-member",
      networkId: network.id,
      subnetId: subnet.id,
      flavor: "small",
      image: "ubuntu-22-04-cloud-amd64",
      zone: "ru-3a",
      kubeconfig: await readFile(env.KUBECONFIG ?? "", "utf8"),
      ca: (await server()).ca,
    };
  });

  it("has one server ACTIVE in its zone, with a port in the network that was there", async () => {
    await apply(controlPlaneKind);
    await kubectl(["wait", "crd", "--all", "--for=condition=Established", "--timeout=30s"]);
    await apply(cluster(setting));
    await apply(workers(setting));
    const active = async () => {
      const [server, ...others] = await servers();
      return server?.status === "ACTIVE" && others.length === 0 && server;
    };
    const server = await waitFor(active, { what: "one ACTIVE server", seconds: 180, every: 1000 });
    expect(server["OS-EXT-AZ:availability_zone"]).toBe("ru-3a");
    expect(await ports()).toHaveLength(1);
  });

  it("is a cluster that Cluster API calls available, once the machine has joined", async () => {
    const joining = async () => {
      const [name] = await joinMachines(await server(), NAMESPACE);
      return name;
    };
    const name = await waitFor(joining, { what: "the machine to know its server", seconds: 60, every: 500 });
    const node = await get<{ readonly spec: { readonly providerID: string } }>("node", name);
    expect(node.spec.providerID).toBe(`openstack:///${(await servers())[0]?.id}`);
    const wait = (kind: string, name: string, condition: string) =>
      kubectl(["wait", kind, name, "-n", NAMESPACE, `--for=condition=${condition}`, "--timeout=100s"]);
    await wait("machines", name, "NodeReady");
    await wait("machinedeployment", "workers", "Available");
    await wait("clusters.cluster.x-k8s.io", "lab", "Available");
  });

  it("orders a server with user data of the kubeadm bootstrap provider, whose token the cluster knows", async () => {
    await apply(kubeadmWorkers(setting));
    const config = async () => {
      const { items } = await get<{ items: { status?: { dataSecretName?: string } }[] }>("kubeadmconfigs");
      return items[0]?.status?.dataSecretName;
    };
    const secret = await waitFor(config, { what: "the user data", seconds: 60, every: 500 });
    const { data } = await get<{ data: { value: string } }>("secret", secret);
    const userData = Buffer.from(data.value, "base64").toString("utf8");
    expect(userData).toContain("kubeadm join --config");
    expect(userData).toContain("node-labels");
    expect(userData).toMatch(/caCertHashes:\s+- sha256:[0-9a-f]{64}/);
    const id = /token: ([0-9a-z]{6})\.[0-9a-z]{16}/.exec(userData)?.[1];
    await kubectl(["get", "secret", `bootstrap-token-${id}`, "-n", "kube-system"]);
    const two = async () => (await servers()).filter(({ status }) => status === "ACTIVE").length === 2;
    await waitFor(two, { what: "the second ACTIVE server", seconds: 120, every: 1000 });
  });

  it("leaves neither server nor port nor Node when it is scaled down, and goes without a trace", async () => {
    await kubectl(["scale", "machinedeployment", "--all", "-n", NAMESPACE, "--replicas=0"]);
    const gone = async () => (await servers()).length + (await ports()).length === 0;
    await waitFor(gone, { what: "server and port to go", seconds: 120, every: 1000 });
    const nodes = async () => (await get<{ items: object[] }>("nodes")).items.length === 0;
    await waitFor(nodes, { what: "the Node to go", seconds: 60, every: 500 });
    await kubectl(["delete", "clusters.cluster.x-k8s.io", "lab", "-n", NAMESPACE, "--timeout=100s"]);
    await kubectl(["delete", "namespace", NAMESPACE, "--timeout=60s"]);
  });
});

it("leaves no process and no open port when it is stopped, and comes up again with its data", async () => {
  const ports = Object.entries(await knownPorts(lab.dir)).filter(([key]) => /^(cluster-api|kwok)/.test(key));
  expect(ports).toHaveLength(10);
  await lab.down();
  expect(await lab.processes()).toEqual([]);
  expect(await Promise.all(ports.map(([, port]) => isFree(port)))).toEqual(ports.map(() => true));
  const results = await lab.up(["cluster-api"]);
  expect(results.every(isUp)).toBe(true);
  expect(await kubectl(["get", "kubeadmconfig", "-n", "kinds", "-o", "name"])).toContain("/a");
});
