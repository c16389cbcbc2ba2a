import { captureProgram } from "@plinth/bridge/testing";
import { Check } from "@plinth/core";
import { expect, it } from "vitest";
import { L3VPNNetwork, type L3VPNNetworkArgs } from "./component.js";
import { type NetworkProps, planNetwork, podMtu } from "./plan.js";
import { toTicket } from "./plan-ticket.js";
import type { SharedNetworkProps } from "./props.js";
import { EXISTING_SUBNET } from "./testing/captured-network.js";
import { NETWORK_PROPS } from "./testing/refused.js";

const PROPS = {
  cidr: "192.168.200.0/24",
  nextHop: "192.168.200.252",
  serviceAddresses: ["192.168.200.253", "192.168.200.254"],
  sites: [
    { name: "racks", cidrs: ["10.13.1.0/24", "192.168.204.0/24"], routerAddress: "192.168.204.254" },
    { name: "postgres", cidrs: ["192.168.205.0/24"], hosts: "managed" },
  ],
  network: { name: "k8s_l3vpn" },
} as const satisfies NetworkProps;

it("says what the hosts of each site need", async () => {
  const { outputs } = await captureProgram(() => {
    const network = new L3VPNNetwork("net", PROPS);
    const { routes, netplan, ipRoute } = network.returnRoutes("racks");
    const { netplan: none, ipRoute: noCommand } = network.returnRoutes("postgres");
    return { count: routes.length, netplan, ipRoute, none, noCommand };
  });
  expect(outputs).toEqual({
    count: 2,
    netplan: [
      "routes:",
      "  # hosts in 10.13.1.0/24",
      "  - to: 192.168.200.0/24",
      "    via: 10.13.1.1",
      "  # hosts in 192.168.204.0/24",
      "  - to: 192.168.200.0/24",
      "    via: 192.168.204.254",
      "",
    ].join("\n"),
    ipRoute: ["ip route add 192.168.200.0/24 via 10.13.1.1", "ip route add 192.168.200.0/24 via 192.168.204.254"],
    none: "routes: []\n",
    noCommand: [],
  });
});

it("knows the sites by their names only", async () => {
  const program = captureProgram(() => {
    new L3VPNNetwork("net", PROPS).returnRoutes("rack");
  });
  await expect(program).rejects.toThrow(new RangeError("No site is named rack: racks, postgres"));
});

it("asks whoever runs the router for all that they must set", () => {
  const check = new Check("net");
  const text = (change: Partial<SharedNetworkProps>): string | undefined => {
    const planned = planNetwork({ ...PROPS, ...change }, check);
    return planned && toTicket(planned.plan);
  };
  expect(text({})).toBe(
    [
      "Please join the network k8s_l3vpn, subnet 192.168.200.0/24, to our L3VPN router:",
      "  - address of the router in this subnet: 192.168.200.252",
      "  - service addresses kept free for it: 192.168.200.253, 192.168.200.254",
      "  - default gateway of the subnet stays 192.168.200.1",
      "Sites that must reach the subnet and be reached from it:",
      "  - racks: 10.13.1.0/24",
      "  - racks: 192.168.204.0/24",
      "  - postgres: 192.168.205.0/24",
      "Packets of 1500 bytes must pass undivided.",
      "",
    ].join("\n"),
  );
  expect(text({ serviceAddresses: [] })).not.toContain("service addresses");
  expect(check.refusals).toEqual([]);
});

it("names the network in the text for the router's owner, also where the name is derived", async () => {
  const first = async (network: L3VPNNetworkArgs["network"]): Promise<unknown> => {
    const { outputs } = await captureProgram(
      () => ({ ticket: new L3VPNNetwork("net", { ...NETWORK_PROPS, ...(network && { network }) }).ticket }),
      { project: "hybrid", stack: "dev", call: () => EXISTING_SUBNET },
    );
    return String(outputs.ticket).split("\n")[0];
  };
  const asked = (name: string): string =>
    `Please join the network ${name}, subnet 192.168.200.0/24, to our L3VPN router:`;
  expect(await first(undefined)).toBe(asked("hybrid-dev-net-network"));
  expect(await first({ existing: true, name: "k8s_l3vpn" })).toBe(asked("k8s_l3vpn"));
  expect(await first({ existing: true, id: "network-0" })).toBe(asked("(its id)"));
});

it("leaves room for the header of VXLAN in the packets of pods", () => {
  expect([podMtu(1500, "vxlan"), podMtu(1500, "none"), podMtu(1400, "vxlan")]).toEqual([1450, 1500, 1350]);
});
