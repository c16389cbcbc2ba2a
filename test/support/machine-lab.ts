import { apiServer, call, joinMachines, type Lab, type Session, waitFor } from "@plinth/lab";
import { L3VPNNetwork, type PodNetwork } from "@plinth/network";
import { CloudProvider, HybridNodeGroup, type HybridNodeGroupArgs } from "@plinth/nodes";
import * as pulumi from "@pulumi/pulumi";
import { LocalWorkspace, type Stack } from "@pulumi/pulumi/automation/index.js";
import { PUBLIC_KEYS } from "./keys.js";
import { logIn, PARTS_FOR_MACHINES, testLab } from "./test-lab.js";

/** Name of the cluster, and of the namespace of its machines. */
export const CLUSTER = "burst-cluster";

/** Name of the group's MachineDeployment. */
export const GROUP = "burst-ru-3a";

/** What a test of machines changes of the program from one `up` to the next. */
export interface Settings {
  size: HybridNodeGroupArgs["size"];
  cores: number;
  podNetwork?: PodNetwork;
  wait?: HybridNodeGroupArgs["wait"];
  /** What the first port of each machine is like. With it, each has another one in a network of its own, `storage`. */
  port?: HybridNodeGroupArgs["port"];
}

/** A server as Nova has it. */
export interface Server {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly key_name: string;
  readonly addresses: Readonly<Record<string, readonly { readonly addr: string }[]>>;
  readonly security_groups: readonly { readonly name: string }[];
  readonly "OS-EXT-AZ:availability_zone": string;
  readonly "os-extended-volumes:volumes_attached": readonly object[];
}

/** A port of a server as Neutron has it. */
export interface Port {
  readonly device_id: string;
  readonly device_owner: string;
  readonly network_id: string;
  readonly tags: readonly string[];
  readonly security_groups: readonly string[];
  readonly allowed_address_pairs: readonly { readonly ip_address: string }[];
  readonly fixed_ips: readonly { readonly subnet_id: string; readonly ip_address: string }[];
}

/** A server group as Nova has it. */
export interface ServerGroup {
  readonly members: readonly string[];
  readonly policies: readonly string[];
}

/** The shared lab with Cluster API, and a stack with one group of machines that joins the lab's own cluster. */
export class MachineLab {
  readonly lab: Lab;
  readonly admin: Session;
  readonly stack: Stack;

  private constructor(lab: Lab, admin: Session, stack: Stack) {
    this.lab = lab;
    this.admin = admin;
    this.stack = stack;
  }

  /** @param parts what the lab needs beside the parts that it always has @param settings read at each `up` */
  static async open(parts: readonly string[], settings: Settings): Promise<MachineLab> {
    const shared = await testLab(parts);
    const { lab, env } = shared;
    process.env.PATH = env.PATH;
    const stack = await LocalWorkspace.createOrSelectStack(
      { stackName: "capi", projectName: "capi", program: () => program(lab, settings) },
      { envVars: { ...env }, ...(env.PULUMI_HOME === undefined ? {} : { pulumiHome: env.PULUMI_HOME }) },
    );
    return new MachineLab(lab, await logIn(shared), stack);
  }

  /** Stops the parts that others do not need. A stack that is not empty stays, and has the next one begin anew. */
  async close(): Promise<void> {
    await this.stack.workspace.removeStack(this.stack.name).catch(() => {});
    await this.lab.down(PARTS_FOR_MACHINES);
  }

  /** Runs `up`. @returns how many resources it did something with, by what it did */
  async changes(): Promise<Record<string, number>> {
    const { summary } = await this.stack.up();
    const { same: _, ...rest } = summary.resourceChanges ?? {};
    return rest;
  }

  /** An output of the stack. */
  async output<T>(name: string): Promise<T> {
    return (await this.stack.outputs())[name]?.value as T;
  }

  /** Asks the Kubernetes API. @throws Error for any status but 200 and 201 */
  api<T>(path: string, options: Parameters<typeof call>[2] = {}): Promise<T> {
    return api(this.lab, path, options);
  }

  /** The group's MachineDeployment. */
  deployment(): Promise<{ spec: { replicas: number }; status: { availableReplicas?: number } }> {
    return this.api(`/apis/cluster.x-k8s.io/v1beta2/namespaces/${CLUSTER}/machinedeployments/${GROUP}`);
  }

  async servers(): Promise<readonly Server[]> {
    return (await this.admin.get<{ servers: Server[] }>("compute", "/servers/detail?all_tenants=1")).servers;
  }

