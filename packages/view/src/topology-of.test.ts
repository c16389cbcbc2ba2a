import { expect, it, describe as suite } from "vitest";
import { explain } from "./explain.js";
import { picture } from "./picture.js";
import { sketch } from "./sketch.js";
import { describe, HYBRID_NETWORK, hybridCase } from "./testing/hybrid-case.js";
import { topologyOf } from "./topology-of.js";

suite("topologyOf", () => {
  it("has the nodes of the hybrid case, each with its network", () => {
    const { nodes } = topologyOf(hybridCase());
    expect(nodes.map(({ id }) => id)).toEqual([
      "site:k8s:racks",
      "site:k8s:racks-2",
      "site:k8s:postgres",
      "l3vpn-router:k8s",
      "network:k8s",
      "gateway:k8s",
      "access-network:k8s",
      "outside:k8s",
      "group:cloud-worker",
    ]);
    expect(new Set(nodes.map(({ network }) => network))).toEqual(new Set(["network:k8s"]));
    expect(nodes.find(({ kind }) => kind === "network")).toEqual({
      kind: "network",
      id: "network:k8s",
      network: "network:k8s",
      name: "k8s_l3vpn",
      path: "k8s",
      cidr: "192.168.200.0/24",
      adopted: false,
      addresses: 250n,
      machines: 11,
      mtu: 1500,
      podMtus: [{ cloud: "k8s-cloud", mtu: 1450, encapsulation: "VXLAN" }],
      innerRoutes: [],
      strip: {
        pools: [{ from: 0.007812, to: 0.984375 }],
        taken: [
          { at: 0.003906, address: "192.168.200.1", use: "gateway" },
          { at: 0.984375, address: "192.168.200.252", use: "L3VPN router" },
          { at: 0.988281, address: "192.168.200.253", use: "service address" },
          { at: 0.992187, address: "192.168.200.254", use: "service address" },
        ],
      },
    });
  });

  it("has the routes on the links: both directions for own hosts, one for managed sites", () => {
    const { links } = topologyOf(hybridCase());
    const routes = (from: string) =>
      links
        .filter((link) => link.from === from)
        .flatMap((link) => link.routes.map(({ heldBy, destination, via }) => `${heldBy}: ${destination} via ${via}`));
    expect(routes("site:k8s:racks")).toEqual([
      "vms: 10.13.1.0/24 via 192.168.200.252",
      "site: 192.168.200.0/24 via 10.13.1.1",
    ]);
    expect(routes("site:k8s:postgres")).toEqual(["vms: 192.168.205.0/24 via 192.168.200.252"]);
    expect(routes("network:k8s")).toEqual(["vms: 0.0.0.0/0 via 192.168.200.1"]);
  });

  it("has a VPN without an address where the way to the sites is behind the gateway", () => {
    const { nextHop: _, ...rest } = HYBRID_NETWORK;
    const driver = { type: "bgpvpn", bgpvpnId: "vpn-0" } as const;
    const described = describe("k8s", { ...rest, driver }, {});
    const { nodes, links } = topologyOf(described);
    expect(nodes.find(({ kind }) => kind === "l3vpn-router")).toEqual({
      kind: "l3vpn-router",
      id: "l3vpn-router:k8s",
      network: "network:k8s",
      title: "BGP VPN",
      address: undefined,
    });
    const [site] = links.filter(({ kind }) => kind === "site");
    expect(site?.routes.map(({ destination, via }) => `${destination} via ${via}`)).toContain(
      "10.13.1.0/24 via 192.168.200.1",
    );
    const drawn = [picture(described, { title: "k8s" }), sketch(described), explain(described)];
    for (const text of drawn) expect(text).not.toContain("L3VPN router");
    for (const text of drawn.slice(0, 2)) expect(text).toContain("BGP VPN");
  });

  it("joins nodes that exist, and no two have the same id", () => {
    const described = [...hybridCase(), ...describe("other", HYBRID_NETWORK, {})];
    const { nodes, links } = topologyOf(described);
    const ids = nodes.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(links.filter(({ from, to }) => !ids.includes(from) || !ids.includes(to))).toEqual([]);
  });

  it("takes routes that were given by themselves for a place of their own", () => {
    const routes = [
      { destination: "10.9.0.0/16", nextHop: "192.168.200.7" },
      { destination: "10.8.0.0/16", nextHop: "192.168.200.252" },
    ] as const;
    const { nodes } = topologyOf(describe("k8s", { ...HYBRID_NETWORK, routes }, {}));
    expect(nodes.find(({ id }) => id === "site:k8s:")).toMatchObject({ hosts: "unknown", ranges: ["10.8.0.0/16"] });
    expect(nodes.find(({ kind }) => kind === "network")).toMatchObject({
      innerRoutes: [{ heldBy: "vms", destination: "10.9.0.0/16", via: "192.168.200.7" }],
    });
  });

  it("leaves a group without a described network by itself", () => {
    const { nodes, links } = topologyOf(hybridCase().filter(({ kind }) => kind !== "L3VPNNetwork"));
    expect(nodes.map(({ id, network }) => [id, network])).toEqual([["group:cloud-worker", undefined]]);
    expect(links).toEqual([]);
  });

  it("has no control character in any name", () => {
    const { nodes } = topologyOf(describe("k8s", { ...HYBRID_NETWORK, network: { name: "a\u001b[31m\nb" } }, {}));
    expect(nodes.find(({ kind }) => kind === "network")).toMatchObject({ name: "a\ufffd[31m\ufffdb" });
  });
});
