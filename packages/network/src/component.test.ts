import { attemptProgram, UNKNOWN } from "@plinth/bridge/testing";
import { ownerText, PlinthReport } from "@plinth/core";
import { describe, expect, it } from "vitest";
import { L3VPNNetwork } from "./component.js";
import { runNetwork, sent } from "./testing/captured-network.js";
import { NETWORK_PROPS } from "./testing/refused.js";

const NETWORK = "openstack:networking/network:Network";
const SUBNET = "openstack:networking/subnet:Subnet";
const ROUTE = "openstack:networking/subnetRoute:SubnetRoute";
const ROUTER = "openstack:networking/router:Router";
const INTERFACE = "openstack:networking/routerInterface:RouterInterface";
const PARENT = "urn:pulumi:dev::hybrid::plinth:network:L3VPNNetwork::net";

/** The URN of a child of the component. */
const urn = (type: string, name: string): string =>
  `urn:pulumi:dev::hybrid::plinth:network:L3VPNNetwork$${type}::${name}`;

/** What the description of a child says: the hash is that of its real URN. */
const owned = (type: string, name: string): string =>
  ownerText({ project: "hybrid", stack: "dev", urn: urn(type, name) });

const network = {
  type: NETWORK,
  inputs: {
    name: "hybrid-dev-net-network",
    description: owned(NETWORK, "net-network"),
    adminStateUp: true,
  },
};
const subnet = {
  type: SUBNET,
  inputs: {
    name: "hybrid-dev-net-subnet",
    description: owned(SUBNET, "net-subnet"),
    networkId: "net-network-id",
    cidr: "192.168.200.0/24",
    ipVersion: 4,
    gatewayIp: "192.168.200.1",
    enableDhcp: true,
    allocationPools: [
      { start: "192.168.200.2", end: "192.168.200.251" },
      { start: "192.168.200.253", end: "192.168.200.254" },
    ],
    dnsNameservers: [],
  },
};
const route = {
  type: ROUTE,
  inputs: { subnetId: "net-subnet-id", destinationCidr: "10.13.1.0/24", nextHop: "192.168.200.252" },
};

