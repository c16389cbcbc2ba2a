import { validateObject } from "@plinth/api/testing";
import { describe, expect, it } from "vitest";
import type { NodeGroupProps } from "./plan.js";
import type { MachinePort } from "./props-ports.js";
import { NODES } from "./rules.js";
import { runCloud, sent } from "./testing/captured-cloud.js";
import { CLUSTER_API_ARGS } from "./testing/cluster-api.js";
import { objectsOf } from "./testing/cluster-api-objects.js";
import { networkPlan, planGroup } from "./testing/refused.js";

const CLUSTER_API = { engine: { type: "clusterApi" } } as const;
const STORAGE = {
  cidr: "192.168.60.0/24",
  nextHop: "192.168.60.252",
  sites: [{ name: "disks", cidrs: ["10.60.0.0/16"] }],
} as const;

type Change = Parameters<typeof runCloud>[0];

/** Ports of the template, which is one of the real kind. */
async function ports(change: Change): Promise<unknown> {
  const { "machine-template": template } = await objectsOf("burst", change);
  expect(validateObject(template)).toEqual([]);
  return (template as unknown as { spec: { template: { spec: { ports: unknown } } } }).spec.template.spec.ports;
}

/** Codes and places of what a group is refused for. */
const refused = (given: object, around = CLUSTER_API): unknown =>
  planGroup(given as Partial<NodeGroupProps>, around).refusals.map(({ code, property }) => [code, property]);

describe("the ports of each machine, with Cluster API", () => {
  it("are as they are given", async () => {
    const group = {
      port: { allowedAddressPairs: [{ ipAddress: "192.168.200.240" }], trunk: true, tags: ["burst"] },
      additionalPorts: [
        {
          network: { name: "sriov" },
          subnets: [{ name: "sriov-v4" }, { id: "9c5b94b1-35ad-49bb-b118-8e8fc24abf80" }],
          vnicType: "direct",
          profile: { ovsHWOffload: true },
          securityGroups: [{ name: "fast" }],
        },
        { network: { name: "plain" }, portSecurityEnabled: false },
      ],
    } as const;
    expect(await ports({ network: { podNetwork: { encapsulation: "none" } }, group })).toEqual([
      {
        securityGroups: [{ id: expect.any(String) }],
        allowedAddressPairs: [{ ipAddress: "10.111.0.0/16" }, { ipAddress: "192.168.200.240" }],
        trunk: true,
        tags: ["burst"],
      },
      {
        network: { filter: { name: "sriov" } },
        fixedIPs: [
          { subnet: { filter: { name: "sriov-v4" } } },
          { subnet: { id: "9c5b94b1-35ad-49bb-b118-8e8fc24abf80" } },
        ],
        securityGroups: [{ filter: { name: "fast" } }],
        vnicType: "direct",
        profile: { ovsHWOffload: true },
      },
      { network: { filter: { name: "plain" } }, disablePortSecurity: true },
    ]);
  });

  it("have neither security groups nor the pods' addresses where Neutron does not look at them", async () => {
    const network = { podNetwork: { encapsulation: "none" } } as const;
    expect(await ports({ network, group: { port: { portSecurityEnabled: false } } })).toEqual([
      { disablePortSecurity: true },
    ]);
  });

  it("can be in a network of the program: in its subnet, with its security group, and after all of it is there", async () => {
    const found = await ports({ storage: STORAGE, group: {} });
    const id = (of: string) => expect.stringMatching(new RegExp(`^storage-${of}`));
    expect(found).toEqual([
      { securityGroups: [{ id: expect.stringMatching(/^net-/) }] },
      {
        network: { id: id("network") },
        fixedIPs: [{ subnet: { id: id("subnet") } }],
        securityGroups: [{ id: id("security-group") }],
      },
    ]);
    const { program } = await runCloud({ cloud: CLUSTER_API_ARGS, storage: STORAGE, group: {} });
    const ofGroup = program.resources.filter(({ name }) => name.startsWith("burst-"));
    const before = ofGroup.flatMap(({ dependsOn }) => dependsOn);
    expect(before).toContainEqual(expect.stringMatching(/SubnetRoute::storage-/));
  });
});

it("with Deckhouse a further port is its network, by name, also one of the program", async () => {
  const attempt = await runCloud({ storage: STORAGE, group: {} });
  const { inputs } = sent(attempt, "burst")["burst-deckhouse/instance-class"] ?? {};
  expect(validateObject(inputs)).toEqual([]);
  const { name } = attempt.program.get("openstack:networking/network:Network").inputs as { name: string };
  expect(inputs).toMatchObject({ spec: { additionalNetworks: [name] } });
});

