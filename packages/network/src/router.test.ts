import { PlinthError } from "@plinth/core";
import { describe, expect, it } from "vitest";
import { runNetwork, sent } from "./testing/captured-network.js";

const ROUTER = "openstack:networking/getRouter:getRouter";
const INTERFACE = "openstack:networking/routerInterface:RouterInterface";
const PORTS = "openstack:networking/getPortIds:getPortIds";
const adoptedNetwork = { network: { existing: true, name: "k8s_l3vpn" } } as const;
const router = { existing: true, name: "gate" } as const;

describe("a router that is adopted", () => {
  it.each([
    ["name", router, { name: "gate" }, "id of gate"],
    ["id", { existing: true, id: "router-0" }, { routerId: "router-0" }, "id of undefined"],
  ] as const)("by %s gets an interface in the subnet that is made, and no more", async (_, given, args, id) => {
    const attempt = await runNetwork({ router: given });
    expect(attempt.errors).toEqual([]);
    expect(attempt.calls).toEqual([{ token: ROUTER, args }]);
    const { "net-router-interface": join, ...others } = sent(attempt);
    expect(join).toEqual({ type: INTERFACE, inputs: { routerId: id, subnetId: "net-subnet-id" } });
    expect(Object.keys(others)).toEqual(["net-network", "net-subnet", "net-route-10-13-1-0-24"]);
    expect(attempt.program.outputs.routerId).toBe(id);
  });

  it("joins a second network", async () => {
    const attempt = await runNetwork({ router: { ...router, accessNetwork: { cidr: "10.9.0.0/24" } } });
    expect(attempt.errors).toEqual([]);
    expect(sent(attempt)["net-access-interface"]?.inputs).toEqual({
      routerId: "id of gate",
      subnetId: "net-access-subnet-id",
    });
  });

  it("is left alone where the adopted subnet's gateway is there already", async () => {
    const attempt = await runNetwork({ ...adoptedNetwork, router }, { gatewayPorts: ["port-0"] });
    expect(attempt.errors).toEqual([]);
    expect(attempt.calls).toContainEqual({
      token: PORTS,
      args: { networkId: "id of k8s_l3vpn", deviceId: "id of gate", fixedIp: "192.168.200.1" },
    });
    expect(Object.keys(sent(attempt))).toEqual(["net-route-10-13-1-0-24"]);
    expect(attempt.program.outputs.routerId).toBe("id of gate");
  });

  it("is refused where it does not have the gateway's address, and gets it where that is said", async () => {
    const { errors, program } = await runNetwork({ ...adoptedNetwork, router });
    expect(errors.map((error) => PlinthError.isInstance(error) && [error.code, error.property, error.value])).toEqual([
      ["PL3028", "router", "id of gate"],
    ]);
    expect(program.all(INTERFACE)).toEqual([]);
    const made = await runNetwork({ ...adoptedNetwork, router: { ...router, subnetInterface: "made" } } as const);
    expect(made.errors).toEqual([]);
    expect(sent(made)["net-router-interface"]?.inputs).toEqual({ routerId: "id of gate", subnetId: "subnet-0" });
  });
});
