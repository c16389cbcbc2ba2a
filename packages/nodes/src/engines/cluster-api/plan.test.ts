import { Check, type PlinthError, type Rule } from "@plinth/core";
import { describe, expect, it } from "vitest";
import { type CloudPlan, planCloud } from "../../plan.js";
import type { ClusterApiCloudProps, ClusterApiCluster, ClusterApiEngine } from "../../props.js";
import { NODES } from "../../rules.js";
import { CLUSTER_API_PROPS } from "../../testing/cluster-api.js";
import { networkPlan, planGroup } from "../../testing/refused.js";

function plan(change: Partial<ClusterApiCloudProps> = {}, path = "cloud") {
  const check = new Check(path);
  const network = { name: "net", plan: networkPlan() };
  const { plan: planned } = planCloud({ ...CLUSTER_API_PROPS, ...change }, network, check);
  return { plan: planned, refusals: check.refusals, warnings: check.warnings };
}
const engine = (change: Partial<ClusterApiEngine>): Partial<ClusterApiCloudProps> => ({
  engine: { type: "clusterApi", ...change },
});
const cluster = (change: Partial<ClusterApiCluster>): Partial<ClusterApiCloudProps> => ({
  cluster: { ...CLUSTER_API_PROPS.cluster, ...change },
});
const endpoint = (text: string): Partial<ClusterApiCloudProps> =>
  cluster({ endpoint: text as ClusterApiCluster["endpoint"] });
const version = (text: string): Partial<ClusterApiCloudProps> =>
  cluster({ version: text as ClusterApiCluster["version"] });
const places = (refusals: readonly PlinthError[]) => refusals.map(({ code, property }) => [code, property]);

const PLANNED: CloudPlan = {
  engine: "clusterApi",
  podNetworkMode: "VXLAN",
  podMtu: 1450,
  zones: [],
  network: "net",
  limits: { podRanges: { nodes: 256n, podCidr: "10.111.0.0/16", maskSize: 24 } },
  clusterApi: {
    clusterName: "cloud",
    credentialsNamespace: "cloud-cloud",
    endpoint: { host: "10.13.1.10", port: 6443 },
    version: "v1.35.2",
    podCidr: "10.111.0.0/16",
    serviceCidr: "10.222.0.0/16",
    provisioningSeconds: 600,
    maxNodeProvisionSeconds: 900,
    cloudController: "none",
    emitsDefinition: true,
  },
};

