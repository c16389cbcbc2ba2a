import { type CapturedProgram, CapturedSecret, captureProgram } from "@plinth/bridge/testing";
import { describe, expect, it } from "vitest";
// Plinth is loaded before the program runs, as it is by a program of the Automation API
import "./index.js";

const STACK = new URL("../../../stacks/hybrid/index.ts", import.meta.url).pathname;

let runs = 0;

/** Runs `stacks/hybrid` as it is, in the stack `dev`. */
function runStack(config: Readonly<Record<string, string>> = {}, preview = false): Promise<CapturedProgram> {
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
    config: { publicKey: "ssh-ed25519 AAAA", password: "tr0ub4dor", ...config },
    secretConfig: ["password"],
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
const NEUTRON = `${NETWORK}$openstack:networking`;

/**
 * URN (behind `urn:pulumi:dev::hybrid::`), physical name and owner's hash of each resource. All are frozen: a change of a
 * URN or a name replaces what users have, and recovery after a crash finds objects by the hash. It needs an alias, and a
 * line in the change log that says so.
 */
const MADE: readonly [urn: string, name?: string | null, owner?: string][] = [
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
  [`${CLOUD}$openstack:compute/keypair:Keypair::cloud-key-pair`, "deckhouse"],
  [`${CLOUD}$kubernetes:deckhouse.io/v1alpha1:ModuleConfig::cloud-deckhouse/module-config`, "cloud-provider-openstack"],
  [`${GROUP}::cloud-worker`],
  [`${GROUP}$openstack:compute/flavor:Flavor::cloud-worker-flavor`, "c4m8d50", "44d2c8e8cf6a"],
  [`${GROUP}$openstack:compute/flavorAccess:FlavorAccess::cloud-worker-flavor-access`],
  [`${GROUP}$kubernetes:deckhouse.io/v1:OpenStackInstanceClass::cloud-worker-deckhouse/instance-class`, "cloud-worker"],
  [`${GROUP}$kubernetes:deckhouse.io/v1:NodeGroup::cloud-worker-deckhouse/node-group`, "cloud-worker"],
];

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

describe("the stack of the article", () => {
  it("has these URNs, physical names and owners for ever", async () => {
    expect(sorted(identities(await runStack()))).toEqual(sorted(MADE));
  });

  it("has the same in a preview, before anything exists", async () => {
    const { resources, messages } = await runStack({}, true);
    expect(resources.map(({ urn }) => urn.replace("urn:pulumi:dev::hybrid::", "")).sort()).toEqual(
      MADE.map(([urn]) => urn).sort(),
    );
    const message = "cloud: production use of Deckhouse's module for OpenStack needs its enterprise licence";
    expect(messages).toEqual([{ severity: "warning", message }]);
  });

  it("makes nothing of what an administrator has made", async () => {
    const rest = MADE.filter(([urn]) => !ADOPTED.test(urn));
    expect(sorted(identities(await runStack({ existing: "true" })))).toEqual(sorted(rest));
  });

  it("gives what people and programs go on with, the credentials as a secret", async () => {
    const { outputs } = await runStack();
    expect(outputs).toEqual({
      networkId: "k8s-network-id",
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
