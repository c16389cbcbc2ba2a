import { CORE, type Rule } from "@plinth/core";
import { describe, expect, it } from "vitest";
import { cilium, fluxcd, kubeovn } from "./catalogue/index.js";
import { configure } from "./configure.js";
import type { AnyComponent } from "./definition.js";
import { kinds } from "./kinds.js";
import { hosted } from "./presets.js";
import type { OwnPlatformProps } from "./props.js";
import { PLATFORM } from "./rules.js";
import { component, OWN, plan, preset } from "./testing/planned.js";

type Given = Partial<OwnPlatformProps>;

/** One way to break a rule. */
interface Case {
  readonly rule: Rule;
  readonly given: Given;
  /** Path, property and value of the refusal. */
  readonly at: readonly [path: string, property: string, value: string | undefined];
  /** What its message says, beside. */
  readonly says: readonly string[];
  /** The nearest that is allowed, often what the fix says. */
  readonly allowed: Given;
}

const base = [fluxcd, cilium] as const;
const of = (...components: readonly AnyComponent[]): Given => ({ preset: preset(...base, ...components) });
const SHOP = kinds("shop.example.com", "Shop");
const network = (change: Partial<OwnPlatformProps["network"]>): Given => ({ network: { ...OWN.network, ...change } });
const addresses = (...list: readonly string[]): Given => ({
  machines: list.map((address, i) => ({ name: `node${i}`, address, role: "control-plane" })),
});
const machine = (name: string, last: number): OwnPlatformProps["machines"][number] => ({
  name,
  address: `192.168.100.${last}`,
  role: "control-plane",
});

const operator = component("operator", { provides: SHOP });
const shop = component("shop", { requires: SHOP });
const shared = { name: "shared" };
const GENERIC = { distribution: "generic", apiServer: { host: "192.168.100.10", port: 6443 } } as const;

