import { attemptProgram } from "@plinth/bridge/testing";
import { Check, type PlinthReport } from "@plinth/core";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, expectTypeOf, it } from "vitest";
import { L3VPNNetwork, type L3VPNNetworkArgs } from "../component.js";
import { type NetworkProps, planNetwork } from "../plan.js";
import { runNetwork, sent } from "../testing/captured-network.js";
import { NETWORK_PROPS } from "../testing/refused.js";
import { bgpvpn } from "./bgpvpn.js";
import type { L3VPNDriverImplementation } from "./driver.js";

const ROUTER_ROUTE = "openstack:networking/routerRoute:RouterRoute";
const router = { existing: true, id: "router-0" } as const;
const urn = (type: string, name: string): string =>
  `urn:pulumi:dev::hybrid::plinth:network:L3VPNNetwork$${type}::${name}`;

describe("the driver neutron", () => {
  it("keeps the routes in the router, after its interfaces, and none with the VMs", async () => {
    const accessNetwork = { cidr: "10.9.0.0/24" } as const;
    const routes = [{ destination: "172.16.0.0/12", nextHop: "10.9.0.2" }] as const;
    const attempt = await runNetwork({ driver: { type: "neutron" }, router: { ...router, accessNetwork }, routes });
    expect(attempt.errors).toEqual([]);
    expect(attempt.program.all("openstack:networking/subnetRoute:SubnetRoute")).toEqual([]);
    const made = attempt.program.all(ROUTER_ROUTE);
    expect(made.map(({ name, inputs }) => [name, inputs])).toEqual([
      [
        "net-router-route-10-13-1-0-24",
        { routerId: "id of undefined", destinationCidr: "10.13.1.0/24", nextHop: "192.168.200.252" },
      ],
      [
        "net-router-route-172-16-0-0-12",
        { routerId: "id of undefined", destinationCidr: "172.16.0.0/12", nextHop: "10.9.0.2" },
      ],
    ]);
    const joins = ["net-access-interface", "net-router-interface"];
    const INTERFACE = "openstack:networking/routerInterface:RouterInterface";
    for (const { dependsOn } of made)
      expect([...(dependsOn ?? [])].sort()).toEqual(joins.map((name) => urn(INTERFACE, name)));
  });
});

/** An SDK as `@pulumi/openstack` is from 5.0.4 on. */
function sdk(): Parameters<typeof bgpvpn>[1] {
  const association = (kind: string) =>
    class extends pulumi.CustomResource {
      constructor(name: string, args: object, options: pulumi.CustomResourceOptions) {
        const file = `${kind[0]?.toLowerCase()}${kind.slice(1)}`;
        super(`openstack:bgpvpn/${file}:${kind}`, name, args as pulumi.Inputs, options);
      }
    };
  return {
    bgpvpn: {
      NetworkAssociateV2: association("NetworkAssociateV2"),
      RouterAssociateV2: association("RouterAssociateV2"),
    },
  };
}

describe("the driver bgpvpn", () => {
  it("is refused with an SDK that has no resources for it, naming the version that has", async () => {
    const { errors, program } = await runNetwork({ driver: { type: "bgpvpn", bgpvpnId: "vpn-0" }, nextHop: undefined });
    const [report] = errors as PlinthReport[];
    expect(report?.errors.map(({ code, property, fix }) => [code, property, fix])).toEqual([
      [
        "PL3025",
        "driver",
        "install @pulumi/openstack 5.0.4 or later, or have the association made and use the driver provider",
      ],
    ]);
    expect(program.resources).toHaveLength(1);
  });

  it.each([
    ["network", {}, "openstack:bgpvpn/networkAssociateV2:NetworkAssociateV2", { networkId: "net-network-id" }],
    ["router", { router }, "openstack:bgpvpn/routerAssociateV2:RouterAssociateV2", { routerId: "id of undefined" }],
  ] as const)("associates the %s, and leaves the routes to the gateway", async (associate, more, type, target) => {
    const driver = bgpvpn({ type: "bgpvpn", bgpvpnId: "vpn-0", associate }, sdk());
    const routes = [{ destination: "172.16.0.0/12", nextHop: "192.168.200.9" }] as const;
    const attempt = await runNetwork({ driver: { type: "custom", driver }, nextHop: undefined, routes, ...more });
    expect(attempt.errors).toEqual([]);
    expect(attempt.program.get(type).inputs).toEqual({ bgpvpnId: "vpn-0", ...target });
    expect(Object.keys(sent(attempt)).filter((name) => name.includes("route-"))).toEqual(["net-route-172-16-0-0-12"]);
  });

  it("claims the sites' ranges as any other, has the gateway as next hop, and asks for routes", () => {
    const driver = { type: "bgpvpn", bgpvpnId: "vpn-0" } as const;
    const { nextHop: _, ...props } = NETWORK_PROPS;
    const planned = planNetwork({ ...props, driver }, new Check("net"));
    expect(planned?.claims.map(({ cidr, use }) => `${cidr} ${use}`)).toEqual([
      "192.168.200.0/24 subnet for VMs",
      "10.13.1.0/24 site racks",
    ]);
    expect(planned && `${planned.plan.nextHop} ${planned.plan.reserved.map(({ use }) => use)}`).toBe(
      "192.168.200.1 gateway",
    );
    expect(planned && bgpvpn(driver).ticket(planned.plan, "k8s_l3vpn")).toContain("the network of k8s_l3vpn, subnet");
  });
});

