import { captureProgram } from "@plinth/bridge/testing";
import * as openstack from "@pulumi/openstack";
import type * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { L3VPNNetwork, type L3VPNNetworkArgs } from "./component.js";
import { NETWORK_PROPS } from "./testing/refused.js";

const ROUTE = "openstack:networking/subnetRoute:SubnetRoute";

/** With what each host route of a network is deleted. */
async function routesGoWith(change: Partial<L3VPNNetworkArgs>): Promise<unknown[]> {
  const found: unknown[] = [];
  const transformation: pulumi.ResourceTransformation = ({ type, opts }) => {
    if (type === ROUTE) found.push((opts as pulumi.CustomResourceOptions).deletedWith);
    return undefined;
  };
  const subnet = { cidr: "192.168.200.0/24", gatewayIp: "192.168.200.1", allocationPools: [] };
  await captureProgram(
    () => {
      const args = { ...NETWORK_PROPS, ...change } as L3VPNNetworkArgs;
      new L3VPNNetwork("net", args, { transformations: [transformation] });
    },
    { call: ({ args }) => ({ id: "there", ...subnet, ...args }) },
  );
  return found;
}

describe("host routes", () => {
  it("go with a subnet that is made", async () => {
    expect(await routesGoWith({})).toEqual([expect.any(openstack.networking.Subnet)]);
  });

  it("are deleted one by one where the subnet is somebody else's", async () => {
    expect(await routesGoWith({ network: { existing: true, name: "k8s" } })).toEqual([undefined]);
  });
});
