import { captureProgram } from "@plinth/bridge/testing";
import { Check, ownerText } from "@plinth/core";
import * as openstack from "@pulumi/openstack";
import type * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { L3VPNNetwork } from "./component.js";
import { planNetwork } from "./plan.js";
import type { NetworkProps } from "./props.js";
import { runNetwork, sent } from "./testing/captured-network.js";
import { NETWORK_PROPS, type NetworkChange } from "./testing/refused.js";

const GROUP = "openstack:networking/secGroup:SecGroup";
const RULE = "openstack:networking/secGroupRule:SecGroupRule";

/** The rules of a plan, one a line; the second value are its warnings. */
function rules(change: NetworkChange): [lines: string[], warnings: readonly string[]] {
  const check = new Check("net");
  const planned = planNetwork({ ...NETWORK_PROPS, securityGroup: {}, ...change } as NetworkProps, check);
  expect(check.refusals).toEqual([]);
  const lines = (planned?.plan.securityGroup?.rules ?? []).map(
    ({ direction, protocol, ports, remote, site = "-" }) =>
      `${direction} ${protocol} ${ports?.join("-") ?? "all"} ${remote} ${site}`,
  );
  return [lines, check.warnings];
}

const sites = [
  { name: "racks", cidrs: ["10.13.1.0/24"] },
  { name: "postgres", cidrs: ["192.168.205.0/24"], hosts: "managed" },
] as const;

describe("the rules of the security group", () => {
  it("let the subnet and the sites with hosts of ours reach encapsulation, kubelet and path MTU discovery", () => {
    expect(rules({ sites })).toEqual([
      [
        "ingress udp 8472-8472 192.168.200.0/24 -",
        "ingress tcp 10250-10250 192.168.200.0/24 -",
        "ingress icmp all 192.168.200.0/24 -",
        "ingress udp 8472-8472 10.13.1.0/24 racks",
        "ingress tcp 10250-10250 10.13.1.0/24 racks",
        "ingress icmp all 10.13.1.0/24 racks",
      ],
      [],
    ]);
  });

  it("leave a site out or let it in where that is said", () => {
    const [racks, postgres] = sites;
    const [lines] = rules({
      sites: [
        { ...racks, inbound: false },
        { ...postgres, inbound: true },
      ],
    });
    expect(lines.slice(3).map((line) => line.split(" ").at(-1))).toEqual(["postgres", "postgres", "postgres"]);
  });

  it.each([
    ["none", []],
    ["geneve", ["udp 6081-6081"]],
    ["wireguard", ["udp 51820-51820"]],
    ["ipsec", ["udp 4500-4500", "udp 500-500", "esp all"]],
  ] as const)("follow the encapsulation %s", (encapsulation, expected) => {
    const [lines] = rules({ podNetwork: { encapsulation }, sites: [] });
    const rest = ["tcp 10250-10250", "icmp all"].map((text) => `ingress ${text} 192.168.200.0/24 -`);
    expect(lines).toEqual([...expected.map((text) => `ingress ${text} 192.168.200.0/24 -`), ...rest]);
  });

  it("follow the port, and open those of NodePorts where that is said", () => {
    const [lines] = rules({ podNetwork: { port: 4789 }, sites: [], securityGroup: { nodePorts: true } });
    expect(lines).toEqual([
      "ingress udp 4789-4789 192.168.200.0/24 -",
      "ingress tcp 10250-10250 192.168.200.0/24 -",
      "ingress icmp all 192.168.200.0/24 -",
      "ingress tcp 30000-32767 192.168.200.0/24 -",
      "ingress udp 30000-32767 192.168.200.0/24 -",
    ]);
  });

  it("list what VMs may reach where Neutron's own rules are not wanted: managed sites only outwards", () => {
    const [lines] = rules({ sites, dnsServers: ["9.9.9.9"], securityGroup: { egress: "listed" } });
    expect(lines.filter((line) => line.startsWith("egress"))).toEqual([
      "egress udp 8472-8472 192.168.200.0/24 -",
      "egress tcp 10250-10250 192.168.200.0/24 -",
      "egress icmp all 192.168.200.0/24 -",
      "egress tcp 6443-6443 192.168.200.0/24 -",
      "egress udp 8472-8472 10.13.1.0/24 racks",
      "egress tcp 10250-10250 10.13.1.0/24 racks",
      "egress icmp all 10.13.1.0/24 racks",
      "egress tcp 6443-6443 10.13.1.0/24 racks",
      "egress any all 192.168.205.0/24 postgres",
      "egress udp 53-53 9.9.9.9/32 -",
      "egress tcp 53-53 9.9.9.9/32 -",
      "egress tcp 80-80 169.254.169.254/32 -",
    ]);
  });

  it("are IPv6 in an IPv6 subnet", () => {
    const [lines] = rules({
      cidr: "fd00:2::/64",
      nextHop: "fd00:2::ff",
      sites: [],
      securityGroup: { egress: "listed" },
    });
    expect(lines.map((line) => line.split(" ").slice(0, 2).join(" "))).toEqual([
      "ingress udp",
      "ingress tcp",
      "ingress ipv6-icmp",
      "egress udp",
      "egress tcp",
      "egress ipv6-icmp",
      "egress tcp",
    ]);
  });

  it("are warned of when they are more than the usual quota", () => {
    const many = (count: number) => ({
      sites: [{ name: "racks", cidrs: Array.from({ length: count }, (_, i) => `10.0.${i}.0/24` as const) }],
      securityGroup: { nodePorts: true },
    });
    expect(rules(many(18))[1]).toEqual([]);
    expect(rules(many(19))[1]).toEqual([
      "net: 100 security group rules are more than Neutron's default quota of 100, with its own two",
    ]);
  });
});