describe("a cloud of Cluster API", () => {
  it("is what one gets when no engine is given", () => {
    expect(plan()).toEqual({ plan: PLANNED, refusals: [], warnings: [] });
    expect(plan(engine({}))).toEqual(plan());
  });

  it("has what its engine is given", () => {
    const given = engine({
      clusterName: "racks",
      cloudController: "external",
      provisioningTimeout: "20m",
      tokenLifetime: "30m",
      definitionExists: true,
    });
    expect(plan(given).plan).toEqual({
      ...PLANNED,
      clusterApi: {
        ...PLANNED.clusterApi,
        clusterName: "racks",
        credentialsNamespace: "racks-cloud",
        provisioningSeconds: 1200,
        maxNodeProvisionSeconds: 1500,
        cloudController: "external",
        emitsDefinition: false,
      },
    });
  });

  it.each([
    ["none", "Routed", 1500],
    ["vxlan", "VXLAN", 1450],
    ["geneve", "Geneve", 1442],
    ["wireguard", "WireGuard", 1440],
    ["ipsec", "IPsec", 1423],
  ] as const)("has pods' packets travel as the network says: %s", (encapsulation, podNetworkMode, podMtu) => {
    const check = new Check("cloud");
    const network = { name: "net", plan: networkPlan({ podNetwork: { encapsulation } }) };
    expect(planCloud(CLUSTER_API_PROPS, network, check).plan).toEqual({ ...PLANNED, podNetworkMode, podMtu });
  });

  const cases: readonly {
    readonly rule: Rule;
    readonly refused: Partial<ClusterApiCloudProps>;
    readonly property: string;
    readonly allowed: Partial<ClusterApiCloudProps>;
  }[] = [
    {
      rule: NODES.tokenLifetime,
      refused: engine({ provisioningTimeout: "15m" }),
      property: "engine.tokenLifetime",
      allowed: engine({ provisioningTimeout: "14m59s" }),
    },
    {
      rule: NODES.tokenLifetime,
      refused: engine({ provisioningTimeout: "0" }),
      property: "engine.tokenLifetime",
      allowed: engine({ provisioningTimeout: "1s" }),
    },
    {
      rule: NODES.endpoint,
      refused: endpoint("10.13.1.10"),
      property: "cluster.endpoint",
      allowed: endpoint("10.13.1.10:1"),
    },
    {
      rule: NODES.endpoint,
      refused: endpoint("10.13.1.10:0"),
      property: "cluster.endpoint",
      allowed: endpoint("10.13.1.10:65535"),
    },
    {
      rule: NODES.endpoint,
      refused: endpoint("10.13.1.10:65536"),
      property: "cluster.endpoint",
      allowed: endpoint("api.example.com:6443"),
    },
    {
      rule: NODES.endpoint,
      refused: endpoint("10.13.1:6443"),
      property: "cluster.endpoint",
      allowed: endpoint("api:6443"),
    },
    {
      rule: NODES.endpoint,
      refused: endpoint("https://api:6443"),
      property: "cluster.endpoint",
      allowed: endpoint("[fd00::1]:6443"),
    },
    {
      rule: NODES.endpoint,
      refused: endpoint("[api]:6443"),
      property: "cluster.endpoint",
      allowed: endpoint("[fd00::1]:6443"),
    },
    { rule: NODES.version, refused: version("1.35.2"), property: "cluster.version", allowed: version("v1.35.2") },
    { rule: NODES.version, refused: version("v1.35"), property: "cluster.version", allowed: version("v1.35.0") },
    {
      rule: NODES.clusterName,
      refused: engine({ clusterName: "c".repeat(58) }),
      property: "engine.clusterName",
      allowed: engine({ clusterName: "c".repeat(57) }),
    },
    {
      rule: NODES.clusterName,
      refused: engine({ clusterName: "Racks" }),
      property: "engine.clusterName",
      allowed: engine({ clusterName: "racks" }),
    },
  ];

  it.each(cases)("$rule.code $property", ({ rule, refused, property, allowed }) => {
    expect(places(plan(refused).refusals)).toEqual([[rule.code, property]]);
    expect(plan(allowed).refusals).toEqual([]);
  });

  it("says how long the token would have to live", () => {
    const [refusal] = plan(engine({ provisioningTimeout: "20m" })).refusals;
    expect(refusal?.summary).toBe("A join token lives for 15m0s, and a machine may take 20m0s");
  });

  it("is refused for unknown properties, and for durations that are none", () => {
    const strange = {
      engine: { type: "clusterApi", podNetworkMode: "VXLAN" } as unknown as ClusterApiEngine,
      cluster: { ...CLUSTER_API_PROPS.cluster, endpont: "x" } as ClusterApiCluster,
    };
    expect(places(plan(strange).refusals)).toEqual([
      ["PL1009", "engine.podNetworkMode"],
      ["PL1009", "cluster.endpont"],
    ]);
    expect(places(plan(engine({ tokenLifetime: "1d" })).refusals)).toEqual([["PL1007", "engine.tokenLifetime"]]);
  });

  it("is warned of an API server to which no route leads", () => {
    const warning = (host: string) =>
      `cloud: no route of the network leads to the API server ${host}: VMs reach it through their gateway only`;
    expect(plan(endpoint("203.0.113.7:6443")).warnings).toEqual([warning("203.0.113.7")]);
    expect(plan(endpoint("192.168.200.20:6443")).warnings).toEqual([]);
    expect(plan(endpoint("api.example.com:6443")).warnings).toEqual([]);
  });
});

describe("a group of Cluster API", () => {
  const group = (labels: Readonly<Record<string, string>>) =>
    planGroup(
      { labels, taints: [{ key: "any.example/key", effect: "NoSchedule" }] },
      { engine: { type: "clusterApi" } },
    );

  it("may have any taint, and labels that a kubelet or Cluster API may set", () => {
    const labels = {
      team: "infra",
      "node-role/burst": "",
      "node.deckhouse.io/group": "x",
      "node.kubernetes.io/pool": "burst",
      "kubelet.kubernetes.io/x": "y",
      "topology.kubernetes.io/zone": "ru-3a",
      "node-role.kubernetes.io/burst": "",
      "a.node-restriction.kubernetes.io/x": "y",
      "node.cluster.x-k8s.io/x": "y",
    };
    const { plan: planned, refusals } = group(labels);
    expect(refusals).toEqual([]);
    expect(planned).toMatchObject({ labels, groupLabel: "plinth.dev/node-group" });
  });

  it("is refused for a server group of a name that Nova does not take", () => {
    const named = (name: string) =>
      planGroup({ serverGroup: { name } }, { engine: { type: "clusterApi" } }).refusals.map(
        ({ code, property }) => `${code} ${property}`,
      );
    expect(named("spread ")).toEqual(["PL1008 serverGroup.name"]);
    expect(named("spread, 2")).toEqual([]);
  });

  it.each(["kubernetes.io/role", "app.kubernetes.io/name", "x.k8s.io/y"])(
    "is refused for %s: its kubelet would not start",
    (key) => {
      expect(places(group({ [key]: "x" }).refusals)).toEqual([["PL4018", `labels["${key}"]`]]);
    },
  );
});