  /** Ports of servers. */
  async ports(): Promise<readonly Port[]> {
    const { ports } = await this.admin.get<{ ports: Port[] }>("network", "/ports");
    return ports.filter(({ device_owner }) => device_owner.startsWith("compute"));
  }

  async serverGroups(): Promise<readonly ServerGroup[]> {
    const path = "/os-server-groups?all_projects=true";
    return (await this.admin.get<{ server_groups: ServerGroup[] }>("compute", path)).server_groups;
  }

  /** Lets the machines join whose servers are there, as their kubelets would. */
  async join(): Promise<void> {
    const server = await apiServer(this.lab.dir);
    if (server !== undefined) await joinMachines(server, CLUSTER);
  }

  /** Waits until so many servers are ACTIVE and none is left beside them, while machines join. */
  async untilServers(count: number): Promise<readonly Server[]> {
    return waitFor(
      async () => {
        await this.join();
        const now = await this.servers();
        return now.length === count && now.every(({ status }) => status === "ACTIVE") && now;
      },
      { what: `${count} servers`, seconds: 240, every: 500 },
    );
  }
}

async function api<T>(lab: Lab, path: string, options: Parameters<typeof call>[2] = {}): Promise<T> {
  const server = await apiServer(lab.dir);
  if (server === undefined) throw new Error("no API server");
  const { status, text } = await call(server, path, options);
  if (status !== 200 && status !== 201) throw new Error(`${path}: ${status} ${text}`);
  return JSON.parse(text) as T;
}

async function program(lab: Lab, { size, cores, podNetwork, wait, port: ofMachines }: Settings): Promise<object> {
  const server = await apiServer(lab.dir);
  if (server === undefined) throw new Error("no API server");
  const { gitVersion } = await api<{ gitVersion: `v${number}.${number}.${number}` }>(lab, "/version");
  const { port } = new URL(server.url);
  const network = new L3VPNNetwork("net", {
    cidr: "192.168.210.0/24",
    nextHop: "192.168.210.252",
    sites: [{ name: "racks", cidrs: ["10.13.1.0/24"] }],
    ...(podNetwork === undefined ? {} : { podNetwork }),
  });
  const kubeconfig = {
    apiVersion: "v1",
    kind: "Config",
    clusters: [
      {
        name: "lab",
        cluster: { server: server.url, "certificate-authority-data": Buffer.from(server.ca).toString("base64") },
      },
    ],
    users: [{ name: "lab", user: { token: server.token } }],
    contexts: [{ name: "lab", context: { cluster: "lab", user: "lab" } }],
    "current-context": "lab",
  };
  const cloud = new CloudProvider("cloud", {
    network,
    engine: { type: "clusterApi", clusterName: CLUSTER },
    cluster: {
      podCidr: "10.111.0.0/16",
      serviceCidr: "10.222.0.0/16",
      endpoint: `127.0.0.1:${Number(port)}`,
      version: gitVersion,
      kubeconfig: pulumi.secret(JSON.stringify(kubeconfig)),
      caCertificate: server.ca,
    },
    user: { password: pulumi.secret("not-a-secret") },
    keyPair: { publicKey: PUBLIC_KEYS[0] },
  });
  const storage =
    ofMachines &&
    new L3VPNNetwork("storage", {
      cidr: "192.168.211.0/24",
      nextHop: "192.168.211.252",
      sites: [{ name: "disks", cidrs: ["10.13.2.0/24"] }],
    });
  const group = new HybridNodeGroup("burst", {
    cloud,
    machine: { cores, memory: "512Mi", disk: "1Gi", image: { existing: true, name: "ubuntu-22-04-cloud-amd64" } },
    size,
    zones: ["ru-3a"],
    labels: { "node-role.kubernetes.io/burst": "", team: "infra" },
    taints: [{ key: "dedicated", value: "burst", effect: "NoSchedule" }],
    serverGroup: {},
    ...(wait === undefined ? {} : { wait }),
    ...(ofMachines && storage ? { port: ofMachines, additionalPorts: [{ network: storage, tags: ["disks"] }] } : {}),
  });
  return {
    ...(storage && { storage: { networkId: storage.networkId, securityGroupId: storage.securityGroupId } }),
    networkId: network.networkId,
    networkName: network.networkName,
    subnetId: network.subnetId,
    mtu: network.mtu,
    podMtu: network.podMtu,
    keyPairName: cloud.keyPairName,
    securityGroupId: network.securityGroupId,
    securityGroupName: network.securityGroupName,
    flavorName: group.flavorName,
    placement: group.placement,
    pools: network.plan.pools.map(({ first, last }) => [`${first}`, `${last}`]),
  };
}