describe("a security group", () => {
  it("is made with its rules, under Neutron's own ones for outgoing packets", async () => {
    const attempt = await runNetwork({ sites: [], securityGroup: {} });
    expect(attempt.errors).toEqual([]);
    const owned = (type: string, name: string): string => {
      const urn = `urn:pulumi:dev::hybrid::plinth:network:L3VPNNetwork$${type}::${name}`;
      return ownerText({ project: "hybrid", stack: "dev", urn });
    };
    const { "net-network": _, "net-subnet": __, ...others } = sent(attempt);
    const rule = (name: string, more: object) => ({
      type: RULE,
      inputs: {
        securityGroupId: "net-security-group-id",
        description: owned(RULE, name),
        direction: "ingress",
        ethertype: "IPv4",
        remoteIpPrefix: "192.168.200.0/24",
        ...more,
      },
    });
    const [vxlan, kubelet, icmp] = ["vxlan", "kubelet", "icmp"].map((use) => `net-ingress-${use}-192-168-200-0-24`);
    expect(others).toEqual({
      "net-security-group": {
        type: GROUP,
        inputs: {
          name: "hybrid-dev-net-security-group",
          description: owned(GROUP, "net-security-group"),
          deleteDefaultRules: false,
        },
      },
      [`${vxlan}`]: rule(`${vxlan}`, { protocol: "udp", portRangeMin: 8472, portRangeMax: 8472 }),
      [`${kubelet}`]: rule(`${kubelet}`, { protocol: "tcp", portRangeMin: 10250, portRangeMax: 10250 }),
      [`${icmp}`]: rule(`${icmp}`, { protocol: "icmp" }),
    });
    expect(attempt.program.outputs).toMatchObject({
      securityGroupId: "net-security-group-id",
      securityGroupName: "hybrid-dev-net-security-group",
    });
  });

  it("takes its rules with it when it is deleted", async () => {
    const deletedWith = new Map<string, unknown>();
    const transformation: pulumi.ResourceTransformation = ({ type, name, opts }) => {
      if (type === RULE) deletedWith.set(name, (opts as pulumi.CustomResourceOptions).deletedWith);
      return undefined;
    };
    await captureProgram(() => {
      new L3VPNNetwork("net", { ...NETWORK_PROPS, securityGroup: {} }, { transformations: [transformation] });
    });
    expect(deletedWith.size).toBe(6);
    for (const group of deletedWith.values()) expect(group).toBeInstanceOf(openstack.networking.SecGroup);
  });

  it("takes its name, loses Neutron's own rules, and has a rule for everything without protocol", async () => {
    const attempt = await runNetwork({
      sites: [{ name: "db", cidrs: ["10.1.0.0/16"], hosts: "managed" }],
      securityGroup: { name: "nodes", egress: "listed" },
    });
    expect(attempt.program.get(GROUP).inputs).toMatchObject({ name: "nodes", deleteDefaultRules: true });
    const { inputs } = attempt.program.get(RULE, "net-egress-any-10-1-0-0-16");
    expect(Object.keys(inputs).sort()).toEqual([
      "description",
      "direction",
      "ethertype",
      "remoteIpPrefix",
      "securityGroupId",
    ]);
  });

  it.each([
    ["name", { existing: true, name: "nodes" }, { name: "nodes" }],
    ["id", { existing: true, id: "group-0" }, { secgroupId: "group-0" }],
  ] as const)("that exists is looked up by %s, and gets no rule", async (_, given, args) => {
    const attempt = await runNetwork({ securityGroup: given });
    expect(attempt.errors).toEqual([]);
    expect(attempt.calls).toEqual([{ token: "openstack:networking/getSecGroup:getSecGroup", args }]);
    expect([...attempt.program.all(GROUP), ...attempt.program.all(RULE)]).toEqual([]);
    expect(attempt.program.outputs.securityGroupId).toEqual(expect.stringContaining("id"));
  });

  it("is made by default, and may be left to others", async () => {
    const made = await runNetwork({ securityGroup: undefined } as object);
    expect(made.program.all(GROUP)).toHaveLength(1);
    const { program } = await runNetwork({});
    expect([program.all(GROUP), program.outputs.securityGroupId]).toEqual([[], undefined]);
  });
});
