import { Check, type CidrText } from "@plinth/core";
import type { NetworkProps } from "@plinth/network/plan";
import { describe, expect, it } from "vitest";
import { planCloud } from "./plan.js";
import type { DeckhouseCloudProps, PodNetworkMode } from "./props.js";
import { CLOUD_PROPS, cloudRefusals, networkPlan, place } from "./testing/refused.js";

const engine = (podNetworkMode: PodNetworkMode): Partial<DeckhouseCloudProps> => ({
  engine: { type: "deckhouse", podNetworkMode },
});

describe("a cloud behind a router", () => {
  it.each(["DirectRouting", "DirectRoutingWithPortSecurityEnabled"] as const)(
    "is refused in the literal form of the article: pods' packets without encapsulation, %s",
    (mode) => {
      const all = cloudRefusals(engine(mode));
      expect(all.map(place)).toEqual([
        {
          code: "PL4001",
          path: "cloud",
          property: "engine.podNetworkMode",
          value: mode,
          fix: 'leave it out, or set podNetworkMode: "VXLAN"',
        },
      ]);
      expect(all[0]?.summary).toBe(`${mode} needs one layer 2 segment, and net is joined to racks by a router`);
      expect(cloudRefusals(engine("VXLAN"))).toEqual([]);
    },
  );

  it("is checked as far as it goes when its network was refused", () => {
    const all = cloudRefusals(
      { ...engine("DirectRouting"), cluster: { podCidr: "10.111.0.0/16", serviceCidr: "10.111.1.0/24" } },
      { cidr: "192.168.200.1/24" },
    );
    expect(all.map(({ code, path, property }) => [code, path, property])).toEqual([
      ["PL1004", "net", "cidr"],
      ["PL4001", "cloud", "engine.podNetworkMode"],
      ["PL1005", "cloud", "cluster.serviceCidr"],
    ]);
  });

  it("is refused with a network that counts with another encapsulation than Deckhouse has", () => {
    const all = cloudRefusals({}, { podNetwork: { encapsulation: "geneve" } });
    expect(all.map(place)).toEqual([
      {
        code: "PL4023",
        path: "cloud",
        property: "network",
        value: "geneve",
        fix: "leave podNetwork.encapsulation of net out",
      },
    ]);
    expect(cloudRefusals({}, { podNetwork: { encapsulation: "vxlan" } })).toEqual([]);
  });

  it("plans the rest: packets of pods that fit into VXLAN, zones as given", () => {
    const check = new Check("cloud");
    const plan = (network: Partial<NetworkProps>, change: Partial<DeckhouseCloudProps> = {}) =>
      planCloud({ ...CLOUD_PROPS, ...change }, { name: "net", plan: networkPlan(network) }, check).plan;
    expect(plan({})).toEqual({
      engine: "deckhouse",
      podNetworkMode: "VXLAN",
      podMtu: 1450,
      zones: [],
      network: "net",
      limits: { podRanges: { nodes: 256n, podCidr: "10.111.0.0/16", maskSize: 24 } },
    });
    expect(plan({ mtu: 1400 }, { zones: ["ru-3a"] })).toMatchObject({ podMtu: 1350, zones: ["ru-3a"] });
    expect(check.refusals).toEqual([]);
    expect(new Set(check.warnings)).toEqual(
      new Set(["cloud: production use of Deckhouse's module for OpenStack needs its enterprise licence"]),
    );
  });

  it("has no properties but its own", () => {
    const misspelt = {
      engine: { type: "deckhouse", podNetwork: "VXLAN" },
      cluster: { ...CLOUD_PROPS.cluster, podCIDR: "10.111.0.0/16" },
    };
    expect(
      cloudRefusals(misspelt as Partial<DeckhouseCloudProps>).map(({ code, property }) => [code, property]),
    ).toEqual([
      ["PL1009", "engine.podNetwork"],
      ["PL1009", "cluster.podCIDR"],
    ]);
  });
});

describe("ranges that overlap name both owners", () => {
  const access: Partial<NetworkProps> = {
    router: { externalNetwork: { name: "ext" }, accessNetwork: { cidr: "10.50.0.0/24" } },
  };
  const [PODS, SERVICES] = ["10.111.0.0/16", "10.222.0.0/16"] as const;
  const overlaps: readonly [between: string, pods: CidrText, services: CidrText, property: string, summary: string][] =
    [
      [
        "pods and subnet",
        "192.168.0.0/16",
        SERVICES,
        "cluster.podCidr",
        "192.168.0.0/16 (pods) overlaps 192.168.200.0/24 (subnet for VMs of net, cidr)",
      ],
      [
        "pods and site",
        "10.13.0.0/16",
        SERVICES,
        "cluster.podCidr",
        "10.13.0.0/16 (pods) overlaps 10.13.1.0/24 (site racks of net, sites[0].cidrs[0])",
      ],
      [
        "pods and access network",
        "10.50.0.0/16",
        SERVICES,
        "cluster.podCidr",
        "10.50.0.0/16 (pods) overlaps 10.50.0.0/24 (access network of net, router.accessNetwork.cidr)",
      ],
      [
        "Services and pods",
        PODS,
        "10.111.128.0/17",
        "cluster.serviceCidr",
        "10.111.128.0/17 (Services) overlaps 10.111.0.0/16 (pods of cloud, cluster.podCidr)",
      ],
      [
        "Services and subnet",
        PODS,
        "192.168.200.192/26",
        "cluster.serviceCidr",
        "192.168.200.192/26 (Services) overlaps 192.168.200.0/24 (subnet for VMs of net, cidr)",
      ],
      [
        "Services and site",
        PODS,
        "10.13.1.0/24",
        "cluster.serviceCidr",
        "10.13.1.0/24 (Services) overlaps 10.13.1.0/24 (site racks of net, sites[0].cidrs[0])",
      ],
      [
        "Services and access network",
        PODS,
        "10.50.0.128/25",
        "cluster.serviceCidr",
        "10.50.0.128/25 (Services) overlaps 10.50.0.0/24 (access network of net, router.accessNetwork.cidr)",
      ],
    ];

  it.each(overlaps)("%s", (_, podCidr, serviceCidr, property, summary) => {
    const all = cloudRefusals({ cluster: { podCidr, serviceCidr } }, access);
    expect(all.map((refusal) => [refusal.code, refusal.path, refusal.property, refusal.summary])).toEqual([
      ["PL1005", "cloud", property, summary],
    ]);
    const [, owner, other] = / of (net|cloud), (.*)\)$/.exec(summary) ?? [];
    expect(all[0]?.fix).toBe(`give one of the two another range: cloud (${property}) or ${owner} (${other})`);
  });

  it("neighbours do not overlap", () => {
    const beside = { podCidr: "192.168.201.0/24", serviceCidr: "10.13.0.0/24" } as const;
    expect(cloudRefusals({ cluster: beside }, access)).toEqual([]);
  });
});
