import { Check, type Described } from "@plinth/core";
import { type NetworkProps, planNetwork } from "@plinth/network/plan";
import { type CloudProviderProps, type NodeGroupProps, planCloud, planNodeGroup, Together } from "@plinth/nodes/plan";

/** The network of the hybrid case, as `stacks/hybrid` has it. */
export const HYBRID_NETWORK: NetworkProps = {
  cidr: "192.168.200.0/24",
  nextHop: "192.168.200.252",
  serviceAddresses: ["192.168.200.253", "192.168.200.254"],
  sites: [
    { name: "racks", cidrs: ["10.13.1.0/24"] },
    { name: "racks-2", cidrs: ["192.168.204.0/24"] },
    { name: "postgres", cidrs: ["192.168.205.0/24"], hosts: "managed" },
  ],
  network: { name: "k8s_l3vpn" },
  router: {
    externalNetwork: { name: "external-network" },
    accessNetwork: { name: "k8s-external-access", cidr: "192.168.201.0/24" },
  },
};

/** The group of the hybrid case. */
export const HYBRID_GROUP: NodeGroupProps = {
  machine: {
    cores: 4,
    memory: "8Gi",
    disk: "50Gi",
    flavor: { name: "c4m8d50" },
    image: { name: "ubuntu-22-04-cloud-amd64", existing: true },
  },
  size: { min: 1, max: 10 },
  zones: ["ru-3a"],
  labels: { "node-role/cloud-worker": "" },
  taints: [{ key: "dedicated", value: "cloud-worker", effect: "NoExecute" }],
};

const HYBRID_CLOUD: CloudProviderProps = {
  engine: { type: "deckhouse" },
  cluster: { podCidr: "10.111.0.0/16", serviceCidr: "10.222.0.0/16" },
};

/**
 * What a program describes that has one network and groups in it.
 * @throws PlinthError when something of it is refused
 */
export function describe(
  name: string,
  network: NetworkProps,
  groups: Readonly<Record<string, NodeGroupProps>>,
  ofCloud: CloudProviderProps = HYBRID_CLOUD,
): Described[] {
  const check = new Check(name);
  const planned = planNetwork(network, check);
  if (planned === undefined) throw check.refusals[0];
  const { plan } = planned;
  const cloud = `${name}-cloud`;
  const cloudPlan = planCloud(ofCloud, { name, plan }, check).plan;
  const described: Described[] = [
    { kind: "L3VPNNetwork", path: name, plan },
    { kind: "CloudProvider", path: cloud, plan: cloudPlan },
  ];
  const engine = ofCloud.engine ?? ({ type: "clusterApi" } as const);
  const autoscaler = cloudPlan?.clusterApi?.autoscaler;
  const around = { cloud, networkName: name, zones: [], network: plan, engine, autoscaler, limits: {} };
  for (const [path, props] of Object.entries(groups)) {
    const group = planNodeGroup({ name: path, ...props }, { ...around, together: new Together() }, check);
    described.push({ kind: "HybridNodeGroup", path, plan: group });
  }
  if (check.refusals[0] !== undefined) throw check.refusals[0];
  return described;
}

/** The hybrid case: `stacks/hybrid` as its plans describe it. */
export function hybridCase(): Described[] {
  return describe("k8s", HYBRID_NETWORK, { "cloud-worker": HYBRID_GROUP });
}
