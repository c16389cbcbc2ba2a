import { Check } from "@plinth/core";
import { type NetworkProps, planNetwork } from "@plinth/network/plan";
import { expect, it } from "vitest";
import { explain } from "./explain.js";

/** The part of an explanation that begins with a title. */
function section(title: string, props: Partial<NetworkProps>): string {
  const sites = [
    { name: "racks", cidrs: ["10.13.1.0/24"] },
    { name: "db", cidrs: ["10.14.0.0/16"], hosts: "managed" },
  ] as const;
  const base = { cidr: "192.168.200.0/24", nextHop: "192.168.200.252", sites } as const;
  const check = new Check("net");
  const planned = planNetwork({ ...base, ...props } as NetworkProps, check);
  expect(check.refusals).toEqual([]);
  const text = explain([{ kind: "L3VPNNetwork", path: "net", plan: planned?.plan }]);
  return text.split("\n\n").find((part) => part.startsWith(`  ${title}`)) ?? "";
}

const title = "Packets that the security group lets through";

it("lists what a security group must let through that is adopted", () => {
  expect(
    section(title, { securityGroup: { existing: true, name: "nodes" }, podNetwork: { encapsulation: "ipsec" } }),
  ).toBe(`  ${title}
    it exists and is not changed: these are the rules that it must have
    in from  192.168.200.0/24              ipsec udp/4500, ike udp/500, esp, kubelet tcp/10250, icmp
    in from  10.13.1.0/24      site racks  ipsec udp/4500, ike udp/500, esp, kubelet tcp/10250, icmp
    out to   everything                    Neutron's own rules`);
});

it("lists what VMs may reach where that is not everything", () => {
  const text = section(title, { securityGroup: { egress: "listed", nodePorts: true } });
  expect(text.split("\n").slice(3)).toEqual([
    "    in from  10.13.1.0/24        site racks  vxlan udp/8472, kubelet tcp/10250, icmp, node-ports",
    "                                             tcp/30000-32767, node-ports udp/30000-32767",
    "    out to   192.168.200.0/24                vxlan udp/8472, kubelet tcp/10250, icmp, api tcp/6443",
    "    out to   10.13.1.0/24        site racks  vxlan udp/8472, kubelet tcp/10250, icmp, api tcp/6443",
    "    out to   10.14.0.0/16        site db     everything",
    "    out to   169.254.169.254/32              metadata tcp/80",
  ]);
});

it("says nothing of one that others see to", () => {
  expect(section(title, { securityGroup: "none" })).toBe("");
});

it("says whose the routes are, and what an adopted router gets", () => {
  const router = { existing: true, name: "gate" } as const;
  const neutron = { driver: { type: "neutron" }, router } as const;
  expect(section("Routes of the", neutron).split("\n")[0]).toBe("  Routes of the router, which is the VMs' gateway");
  const made = section("In OpenStack", neutron);
  expect(made).toMatch(/router +gate +adopted, gets an interface\n/);
  const existing = { ...neutron, network: { existing: true, name: "n" } } as const;
  expect(section("In OpenStack", existing)).toMatch(/router +gate +adopted, has the gateway's address\n/);
  const vpn = { driver: { type: "bgpvpn", bgpvpnId: "vpn-0" }, nextHop: undefined } as const;
  const behind = section("In OpenStack", vpn as object);
  expect(behind).toMatch(/routes +2 routes +not ours: behind the gateway, by bgpvpn\n/);
  expect(behind).not.toContain("L3VPN router");
});

it("sums up the largest packet of a pod", () => {
  expect(section("Largest packets", { podNetwork: { encapsulation: "wireguard" } })).toContain(
    "network 1500 - wireguard 60 = pods 1440",
  );
});
