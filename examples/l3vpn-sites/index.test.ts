import { captureProgram } from "@plinth/bridge/testing";
import { beforeAll, describe, expect, it } from "vitest";

describe("the program", () => {
  let program: Awaited<ReturnType<typeof captureProgram>>;

  beforeAll(async () => {
    program = await captureProgram(async () => ({ ...(await import("./index.js")) }));
  });

  it("is accepted, and gives the VMs a route to each range of each site", () => {
    const routes = program.all("openstack:networking/subnetRoute:SubnetRoute");
    expect(routes.map(({ inputs }) => [inputs.destinationCidr, inputs.nextHop])).toEqual([
      ["10.21.0.0/24", "10.20.0.252"],
      ["10.21.8.0/24", "10.20.0.252"],
      ["10.22.0.0/22", "10.20.0.252"],
      ["10.23.0.0/28", "10.20.0.252"],
    ]);
  });

  it("leads answers back, from each range by its own router", () => {
    const { moscow, petersburg } = program.outputs.returnRoutes as Record<"moscow" | "petersburg", string>;
    expect(moscow.match(/via: .*/g)).toEqual(["via: 10.21.0.1", "via: 10.21.8.1"]);
    expect(petersburg).toContain("- to: 10.20.0.0/24\n    via: 10.22.3.254\n");
  });

  it("gives no VM an address of the routers, and no packet that is too large for the smallest site", () => {
    const { inputs: subnet } = program.get("openstack:networking/subnet:Subnet");
    expect(subnet.allocationPools).toEqual([{ start: "10.20.0.2", end: "10.20.0.251" }]);
    expect(program.get("openstack:networking/network:Network").inputs.mtu).toBe(1450);
  });
});
