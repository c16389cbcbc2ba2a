import { validateObject } from "@plinth/api/testing";
import { type CapturedProgram, CapturedSecret, captureProgram } from "@plinth/bridge/testing";
import { CATALOGUE } from "@plinth/core";
import { beforeAll, describe, expect, it } from "vitest";
// Plinth is loaded before the program runs, as it is by a program of the Automation API
import "./index.js";

const STACK = new URL("../../../stacks/hybrid/index.ts", import.meta.url).pathname;

let runs = 0;

type Engine = "clusterApi" | "deckhouse";

/** Configuration that only one of the engines needs. */
const OF_ENGINE: Readonly<Record<Engine, Readonly<Record<string, string>>>> = {
  clusterApi: { kubeconfig: "kind: Config", caCertificate: "-----BEGIN CERTIFICATE-----" },
  deckhouse: { engine: "deckhouse" },
};

/** Runs `stacks/hybrid` as it is, in the stack `dev`. */
function runStack(
  engine: Engine,
  config: Readonly<Record<string, string>> = {},
  preview = false,
): Promise<CapturedProgram> {
  // a module runs once, so each run is one of another name
  const program = async (): Promise<object> => ({ ...(await import(/* @vite-ignore */ `${STACK}?run=${++runs}`)) });
  const identity = {
    type: "identity",
    endpoints: [{ interface: "public", url: "https://keystone/v3", region: "ru-3" }],
  };
  return captureProgram(program, {
    preview,
    project: "hybrid",
    stack: "dev",
    config: { publicKey: "ssh-ed25519 AAAA", password: "tr0ub4dor", ...OF_ENGINE[engine], ...config },
    secretConfig: ["password", "kubeconfig"],
    call: ({ token, args }) => {
      if (token.endsWith(":getAuthScope")) {
        return { projectId: "p", userDomainName: "Default", userDomainId: "default", serviceCatalogs: [identity] };
      }
      if (token.endsWith(":getFlavor")) return { vcpus: 4, ram: 8192, disk: 50 };
      if (token.endsWith(":getSubnet")) {
        return { id: "subnet-0", cidr: args.cidr, gatewayIp: "192.168.200.1", allocationPools: [] };
      }
      return { id: `id of ${args.name}`, ...args };
    },
  });
}

const NETWORK = "plinth:network:L3VPNNetwork";
const CLOUD = "plinth:nodes:CloudProvider";
const GROUP = "plinth:nodes:HybridNodeGroup";
const OF_CLOUD = `${CLOUD}$kubernetes:`;
const OF_GROUP = `${GROUP}$kubernetes:`;
const NEUTRON = `${NETWORK}$openstack:networking`;

/**
 * URN (behind `urn:pulumi:dev::hybrid::`), physical name and owner's hash of each resource. All are frozen: a change of a
 * URN or a name replaces what users have, and recovery after a crash finds objects by the hash. It needs an alias, and a
 * line in the change log that says so.
 */
type Row = readonly [urn: string, name?: string | null, owner?: string];

/** With either engine. */
const SHARED: readonly Row[] = [
  ["pulumi:pulumi:Stack::hybrid-dev"],
  [`${NETWORK}::k8s`],
  [`${NEUTRON}/network:Network::k8s-network`, "k8s_l3vpn", "bd07255e4b16"],
  [`${NEUTRON}/subnet:Subnet::k8s-subnet`, "hybrid-dev-k8s-subnet", "7a898f5fb948"],
  [`${NEUTRON}/subnetRoute:SubnetRoute::k8s-route-10-13-1-0-24`],
  [`${NEUTRON}/subnetRoute:SubnetRoute::k8s-route-192-168-204-0-24`],
  [`${NEUTRON}/subnetRoute:SubnetRoute::k8s-route-192-168-205-0-24`],
  [`${NEUTRON}/router:Router::k8s-router`, "hybrid-dev-k8s-router", "184667ce2e72"],
  [`${NEUTRON}/routerInterface:RouterInterface::k8s-router-interface`],
  [`${NEUTRON}/network:Network::k8s-access-network`, "k8s-external-access", "76044164ec49"],
  [`${NEUTRON}/subnet:Subnet::k8s-access-subnet`, "k8s-external-access", "05f43d6818a9"],
  [`${NEUTRON}/routerInterface:RouterInterface::k8s-access-interface`],
  [`${NEUTRON}/secGroup:SecGroup::k8s-security-group`, "hybrid-dev-k8s-security-group", "fd9ed1164459"],
  [`${NEUTRON}/secGroupRule:SecGroupRule::k8s-ingress-icmp-10-13-1-0-24`, null, "eab44da09df2"],
  [`${NEUTRON}/secGroupRule:SecGroupRule::k8s-ingress-icmp-192-168-200-0-24`, null, "73a6cc2497a0"],
  [`${NEUTRON}/secGroupRule:SecGroupRule::k8s-ingress-icmp-192-168-204-0-24`, null, "23493bd8d9d5"],
  [`${NEUTRON}/secGroupRule:SecGroupRule::k8s-ingress-kubelet-10-13-1-0-24`, null, "f883cc868651"],
  [`${NEUTRON}/secGroupRule:SecGroupRule::k8s-ingress-kubelet-192-168-200-0-24`, null, "10ca3996803d"],
  [`${NEUTRON}/secGroupRule:SecGroupRule::k8s-ingress-kubelet-192-168-204-0-24`, null, "8fa772e98420"],
  [`${NEUTRON}/secGroupRule:SecGroupRule::k8s-ingress-vxlan-10-13-1-0-24`, null, "3cb778533de4"],
  [`${NEUTRON}/secGroupRule:SecGroupRule::k8s-ingress-vxlan-192-168-200-0-24`, null, "45a557634859"],
  [`${NEUTRON}/secGroupRule:SecGroupRule::k8s-ingress-vxlan-192-168-204-0-24`, null, "01b699471722"],
  [`${CLOUD}::cloud`],
  [`${CLOUD}$openstack:identity/user:User::cloud-user`, "k8s-nodes", "f2b88464fdf1"],
  [`${CLOUD}$openstack:identity/roleAssignment:RoleAssignment::cloud-user-role`],
  [`${GROUP}::cloud-worker`],
  [`${GROUP}$openstack:compute/flavor:Flavor::cloud-worker-flavor`, "c4m8d50", "44d2c8e8cf6a"],
  [`${GROUP}$openstack:compute/flavorAccess:FlavorAccess::cloud-worker-flavor-access`],
];

