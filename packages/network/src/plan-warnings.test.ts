import { Check } from "@plinth/core";
import { expect, it } from "vitest";
import { type NetworkProps, planNetwork } from "./plan.js";
import { NETWORK_PROPS, type NetworkChange } from "./testing/refused.js";

function warnings(change: NetworkChange): readonly string[] {
  const check = new Check("net");
  planNetwork({ ...NETWORK_PROPS, ...change } as NetworkProps, check);
  expect(check.refusals).toEqual([]);
  return check.warnings;
}

const SIX = {
  cidr: "fd00:2::/64",
  nextHop: "fd00:2::ff",
  sites: [{ name: "racks", cidrs: ["fd00:1::/64"] }],
} as const;
const NO_ROUTES =
  "net: DHCPv6 carries no routes: those of the VMs reach an image only by the metadata service; see driver neutron";

it("of an IPv6 subnet say that routes do not reach the VMs by DHCP, unless the router has them", () => {
  expect(warnings({})).toEqual([]);
  expect(warnings(SIX)).toEqual([NO_ROUTES]);
  expect(warnings({ ...SIX, sites: [] })).toEqual([]);
  const router = { existing: true, name: "gate" } as const;
  expect(warnings({ ...SIX, driver: { type: "neutron" }, router })).toEqual([]);
});

it("of addresses that VMs make up say that no pool holds them", () => {
  expect(warnings({ ...SIX, sites: [], ipv6AddressMode: "slaac" })).toEqual([
    "net: slaac: VMs make up their addresses, the pools do not keep them from a reserved one",
  ]);
});