const cases: readonly Case[] = [
  {
    rule: PLATFORM.dangling,
    given: of(shop),
    at: ["platform/shop", "requires", "Shop.shop.example.com"],
    says: ["platform/shop requires the kind Shop.shop.example.com"],
    allowed: of(shop, operator),
  },
  {
    rule: PLATFORM.dangling,
    given: of(component("shop", { requires: ["storage"] })),
    at: ["platform/shop", "requires", "storage"],
    says: ["platform/shop requires storage"],
    allowed: { ...of(component("shop", { requires: ["storage"] })), existing: ["storage"] },
  },
  {
    rule: PLATFORM.dangling,
    given: of(component("shop", { requires: [operator] })),
    at: ["platform/shop", "requires", "operator"],
    says: ["the component operator"],
    allowed: of(component("shop", { requires: [operator] }), operator),
  },
  {
    rule: PLATFORM.disabledDependency,
    given: { ...of(operator, shop, component("till", { requires: [shop] })), disable: [operator] },
    at: ["platform", "disable", "operator"],
    says: ["2 releases", "platform/shop (the kind Shop.shop.example.com)", "platform/till (the component shop)"],
    allowed: { ...of(operator, shop), disable: [operator, shop] },
  },
  {
    rule: PLATFORM.kindOwners,
    given: of(operator, component("other", { provides: SHOP })),
    at: ["platform/other", "provides", "Shop.shop.example.com"],
    says: ["platform/operator and platform/other"],
    allowed: of(operator, component("other", { requires: SHOP })),
  },
  {
    rule: PLATFORM.kindOwners,
    given: { ...of(operator), existing: SHOP },
    at: ["platform/operator", "provides", "Shop.shop.example.com"],
    says: ["the cluster has it and platform/operator"],
    allowed: { ...of(shop), existing: SHOP },
  },
  {
    rule: PLATFORM.namespaceOwners,
    given: of(component("a", { namespace: { name: "shared" } }), component("b", { namespace: { name: "shared" } })),
    at: ["platform/b", "namespace", "shared"],
    says: ["platform/b and platform/a"],
    allowed: of(component("a", { namespace: shared }), component("b", { namespace: shared })),
  },
  {
    rule: PLATFORM.namespaceOwners,
    given: of(component("a"), component("b", { otherNamespaces: [{ name: "a" }] })),
    at: ["platform/b", "namespace", "a"],
    says: ["platform/b and platform/a"],
    allowed: of(component("a", { namespace: shared }), component("b", { otherNamespaces: [shared] })),
  },
  {
    rule: PLATFORM.duplicateName,
    given: of(component("shop"), component("shop", { namespace: { name: "shop-2" } })),
    at: ["platform/shop", "name", "shop"],
    says: ["Two components are named shop"],
    allowed: of(component("shop"), component("shop-2")),
  },
  {
    rule: PLATFORM.duplicateName,
    given: of(component("a", { namespace: shared }), component("b", { namespace: shared, releaseName: "a" })),
    at: ["platform/b", "releaseName", "a"],
    says: ["platform/b and platform/a", "the Helm release a"],
    allowed: of(component("a", { namespace: shared }), component("b", { releaseName: "a" })),
  },
  {
    rule: PLATFORM.phaseOrder,
    given: of(component("agent", { phase: "cni", requires: SHOP }), operator),
    at: ["platform/agent", "phase", "cni"],
    says: ["platform/agent of the phase cni waits for platform/operator of the phase rest"],
    allowed: of(component("agent", { phase: "rest", requires: SHOP }), operator),
  },
  {
    rule: PLATFORM.notInPlatform,
    given: { ...of(), disable: [kubeovn] },
    at: ["platform", "disable[0]", "kubeovn"],
    says: ["The platform has no component kubeovn"],
    allowed: { ...of(kubeovn), disable: [kubeovn] },
  },
  {
    rule: PLATFORM.notInPlatform,
    given: { ...of(shop, operator), configure: [configure(component("shop"), {})] },
    at: ["platform", "configure[0]", "shop"],
    says: ["another object than the platform's"],
    allowed: { ...of(shop, operator), configure: [configure(shop, {})] },
  },
  {
    rule: PLATFORM.providedTwice,
    given: { ...of(), existing: ["network"] },
    at: ["platform/cilium", "provides", "network"],
    says: ["the cluster has one"],
    allowed: { preset: preset(fluxcd), existing: ["network"] },
  },
  {
    rule: PLATFORM.gateway,
    given: network({ podGateway: "10.245.0.1" }),
    at: ["platform", "network.podGateway", "10.245.0.1"],
    says: ["10.244.0.0/16"],
    allowed: network({ podGateway: "10.244.0.254" }),
  },
  {
    rule: PLATFORM.machineAddress,
    given: addresses("192.168.101.11"),
    at: ["platform", "machines", "192.168.101.11"],
    says: ["192.168.100.0/24"],
    allowed: addresses("192.168.100.11"),
  },
  {
    rule: PLATFORM.machineAddress,
    given: addresses("192.168.100.11", "192.168.100.11", "192.168.100.12"),
    at: ["platform", "machines[1].address", "192.168.100.11"],
    says: ["Two machines"],
    allowed: addresses("192.168.100.11", "192.168.100.12", "192.168.100.13"),
  },
  {
    rule: PLATFORM.machineAddress,
    given: { machines: [machine("a", 11), machine("b", 12), machine("a", 13)] },
    at: ["platform", "machines[2].name", "a"],
    says: ["the name a"],
    allowed: { machines: [machine("a", 11), machine("b", 12), machine("c", 13)] },
  },
  {
    rule: PLATFORM.machineAddress,
    given: { machines: [{ name: "Node_1", address: "192.168.100.11", role: "control-plane" }] },
    at: ["platform", "machines[0].name", "Node_1"],
    says: ["is not the name of a Node"],
    allowed: { machines: [{ name: "node-1.example.com", address: "192.168.100.11", role: "control-plane" }] },
  },
  {
    rule: PLATFORM.controlPlane,
    given: addresses("192.168.100.11", "192.168.100.12"),
    at: ["platform", "machines", "2"],
    says: ["has 2 machines"],
    allowed: addresses("192.168.100.11"),
  },
  {
    rule: PLATFORM.controlPlane,
    given: { machines: [] },
    at: ["platform", "machines", "0"],
    says: ["No machine"],
    allowed: addresses("192.168.100.11"),
  },
  {
    rule: PLATFORM.loadBalancerRange,
    given: network({ loadBalancer: ["192.168.100.10-192.168.100.20"] }),
    at: ["platform", "network.loadBalancer[0]", "192.168.100.10-192.168.100.20"],
    says: ["192.168.100.11 of node1"],
    allowed: network({ loadBalancer: ["192.168.100.200/29"] }),
  },
  {
    rule: PLATFORM.loadBalancerRange,
    given: { ...GENERIC, ...network({ loadBalancer: ["192.168.100.8/31", "192.168.100.10/32"] }) },
    at: ["platform", "network.loadBalancer[1]", "192.168.100.10/32"],
    says: ["of the API server"],
    allowed: { ...GENERIC, ...network({ loadBalancer: ["192.168.100.8/31"] }) },
  },
  {
    rule: PLATFORM.loadBalancerRange,
    given: network({ loadBalancer: ["192.168.100.250-192.168.100.200"] }),
    at: ["platform", "network.loadBalancer[0]", "192.168.100.250-192.168.100.200"],
    says: ["does not run upwards"],
    allowed: network({ loadBalancer: ["192.168.100.200-192.168.100.250"] }),
  },
  {
    rule: PLATFORM.loadBalancerRange,
    given: network({ loadBalancer: ["192.168.100.192/26", "192.168.100.200/32", "192.168.100.220/32"] }),
    at: ["platform", "network.loadBalancer[1]", "192.168.100.200/32"],
    says: ["overlaps 192.168.100.192/26"],
    allowed: network({ loadBalancer: ["192.168.100.192/28", "192.168.100.220/32"] }),
  },
  {
    rule: PLATFORM.rangeSize,
    given: network({ service: "10.96.0.0/29" }),
    at: ["platform", "network.service", "10.96.0.0/29"],
    says: ["8 addresses"],
    allowed: network({ service: "10.96.0.0/28" }),
  },
  {
    rule: PLATFORM.rangeSize,
    given: network({ service: "fd00:96::/112" }),
    at: ["platform", "network.service", "fd00:96::/112"],
    says: ["another IP version"],
    allowed: network({ service: "fd00:96::/112", pod: "fd00:10::/64", join: "fd00:64::/64" }),
  },
  {
    rule: PLATFORM.apiServer,
    given: { distribution: "generic" },
    at: ["platform", "apiServer", undefined],
    says: ["Nothing says where"],
    allowed: GENERIC,
  },
  {
    rule: PLATFORM.apiServer,
    given: { ...GENERIC, apiServer: { host: "kubernetes.default.svc", port: 443 } },
    at: ["platform", "apiServer", '{"host":"kubernetes.default.svc","port":443}'],
    says: ["is a Service"],
    allowed: GENERIC,
  },
  {
    rule: PLATFORM.apiServer,
    given: { ...GENERIC, apiServer: { host: "192.168.100.10", port: 0 } },
    at: ["platform", "apiServer", '{"host":"192.168.100.10","port":0}'],
    says: ["192.168.100.10:0 is not an address"],
    allowed: GENERIC,
  },
  {
    rule: PLATFORM.chartSource,
    given: of(
      component("agent", {
        phase: "host",
        chart: { source: "helm", url: "http://charts.cozy-system.svc", chart: "agent", version: "1.0.0" },
      }),
    ),
    at: ["platform/agent", "chart.url", "http://charts.cozy-system.svc"],
    says: ["is in the cluster"],
    allowed: of(
      component("agent", {
        chart: { source: "helm", url: "http://charts.cozy-system.svc", chart: "agent", version: "1.0.0" },
      }),
    ),
  },
  {
    rule: PLATFORM.directDelivery,
    given: of(component("shop", { delivery: "direct" })),
    at: ["platform/shop", "delivery", "direct"],
    says: ["does not provide Flux"],
    allowed: of(component("shop")),
  },
  {
    rule: CORE.name,
    given: of(component("s".repeat(54), { namespace: shared })),
    at: [`platform/${"s".repeat(54)}`, "name", "s".repeat(54)],
    says: ["at most 53"],
    allowed: of(component("s".repeat(53), { namespace: shared })),
  },
  {
    rule: CORE.name,
    given: { host: "cloud.example.com." },
    at: ["platform", "host", "cloud.example.com."],
    says: ["is not a domain"],
    allowed: { host: "cloud.example.com", clusterDomain: "cozy.local" },
  },
  {
    rule: CORE.overlap,
    given: network({ nodePod: "10.244.128.0/17" }),
    at: ["platform", "network.nodePod", "10.244.128.0/17"],
    says: ["pods of platform"],
    allowed: network({ nodePod: "10.245.128.0/17" }),
  },
  {
    rule: CORE.overlap,
    given: network({ loadBalancer: ["192.168.100.250-192.168.101.5"] }),
    at: ["platform", "network.loadBalancer[0]", "192.168.100.250/31"],
    says: ["load balancers"],
    allowed: network({ loadBalancer: ["192.168.101.5-192.168.101.9"] }),
  },
];