describe("a network that is made", () => {
  it("is a network, a subnet and a route to each range, and nothing else", async () => {
    const attempt = await runNetwork({});
    expect(attempt.errors).toEqual([]);
    expect(attempt.calls).toEqual([]);
    expect(sent(attempt)).toEqual({ "net-network": network, "net-subnet": subnet, "net-route-10-13-1-0-24": route });
    expect(attempt.program.outputs).toEqual({
      networkId: "net-network-id",
      networkName: "hybrid-dev-net-network",
      subnetId: "net-subnet-id",
    });

    const [stack, component, ...children] = attempt.program.resources;
    expect(component).toMatchObject({ urn: PARENT, parent: stack?.urn, custom: false, inputs: {} });
    expect(children.map(({ parent }) => parent)).toEqual([PARENT, PARENT, PARENT]);
    expect(attempt.program.get(SUBNET).dependsOn).toEqual([urn(NETWORK, "net-network")]);
    expect(attempt.program.get(ROUTE).dependsOn).toEqual([urn(SUBNET, "net-subnet")]);
  });

  it("has the same resources in a preview, with ids that are not known yet", async () => {
    const attempt = await runNetwork({}, { preview: true });
    expect(attempt.errors).toEqual([]);
    expect(sent(attempt)).toEqual({
      "net-network": network,
      "net-subnet": { type: SUBNET, inputs: { ...subnet.inputs, networkId: UNKNOWN } },
      "net-route-10-13-1-0-24": { type: ROUTE, inputs: { ...route.inputs, subnetId: UNKNOWN } },
    });
  });

  it("takes names, MTU, name servers, pools and routes as they are given", async () => {
    const attempt = await runNetwork({
      network: { name: "k8s_l3vpn" },
      subnet: { name: "k8s_l3vpn_subnet" },
      gateway: "192.168.200.254",
      mtu: 1400,
      dnsServers: ["9.9.9.9"],
      allocationPools: [{ start: "192.168.200.10", end: "192.168.200.99" }],
      routes: [{ destination: "172.16.0.0/12", nextHop: "192.168.200.5" }],
    });
    expect(sent(attempt)).toMatchObject({
      "net-network": { inputs: { name: "k8s_l3vpn", mtu: 1400 } },
      "net-subnet": {
        inputs: {
          name: "k8s_l3vpn_subnet",
          gatewayIp: "192.168.200.254",
          dnsNameservers: ["9.9.9.9"],
          allocationPools: [{ start: "192.168.200.10", end: "192.168.200.99" }],
        },
      },
      "net-route-172-16-0-0-12": { inputs: { destinationCidr: "172.16.0.0/12", nextHop: "192.168.200.5" } },
    });
  });

  it("says the MTU to OpenStack when a site's is smaller", async () => {
    const attempt = await runNetwork({ sites: [{ name: "racks", cidrs: ["10.13.1.0/24"], mtu: 1450 }] });
    expect(attempt.program.get(NETWORK).inputs.mtu).toBe(1450);
  });

  it("gives each route a resource name of its own, whatever its notation", async () => {
    const attempt = await runNetwork({
      cidr: "fd00:2::/64",
      nextHop: "fd00:2::ff",
      sites: [{ name: "racks", cidrs: ["fd00::1/128", "fd00:1::/128"] }],
    });
    expect(attempt.errors).toEqual([]);
    expect(
      attempt.program
        .all(ROUTE)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(["net-route-fd00--1-128", "net-route-fd00-1---128"]);
    expect(attempt.program.get(SUBNET).inputs).toMatchObject({ ipVersion: 6, gatewayIp: "fd00:2::1" });
  });
});

describe("a router", () => {
  it("joins the subnet and the external network", async () => {
    const attempt = await runNetwork({ router: { externalNetwork: { id: "ext-0" } } });
    expect(attempt.calls).toEqual([
      { token: "openstack:networking/getNetwork:getNetwork", args: { networkId: "ext-0" } },
    ]);
    const { "net-router": router, "net-router-interface": join, ...others } = sent(attempt);
    expect(Object.keys(others)).toEqual(["net-network", "net-subnet", "net-route-10-13-1-0-24"]);
    expect(router).toEqual({
      type: ROUTER,
      inputs: {
        name: "hybrid-dev-net-router",
        description: owned(ROUTER, "net-router"),
        adminStateUp: true,
        externalNetworkId: "id of undefined",
      },
    });
    expect(join).toEqual({ type: INTERFACE, inputs: { routerId: "net-router-id", subnetId: "net-subnet-id" } });
    expect(attempt.program.outputs.routerId).toBe("net-router-id");
  });

  it("joins a second network when one is given", async () => {
    const attempt = await runNetwork({
      router: {
        name: "gate",
        externalNetwork: { name: "external-network" },
        sourceNat: false,
        accessNetwork: { name: "k8s-external-access", cidr: "192.168.201.0/24" },
      },
    });
    expect(attempt.calls).toEqual([
      { token: "openstack:networking/getNetwork:getNetwork", args: { name: "external-network" } },
    ]);
    const made = sent(attempt);
    expect(made["net-router"]?.inputs).toMatchObject({
      name: "gate",
      externalNetworkId: "id of external-network",
      enableSnat: false,
    });
    expect(made["net-access-network"]).toEqual({
      type: NETWORK,
      inputs: {
        name: "k8s-external-access",
        description: owned(NETWORK, "net-access-network"),
        adminStateUp: true,
      },
    });
    expect(made["net-access-subnet"]).toEqual({
      type: SUBNET,
      inputs: {
        name: "k8s-external-access",
        description: owned(SUBNET, "net-access-subnet"),
        networkId: "net-access-network-id",
        cidr: "192.168.201.0/24",
        ipVersion: 4,
        gatewayIp: "192.168.201.1",
        enableDhcp: true,
      },
    });
    expect(made["net-access-interface"]).toEqual({
      type: INTERFACE,
      inputs: { routerId: "net-router-id", subnetId: "net-access-subnet-id" },
    });
    expect(attempt.program.get(INTERFACE, "net-access-interface").dependsOn).toEqual([
      urn(ROUTER, "net-router"),
      urn(SUBNET, "net-access-subnet"),
    ]);
  });
});

describe("an edit", () => {
  it("sees every resource and changes what is sent", async () => {
    const seen: string[] = [];
    const attempt = await runNetwork({
      edit: ({ type, name, value }) => {
        seen.push(`${type} ${name}`);
        if (type === NETWORK) return { ...value, portSecurityEnabled: false };
        if (type === SUBNET) value.dnsNameservers = ["9.9.9.9"];
        return undefined;
      },
    });
    expect(seen.sort()).toEqual([`${NETWORK} net-network`, `${SUBNET} net-subnet`, `${ROUTE} net-route-10-13-1-0-24`]);
    expect(sent(attempt)).toMatchObject({
      "net-network": { inputs: { ...network.inputs, portSecurityEnabled: false } },
      "net-subnet": { inputs: { ...subnet.inputs, dnsNameservers: ["9.9.9.9"] } },
      "net-route-10-13-1-0-24": route,
    });
  });
});

describe("a network that is refused", () => {
  it("sends nothing, and reports all that is wrong once", async () => {
    const { errors, program, calls } = await runNetwork({
      nextHop: "192.168.201.1",
      gateway: "192.168.200.0",
      router: { externalNetwork: { name: "ext" } },
    });
    expect(errors.map((error) => PlinthReport.isInstance(error) && error.errors.map(({ code }) => code))).toEqual([
      ["PL3003", "PL3001"],
    ]);
    expect(program.resources.map(({ type }) => type)).toEqual(["pulumi:pulumi:Stack"]);
    expect(calls).toEqual([]);
  });

  it("has no plan when its numbers cannot be read, and says why", async () => {
    let isRefused: boolean | undefined;
    const { errors, program } = await attemptProgram(() => {
      const refused = new L3VPNNetwork("net", { ...NETWORK_PROPS, cidr: "192.168.200.1/24" });
      isRefused = refused.isRefused;
      return { netplan: refused.returnRoutes("racks").netplan };
    });
    expect(isRefused).toBe(true);
    expect(errors.map(String)).toEqual([expect.stringMatching(/^PlinthReport: .*1 thing is wrong[\s\S]*PL1004/)]);
    expect(program.resources).toHaveLength(1);
  });
});

describe("two networks of a program", () => {
  it("may not overlap, and may name the same site", async () => {
    const both = (second: object) =>
      attemptProgram(() => {
        new L3VPNNetwork("a", NETWORK_PROPS);
        new L3VPNNetwork("b", { ...NETWORK_PROPS, ...second });
      });
    const { errors } = await both({ cidr: "192.168.200.128/25", nextHop: "192.168.200.252" });
    const [report] = errors as PlinthReport[];
    expect(report?.errors.map(({ code, summary }) => [code, summary])).toEqual([
      ["PL1005", "192.168.200.128/25 (subnet for VMs) overlaps 192.168.200.0/24 (subnet for VMs of a, cidr)"],
    ]);
    expect((await both({ cidr: "192.168.201.0/24", nextHop: "192.168.201.252" })).errors).toEqual([]);
  });

  it("of programs that run in one process don't see each other", async () => {
    const runs = await Promise.all([runNetwork({}), runNetwork({})]);
    expect(runs.flatMap(({ errors }) => errors)).toEqual([]);
  });
});