/** A driver as a user writes one. */
const acme: L3VPNDriverImplementation = {
  name: "acme",
  routesAt: "subnet",
  validate: ({ sites }, _, check) => {
    if (sites.length < 2) return;
    const rule = { code: "PL0001", rule: "One site", cause: "Acme joins one" } as const;
    check.refuse(rule, { property: "sites", message: `${sites.length} sites`, fix: "leave one out" });
  },
  make: ({ child, subnetId, networkId }) => {
    const type = "acme:index:Attachment";
    const { resourceName, edited, options } = child(type, "attachment");
    class Attachment extends pulumi.CustomResource {}
    new (Attachment as unknown as new (...args: unknown[]) => pulumi.Resource)(
      type,
      resourceName,
      edited({ subnetId, networkId }),
      options,
    );
  },
  ticket: ({ cidr }, network) => `join ${cidr} of ${network}`,
};

describe("a driver of one's own", () => {
  it("makes what it needs beside the network, and writes its ticket", async () => {
    let ticket = "";
    const { errors, program } = await attemptProgram(() => {
      const driver = { type: "custom", driver: acme } as const;
      ticket = new L3VPNNetwork("net", { ...NETWORK_PROPS, network: { name: "n" }, driver }).ticket;
    });
    expect(errors).toEqual([]);
    expect(program.get("acme:index:Attachment").inputs).toEqual({
      subnetId: "net-subnet-id",
      networkId: "net-network-id",
    });
    expect(ticket).toBe("join 192.168.200.0/24 of n");
  });

  it("refuses by its own rules", async () => {
    const sites = [...NETWORK_PROPS.sites, { name: "b", cidrs: ["10.14.0.0/16"] }] as const;
    const { errors } = await runNetwork({ driver: { type: "custom", driver: acme }, sites });
    expect((errors[0] as PlinthReport).errors.map(({ code, path }) => [code, path])).toEqual([["PL0001", "net"]]);
  });
});

it("a driver's properties come only with that driver", () => {
  const { nextHop, ...rest } = NETWORK_PROPS;
  const vpn = { type: "bgpvpn", bgpvpnId: "vpn-0" } as const;
  expectTypeOf({ ...rest, driver: vpn }).toMatchTypeOf<NetworkProps>();
  expectTypeOf({ ...rest, nextHop, driver: { type: "neutron" } as const }).toMatchTypeOf<L3VPNNetworkArgs>();
  // @ts-expect-error a BGP VPN has no next hop
  expectTypeOf({ ...rest, nextHop, driver: vpn }).toMatchTypeOf<NetworkProps>();
  // @ts-expect-error a router has one
  expectTypeOf(rest).toMatchTypeOf<NetworkProps>();
  // @ts-expect-error a BGP VPN is named
  const unnamed: NetworkProps["driver"] = { type: "bgpvpn" };
  // @ts-expect-error nothing but a BGP VPN is associated
  const associated: NetworkProps["driver"] = { type: "neutron", associate: "router" };
  const rules = { name: "x", routesAt: "subnet", validate: () => {} } as const;
  const planned: NetworkProps["driver"] = { type: "custom", driver: rules };
  // @ts-expect-error a component needs what a plan can do without
  const made: L3VPNNetworkArgs["driver"] = { type: "custom", driver: rules };
  expect([unnamed, associated, planned, made]).toHaveLength(4);
});