describe("a platform is refused", () => {
  it.each(cases.map((one) => [`${one.rule.code} ${one.says[0]}`, one] as const))("%s", (_, one) => {
    const { refusals } = plan(one.given);
    const found = refusals.find(({ code }) => code === one.rule.code);
    expect([found?.path, found?.property, found?.value]).toEqual(one.at);
    for (const words of one.says) expect(found?.summary).toContain(words);
    const codes = plan(one.allowed).refusals.map((refusal) => refusal.message);
    expect(codes).toEqual([]);
  });

  it("for a circle, naming the way round", () => {
    const a = component("a", { provides: kinds("a", "A"), requires: kinds("c", "C") });
    const b = component("b", { provides: kinds("b", "B"), requires: kinds("a", "A") });
    const c = component("c", { provides: kinds("c", "C"), requires: kinds("b", "B") });
    const { plan: none, refusals } = plan(of(component("d", { requires: [a] }), c, b, a));
    expect(none).toBeUndefined();
    expect(refusals.map(({ code, path, summary }) => [code, path, summary])).toEqual([
      [
        PLATFORM.cycle.code,
        "platform/c",
        "Releases wait for each other in a circle: platform/c -> platform/b -> platform/a -> platform/c",
      ],
    ]);
  });

  it("for all that is wrong at once", () => {
    const { refusals } = plan({
      ...of(shop, component("till", { requires: ["storage"] })),
      ...addresses("10.0.0.1", "10.0.0.2"),
    });
    const codes = refusals.map(({ code }) => code);
    expect(codes).toEqual(["PL5001", "PL5001", "PL5012", "PL5011", "PL5011"]);
  });

  it("with a pod network in a hosted cluster", () => {
    const { refusals } = plan({ distribution: "hosted", preset: hosted, components: [cilium] });
    expect(refusals.map(({ code }) => code)).toEqual(["PL5009"]);
  });
});