/** With one of them only. Names of Cluster API's templates are of their content: another one replaces the machines. */
const OWN: Readonly<Record<Engine, readonly Row[]>> = {
  clusterApi: [
    [`${CLOUD}$openstack:compute/keypair:Keypair::cloud-key-pair`, "cloud-key-pair-b991f59fccd8"],
    [`${CLOUD}$plinth:bridge:Barrier::cloud-before`],
    [`${OF_CLOUD}core/v1:Namespace::cloud-cluster-api/namespace`, "racks"],
    [`${OF_CLOUD}core/v1:Namespace::cloud-cluster-api/credentials-namespace`, "racks-cloud"],
    [
      `${OF_CLOUD}rbac.authorization.k8s.io/v1:ClusterRole::cloud-cluster-api/control-plane-role`,
      "plinth-external-control-planes",
    ],
    [
      `${OF_CLOUD}apiextensions.k8s.io/v1:CustomResourceDefinition::cloud-cluster-api/control-plane-definition`,
      "externalcontrolplanes.controlplane.plinth.dev",
    ],
    [`${OF_CLOUD}core/v1:Secret::cloud-cluster-api/credentials`, "racks"],
    [`${OF_CLOUD}core/v1:Secret::cloud-cluster-api/kubeconfig`, "racks-kubeconfig"],
    [`${OF_CLOUD}core/v1:Secret::cloud-cluster-api/ca`, "racks-ca"],
    [`${OF_CLOUD}controlplane.plinth.dev/v1:ExternalControlPlane::cloud-cluster-api/control-plane`, "racks"],
    [
      `${OF_CLOUD}infrastructure.cluster.x-k8s.io/v1alpha1:OpenStackClusterIdentity::cloud-cluster-api/identity`,
      "racks",
    ],
    [
      `${OF_CLOUD}infrastructure.cluster.x-k8s.io/v1beta1:OpenStackCluster::cloud-cluster-api/openstack-cluster`,
      "racks",
    ],
    [`${OF_CLOUD}cluster.x-k8s.io/v1beta2:Cluster::cloud-cluster-api/cluster`, "racks"],
    [`${GROUP}$plinth:bridge:Barrier::cloud-worker-before`],
    [
      `${OF_GROUP}bootstrap.cluster.x-k8s.io/v1beta2:KubeadmConfigTemplate::cloud-worker-cluster-api/join-template`,
      "cloud-worker-b344f904",
    ],
    [
      `${OF_GROUP}infrastructure.cluster.x-k8s.io/v1beta1:OpenStackMachineTemplate::cloud-worker-cluster-api/machine-template`,
      "cloud-worker-27780f9a",
    ],
    [
      `${OF_GROUP}cluster.x-k8s.io/v1beta2:MachineDeployment::cloud-worker-cluster-api/machines-ru-3a`,
      "cloud-worker-ru-3a",
    ],
    [`${OF_GROUP}cluster.x-k8s.io/v1beta2:MachineHealthCheck::cloud-worker-cluster-api/health-check`, "cloud-worker"],
  ],
  deckhouse: [
    [`${CLOUD}$openstack:compute/keypair:Keypair::cloud-key-pair`, "deckhouse"],
    [`${OF_CLOUD}deckhouse.io/v1alpha1:ModuleConfig::cloud-deckhouse/module-config`, "cloud-provider-openstack"],
    [`${OF_GROUP}deckhouse.io/v1:OpenStackInstanceClass::cloud-worker-deckhouse/instance-class`, "cloud-worker"],
    [`${OF_GROUP}deckhouse.io/v1:NodeGroup::cloud-worker-deckhouse/node-group`, "cloud-worker"],
  ],
};

