import { PlinthError } from "@plinth/core";
import { expect, it } from "vitest";
import { runNetwork } from "./testing/captured-network.js";

const STACK = "pulumi:pulumi:Stack";
const SUBNET = "openstack:networking/subnet:Subnet";
const OTHER = { cidr: "192.168.100.0/24" };

it("refuses a range that would replace the subnet that is there, with the way to migrate, in a preview too", async () => {
  for (const preview of [true, false]) {
    const { errors, program } = await runNetwork(
      { securityGroup: {} },
      { preview, ownSubnets: ["subnet-0"], subnet: OTHER },
    );
    const [error] = errors;
    expect(PlinthError.isInstance(error) && [error.code, error.path, error.property, error.value]).toEqual([
      "PL3027",
      "net",
      "cidr",
      "192.168.200.0/24",
    ]);
    expect((error as PlinthError).summary).toContain("has the range 192.168.100.0/24");
    expect((error as PlinthError).fix).toContain("add a second L3VPNNetwork with 192.168.200.0/24");
    expect(program.resources.map(({ type }) => type)).toEqual([STACK, "plinth:network:L3VPNNetwork"]);
  }
});

it("lets the same range through, whatever else has changed", async () => {
  const change = { gateway: "192.168.200.254", dnsServers: ["9.9.9.9"] };
  const { errors, program } = await runNetwork(change, { ownSubnets: ["subnet-0"] });
  expect(errors).toEqual([]);
  expect(program.get(SUBNET).inputs.cidr).toBe("192.168.200.0/24");
});

it("is left out where replacement is allowed", async () => {
  const run = await runNetwork({ subnetReplacement: "allowed" }, { ownSubnets: ["subnet-0"], subnet: OTHER });
  expect(run.errors).toEqual([]);
  expect(run.calls).toEqual([]);
  expect(run.program.get(SUBNET).inputs.cidr).toBe("192.168.200.0/24");
});

it("refuses another IPv6 address mode, which is part of the subnet too", async () => {
  const change = { cidr: "fd00:2::/64", nextHop: "fd00:2::ff", sites: [] } as const;
  const there = { ownSubnets: ["subnet-0"], subnet: { cidr: "fd00:2::/64", ipv6AddressMode: "slaac" } };
  const { errors } = await runNetwork(change, there);
  expect(errors).toMatchObject([{ code: "PL3027", property: "ipv6AddressMode", value: "dhcpv6-stateful" }]);
  expect((await runNetwork({ ...change, ipv6AddressMode: "slaac" }, there)).errors).toEqual([]);
});