describe("what no port can be is refused", () => {
  const deckhouse = { engine: { type: "deckhouse" } } as never;
  const network = { name: "storage" };
  const [shape, ofGroup] = [NODES.portShape.code, NODES.portOfGroup.code];
  const [security, binding] = [NODES.portSecurity.code, NODES.portBinding.code];

  it("by Deckhouse: more than a network", () => {
    expect(refused({ port: { trunk: true } }, deckhouse)).toEqual([[shape, "port"]]);
    expect(refused({ additionalPorts: [{ network, vnicType: "direct" }] }, deckhouse)).toEqual([
      [shape, "additionalPorts[0]"],
    ]);
    expect(refused({ additionalPorts: [{ network }] }, deckhouse)).toEqual([]);
  });

  it.each([{ existing: true }, { id: "p" }, { name: "p" }, { fixedIps: [] }, { macAddress: "fa:16:3e:00:00:01" }])(
    "for a group: what one port alone can be, %j",
    (given) => {
      const [key] = Object.keys(given);
      expect(refused({ port: given })).toEqual([[ofGroup, `port.${key}`]]);
      expect(refused({ size: { replicas: 1 }, additionalPorts: [{ network, ...given }] })).toEqual([
        [ofGroup, `additionalPorts[0].${key}`],
      ]);
    },
  );

  it.each<[object, code: string, property: string]>([
    [{ portSecurityEnabled: false, securityGroups: [{ name: "a" }] }, security, "securityGroups"],
    [{ portSecurityEnabled: false, allowedAddressPairs: [{ ipAddress: "10.0.0.1" }] }, security, "allowedAddressPairs"],
    [{ securityGroups: [] }, security, "securityGroups"],
    [{ securityGroups: [{}] }, NODES.reference.code, "securityGroups[0]"],
    [{ vnicType: "fast" }, binding, "vnicType"],
    [{ profile: { trustedVF: true } }, binding, "profile.trustedVF"],
    [{ vnicType: "macvtap", profile: { ovsHWOffload: true } }, binding, "profile.ovsHWOffload"],
    [{ tags: ["a,b"] }, binding, "tags[0]"],
    [{ allowedAddressPairs: [{ ipAddress: "10.0.0.256" }] }, "PL1001", "allowedAddressPairs[0].ipAddress"],
    [{ allowedAddressPairs: [{ ipAddress: "10.0.0.1/8" }] }, "PL1004", "allowedAddressPairs[0].ipAddress"],
    [
      { allowedAddressPairs: [{ ipAddress: "10.0.0.1", macAddress: "0" }] },
      binding,
      "allowedAddressPairs[0].macAddress",
    ],
    [{ speed: 10 }, "PL1009", "speed"],
  ])("by Neutron: %j", (given, code, property) => {
    expect(refused({ port: given })).toEqual([[code, `port.${property}`]]);
    expect(refused({ additionalPorts: [{ network, ...given }] })).toEqual([[code, `additionalPorts[0].${property}`]]);
  });

  it("the same port twice, but not two in one network", () => {
    const twice = [{ network }, { network }];
    expect(refused({ additionalPorts: twice })).toEqual([[NODES.reference.code, "additionalPorts[1]"]]);
    expect(refused({ additionalPorts: [{ network }, { network, vnicType: "direct" }] })).toEqual([]);
  });
});

it("addresses are counted in each network of the program in which machines have ports", () => {
  const own = (name: string, cidr: `${string}/${number}`) => {
    const plan = networkPlan({ cidr, nextHop: cidr.replace(/0\/\d+$/, "10") });
    return { name, isRefused: false, plan };
  };
  const [small, net] = [own("small", "192.168.60.0/28"), own("net", "192.168.200.0/24")];
  const counted = (network: object, max: number) => {
    const group = { size: { min: 0, max }, additionalPorts: [{ network }] } as Partial<NodeGroupProps>;
    return planGroup(group, CLUSTER_API).refusals.map(({ code, summary, fix }) => [code, summary, fix]);
  };
  expect(counted(small, 10)).toEqual([]);
  expect(counted(small, 11)).toEqual([
    [
      NODES.addresses.code,
      "(11 + 1 while replacing) x 1 zones = 12 machines, and 192.168.60.0/28 has 12 addresses, of which Neutron takes 1",
      "lower max to 10, or surge, or give the network a larger range",
    ],
  ]);
  expect(counted(net, 130)).toMatchObject([
    [
      NODES.addresses.code,
      expect.stringMatching(/^\(130 \+ 1 while replacing\) x 1 zones x 2 ports = 262 addresses/),
      expect.any(String),
    ],
  ]);
});

it("a port whose packets pass by the host's firewall is warned of", () => {
  const warnings = async (port: MachinePort) => {
    const { program } = await runCloud({ cloud: CLUSTER_API_ARGS, group: { port } });
    return program.messages.filter(({ message }) => /no security group holds/.test(message)).length;
  };
  return Promise.all([
    expect(warnings({ vnicType: "direct" })).resolves.toBe(1),
    expect(warnings({ vnicType: "direct", portSecurityEnabled: false })).resolves.toBe(0),
    expect(warnings({ vnicType: "normal" })).resolves.toBe(0),
  ]);
});