const made = (engine: Engine): readonly Row[] => [...SHARED, ...OWN[engine]];

/** What an administrator has made, when the stack is set to `existing`. */
const ADOPTED = /::(k8s-network|k8s-subnet|cloud-user|cloud-user-role|cloud-worker-flavor|cloud-worker-flavor-access)$/;

function identities({ resources }: CapturedProgram): unknown[] {
  return resources.map(({ urn, inputs }) => {
    const { name, description, metadata } = inputs as Record<string, string> & { metadata?: { name: string } };
    const owner = /^made by plinth for hybrid\/dev \(owner ([0-9a-f]{12})\)$/.exec(description ?? "")?.[1];
    const row = [urn.replace("urn:pulumi:dev::hybrid::", ""), name ?? metadata?.name, owner];
    while (row.at(-1) === undefined) row.pop();
    return row;
  });
}

const sorted = (rows: readonly unknown[]): unknown[] => rows.map((row) => JSON.stringify(row)).sort();

const ENGINES = ["clusterApi", "deckhouse"] as const;

describe.each(ENGINES)("the stack of the article, with the engine %s,", (engine) => {
  let applied: CapturedProgram;

  beforeAll(async () => {
    applied = await runStack(engine);
  });

  it("has these URNs, physical names and owners for ever", () => {
    expect(sorted(identities(applied))).toEqual(sorted(made(engine)));
  });

  it("has the same in a preview, before anything exists", async () => {
    const { resources, messages } = await runStack(engine, {}, true);
    expect(resources.map(({ urn }) => urn.replace("urn:pulumi:dev::hybrid::", "")).sort()).toEqual(
      made(engine)
        .map(([urn]) => urn)
        .sort(),
    );
    const message = "cloud: production use of Deckhouse's module for OpenStack needs its enterprise licence";
    expect(messages).toEqual(engine === "deckhouse" ? [{ severity: "warning", message }] : []);
  });

  it("makes nothing of what an administrator has made", async () => {
    const { resources } = await runStack(engine, { existing: "true" });
    const rest = made(engine).filter(([urn]) => !ADOPTED.test(urn));
    expect(resources.map(({ urn }) => urn.replace("urn:pulumi:dev::hybrid::", "")).sort()).toEqual(
      rest.map(([urn]) => urn).sort(),
    );
  });

  it("sends Kubernetes objects that fit the definitions of their kinds, those of Deckhouse's module among them", () => {
    const objects = applied.resources.filter(({ type }) => type.startsWith("kubernetes:"));
    expect(objects.length).toBe(OWN[engine].filter(([urn]) => urn.includes("$kubernetes:")).length);
    expect(objects.flatMap(({ inputs }) => validateObject(plain(inputs)))).toEqual([]);
  });

  it("gives what people and programs go on with, the credentials as a secret", () => {
    const { outputs } = applied;
    expect(outputs).toEqual({
      returnRoutes: "routes:\n  # hosts in 10.13.1.0/24\n  - to: 192.168.200.0/24\n    via: 10.13.1.1\n",
      placement: {
        nodeSelector: { "node-role/cloud-worker": "" },
        tolerations: [{ key: "dedicated", operator: "Equal", value: "cloud-worker", effect: "NoExecute" }],
      },
      cloudsYaml: expect.any(CapturedSecret),
    });
    expect((outputs.cloudsYaml as CapturedSecret).value).toContain('      password: "tr0ub4dor"\n');
  });
});

it("the stack asks for an engine that there is, and for machines of the lab's version of Kubernetes", async () => {
  await expect(runStack("clusterApi", { engine: "magnum" })).rejects.toThrow(/hybrid:engine.*clusterApi.*deckhouse/);
  const { inputs } = (await runStack("clusterApi")).get("kubernetes:cluster.x-k8s.io/v1beta2:MachineDeployment");
  expect(inputs).toMatchObject({ spec: { template: { spec: { version: `v${CATALOGUE.kubernetes}` } } } });
});

/** An object as the API server gets it. */
function plain(value: unknown): unknown {
  if (value instanceof CapturedSecret) return plain(value.value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, of]) => [key, plain(of)]));
}
