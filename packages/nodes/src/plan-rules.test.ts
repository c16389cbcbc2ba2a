import { NodeGroup } from "@plinth/api/deckhouse";
import { validateObject } from "@plinth/api/testing";
import { CORE, type Rule } from "@plinth/core";
import { Chart, Testing } from "cdk8s";
import { describe, expect, it } from "vitest";
import { type NodeGroupProps, placementOf } from "./plan.js";
import type { Machine, Size, Taint } from "./props.js";
import { NODES } from "./rules.js";
import { type Around, GROUP_PROPS, networkPlan, place, planGroup } from "./testing/refused.js";

/** One way to break a rule. */
interface Case {
  readonly rule: Rule;
  readonly given: Partial<NodeGroupProps>;
  readonly around?: Around;
  /** Property, value and fix of the refusal. */
  readonly refused: readonly [property: string, value: string | undefined, fix: string];
  /** The nearest that is allowed, often what the fix says. */
  readonly allowed: Partial<NodeGroupProps>;
}

const machine = (change: object): Partial<NodeGroupProps> => ({ machine: { ...GROUP_PROPS.machine, ...change } });
const taints = (...given: readonly object[]): Partial<NodeGroupProps> => ({ taints: given as readonly Taint[] });
/** What the compiler refuses: programs in JavaScript can still give it. */
const zones = (...given: readonly string[]): Partial<NodeGroupProps> => ({ zones: given as unknown as [string] });

const SIZE_FIX = "use whole numbers from 0, for example { min: 0, max: 10 } or { replicas: 3 }";
const MACHINE_FIX = "use whole numbers of cores, of Mi or Gi of memory and of Gi of disk, for example 4, 8Gi and 50Gi";
const LABEL_FIX =
  "use a key of your own, like node-role/cloud-worker, and a value of at most 63 letters, digits, hyphens, dots";
const TAINT_FIX = "write it like dedicated=burst, with an effect of NoSchedule, PreferNoSchedule, NoExecute";
const KEY_FIX =
  'use the key "dedicated", or name the key in the cluster\'s customTolerationKeys and in engine.customTolerationKeys';

const OPEN_FIX = "leave taints out for dedicated=burst:NoSchedule, or add one of effect NoSchedule or NoExecute";
const CONTROL_PLANE_FIX = "use a name, label or taint of your own, for example node-role/cloud-worker";
const NAME_FIX = "give a name of at most 255 letters, digits, hyphens and underscores, for example k8s_l3vpn";

const dedicated = { key: "dedicated", value: "burst", effect: "NoExecute" };
const domain = (length: number): string => `${"d".repeat(length - 4)}.net`;

const cases: readonly Case[] = [
  {
    rule: NODES.size,
    given: { size: { min: 11, max: 10 } },
    refused: ["size", '{"min":11,"max":10}', "swap them: { min: 10, max: 11 }"],
    allowed: { size: { min: 10, max: 10 } },
  },
  {
    rule: NODES.size,
    given: { size: { min: -1, max: 10 } },
    refused: ["size", '{"min":-1,"max":10}', SIZE_FIX],
    allowed: { size: { min: 0, max: 0 } },
  },
  {
    rule: NODES.size,
    given: { size: { replicas: 1.5 } },
    refused: ["size", '{"replicas":1.5}', SIZE_FIX],
    allowed: { size: { replicas: 2 } },
  },
  {
    rule: NODES.size,
    given: { surge: -1 },
    refused: ["surge", "-1", "use 1, or 0 where the cloud has no room for one more"],
    allowed: { surge: 0 },
  },
  {
    rule: NODES.zones,
    given: zones(),
    refused: ["zones", "[]", 'name each availability zone once, for example ["ru-3a"]'],
    allowed: zones("ru-3a"),
  },
  {
    rule: NODES.zones,
    given: zones("ru-3a", "ru-3a"),
    around: { zones: ["ru-3a", "ru-3b"] },
    refused: ["zones", '["ru-3a","ru-3a"]', 'name each availability zone once, for example ["ru-3a","ru-3b"]'],
    allowed: zones("ru-3a", "ru-3b"),
  },
  {
    rule: NODES.zones,
    given: zones(""),
    refused: ["zones", '[""]', 'name each availability zone once, for example ["ru-3a"]'],
    allowed: zones("a"),
  },
  {
    rule: NODES.zoneUnknown,
    given: zones("ru-3a", "ru-3c"),
    around: { zones: ["ru-3a", "ru-3b"] },
    refused: ["zones", "ru-3c", "use ru-3a, ru-3b, or add it to the cloud provider's zones"],
    allowed: zones("ru-3b"),
  },
  {
    rule: NODES.groupName,
    given: { name: "g".repeat(43) },
    refused: ["name", "g".repeat(43), "give a shorter or simpler name, for example cloud-worker"],
    allowed: { name: "g".repeat(42) },
  },
  {
    rule: NODES.groupName,
    given: { name: "cloud_worker" },
    refused: ["name", "cloud_worker", "give a shorter or simpler name, for example cloud-worker"],
    allowed: { name: "cloud-worker" },
  },
  {
    rule: NODES.taintKey,
    given: taints({ ...dedicated, key: "burst" }),
    refused: ["taints[0].key", "burst", KEY_FIX],
    allowed: taints(dedicated, { ...dedicated, key: "dedicated.deckhouse.io" }),
  },
  {
    rule: NODES.taintKey,
    given: taints(dedicated, { ...dedicated, key: "dedicated.example.com" }),
    around: { customTolerationKeys: ["dedicated.client.com"] },
    refused: ["taints[1].key", "dedicated.example.com", KEY_FIX],
    allowed: taints(dedicated, { ...dedicated, key: "dedicated.client.com" }),
  },
  {
    rule: NODES.taint,
    given: taints({ ...dedicated, effect: "NoRun" }),
    refused: ["taints[0]", '{"key":"dedicated","value":"burst","effect":"NoRun"}', TAINT_FIX],
    allowed: taints(dedicated, { ...dedicated, effect: "PreferNoSchedule" }),
  },
  {
    rule: NODES.taint,
    given: taints({ ...dedicated, value: "v".repeat(64) }),
    refused: ["taints[0]", `{"key":"dedicated","value":"${"v".repeat(64)}","effect":"NoExecute"}`, TAINT_FIX],
    allowed: taints({ ...dedicated, value: "v".repeat(63) }),
  },
  {
    rule: NODES.taint,
    given: taints({ key: "a b", effect: "NoSchedule" }),
    around: { customTolerationKeys: ["a b", "a.b"] },
    refused: ["taints[0]", '{"key":"a b","effect":"NoSchedule"}', TAINT_FIX],
    allowed: taints({ key: "a.b", effect: "NoSchedule" }),
  },
  {
    rule: NODES.taint,
    given: taints(dedicated, { ...dedicated, value: "other" }),
    refused: ["taints[1]", '{"key":"dedicated","value":"other","effect":"NoExecute"}', "leave one of the two out"],
    allowed: taints(dedicated, { ...dedicated, effect: "NoSchedule" }),
  },
  {
    rule: NODES.machine,
    given: machine({ cores: 0 }),
    refused: ["machine", '{"cores":0,"memory":"8Gi","disk":"50Gi"}', MACHINE_FIX],
    allowed: machine({ cores: 1 }),
  },
  {
    rule: NODES.machine,
    given: machine({ cores: 1.5 }),
    refused: ["machine", '{"cores":1.5,"memory":"8Gi","disk":"50Gi"}', MACHINE_FIX],
    allowed: machine({ cores: 2 }),
  },
  {
    rule: NODES.machine,
    given: machine({ memory: "8G" }),
    refused: ["machine", '{"cores":4,"memory":"8G","disk":"50Gi"}', MACHINE_FIX],
    allowed: machine({ memory: "7629Mi" }),
  },
  {
    rule: NODES.machine,
    given: machine({ memory: "0Gi" }),
    refused: ["machine", '{"cores":4,"memory":"0Gi","disk":"50Gi"}', MACHINE_FIX],
    allowed: machine({ memory: "1Mi" }),
  },
  {
    rule: NODES.machine,
    given: machine({ disk: "51201Mi" }),
    refused: ["machine", '{"cores":4,"memory":"8Gi","disk":"51201Mi"}', MACHINE_FIX],
    allowed: machine({ disk: "51200Mi" }),
  },
  {
    rule: NODES.addresses,
    given: { size: { min: 0, max: 3 } },
    around: { network: networkPlan({ cidr: "192.168.200.248/29", nextHop: "192.168.200.250" }) },
    refused: ["size", "4", "lower max to 2, or surge, or give the network a larger range"],
    allowed: { size: { min: 0, max: 2 } },
  },
  {
    rule: NODES.addresses,
    given: { ...zones("a", "b"), size: { replicas: 1 }, surge: 1 },
    around: { network: networkPlan({ cidr: "192.168.200.248/29", nextHop: "192.168.200.250" }) },
    refused: ["size", "4", "lower max to 0, or surge, or give the network a larger range"],
    allowed: { ...zones("a", "b"), size: { replicas: 1 }, surge: 0 },
  },
  {
    rule: NODES.serverGroup,
    given: { serverGroup: {} },
    refused: ["serverGroup", undefined, "leave it out, or use the engine clusterApi"],
    allowed: {},
  },
  {
    rule: NODES.label,
    given: { labels: { "node.deckhouse.io/burst": "" } },
    refused: ['labels["node.deckhouse.io/burst"]', '""', LABEL_FIX],
    allowed: { labels: { "mydeckhouse.io/burst": "" } },
  },
  {
    rule: NODES.label,
    given: { labels: { role: "v".repeat(64) } },
    refused: ['labels["role"]', "v".repeat(64), LABEL_FIX],
    allowed: { labels: { role: "v".repeat(63) } },
  },
  {
    rule: NODES.label,
    given: { labels: { [`${domain(254)}/role`]: "x" } },
    refused: [`labels["${domain(254)}/role"]`, "x", LABEL_FIX],
    allowed: { labels: { [`${domain(253)}/role`]: "x" } },
  },
  {
    rule: NODES.label,
    given: { labels: { "example..com/role": "x" } },
    refused: ['labels["example..com/role"]', "x", LABEL_FIX],
    allowed: { labels: { "example.com/role": "x" } },
  },
  {
    rule: CORE.name,
    given: machine({ image: { name: "i".repeat(256), file: "ubuntu.qcow2" } }),
    refused: ["machine.image.name", "i".repeat(256), NAME_FIX],
    allowed: machine({ image: { name: "i".repeat(255), file: "ubuntu.qcow2" } }),
  },
  {
    rule: CORE.name,
    given: machine({ flavor: { name: "c4m8d50 " } }),
    refused: ["machine.flavor.name", "c4m8d50 ", NAME_FIX],
    allowed: machine({ flavor: { existing: true, name: "4 cores, 8 GiB" } }),
  },
  {
    rule: CORE.quantity,
    given: machine({ memory: "8GiB" }),
    refused: ["machine.memory", "8GiB", "write it like 8Gi or 512Mi"],
    allowed: machine({ memory: "8Gi" }),
  },
  {
    rule: NODES.openGroup,
    given: taints(),
    refused: ["taints", "[]", OPEN_FIX],
    allowed: {},
  },
  {
    rule: NODES.openGroup,
    given: taints({ ...dedicated, effect: "PreferNoSchedule" }),
    refused: ["taints", '[{"key":"dedicated","value":"burst","effect":"PreferNoSchedule"}]', OPEN_FIX],
    allowed: taints({ ...dedicated, effect: "NoSchedule" }),
  },
  {
    rule: NODES.controlPlane,
    given: { labels: { "node-role.kubernetes.io/master": "" } },
    refused: ['labels["node-role.kubernetes.io/master"]', '""', CONTROL_PLANE_FIX],
    allowed: { labels: { "node-role.kubernetes.io/burst": "" } },
  },
  {
    rule: NODES.controlPlane,
    given: taints(dedicated, { key: "node-role.kubernetes.io/control-plane", effect: "NoSchedule" }),
    around: { customTolerationKeys: ["node-role.kubernetes.io/control-plane"] },
    refused: ["taints[1].key", "node-role.kubernetes.io/control-plane", CONTROL_PLANE_FIX],
    allowed: taints(dedicated),
  },
  {
    rule: NODES.controlPlane,
    given: { name: "master" },
    refused: ["name", "master", CONTROL_PLANE_FIX],
    allowed: { name: "masters" },
  },
];

describe("each rule of a group", () => {
  it.each(cases)("$rule.code $refused.0 = $refused.1", ({ rule, given, around, refused, allowed }) => {
    const [property, value, fix] = refused;
    const { refusals } = planGroup(given, around);
    expect(refusals.map(place)).toEqual([{ code: rule.code, path: "burst", property, value, fix }]);
    expect(planGroup(allowed, around).refusals.map(place)).toEqual([]);
  });
});

describe("a group", () => {
  it("keeps all pods away that do not mean it, unless it says whom else", () => {
    const own = [{ key: "dedicated", value: "burst", effect: "NoSchedule" }] as const;
    const { plan } = planGroup({});
    expect(plan?.taints).toEqual(own);
    expect(plan && placementOf(plan).tolerations).toEqual([{ ...own[0], operator: "Equal" }]);
    expect(planGroup({ name: "master" }, { engine: { type: "clusterApi" } }).refusals).toEqual([]);
  });

  it("of which only the control plane's pods are kept away is open to them, and refused for that too", () => {
    const only = taints({ key: "node-role.kubernetes.io/control-plane", effect: "NoSchedule" });
    expect(planGroup(only, { engine: { type: "clusterApi" } }).refusals.map(({ code }) => code)).toEqual([
      NODES.controlPlane.code,
      NODES.openGroup.code,
    ]);
  });

  it("is refused for all that is wrong with it, each once", () => {
    const { plan, refusals } = planGroup({
      ...machine({ memory: "lots", disk: "much" }),
      ...zones("x", "x"),
      ...taints({ ...dedicated, key: "mine" }),
      name: "",
      size: { min: 2, max: 1 },
      surge: 0.5,
      labels: { "-": "" },
    });
    expect(plan).toBeUndefined();
    expect(refusals.map(({ code, property }) => [code, property])).toEqual([
      ["PL4004", "name"],
      ["PL1006", "machine.memory"],
      ["PL1006", "machine.disk"],
      ["PL4002", "surge"],
      ["PL4002", "size"],
      ["PL4003", "zones"],
      ["PL4009", 'labels["-"]'],
      ["PL4005", "taints[0].key"],
    ]);
  });

  it("has a fixed size or limits, also where types are not checked", () => {
    for (const size of [
      { min: 1, max: 3, replicas: 2 },
      { max: 3, replicas: 2 },
    ]) {
      const { plan, refusals } = planGroup({ size: size as unknown as Size });
      expect(plan).toBeUndefined();
      expect(refusals).toMatchObject([{ code: "PL4002", property: "size" }]);
    }
  });

  it("is checked as far as it goes when its network was refused", () => {
    const { plan, refusals } = planGroup({ size: { min: 2, max: 1 } }, { network: undefined });
    expect(plan).toBeUndefined();
    expect(refusals.map(({ code }) => code)).toEqual(["PL4002"]);
    expect(planGroup({}, { network: undefined })).toEqual({ plan: undefined, refusals: [] });
  });

  it("counts the machines of a replacement, and says how", () => {
    const { refusals } = planGroup({ size: { min: 1, max: 100 }, surge: 27, zones: ["a", "b"] });
    expect(refusals.map(({ summary }) => summary)).toEqual([
      "(100 + 27 while replacing) x 2 zones = 254 machines, and 192.168.200.0/24 has 252 addresses, of which Neutron takes 1",
    ]);
  });

  it("has no properties but its own, at any depth", () => {
    const misspelt = {
      ...machine({
        ram: "8Gi",
        image: { existing: true, name: "ubuntu", uuid: "u" },
        flavor: { existing: true, id: "f", uuid: "f" } as NonNullable<Machine["flavor"]>,
      }),
      ...taints({ ...dedicated, operator: "Equal" }),
      size: { min: 1, max: 2, desired: 1 },
      zone: "ru-3a",
    };
    const { refusals } = planGroup(misspelt);
    expect(refusals.map(({ code, property }) => `${code} ${property}`)).toEqual([
      "PL1009 zone",
      "PL1009 machine.ram",
      "PL1009 machine.image.uuid",
      "PL1009 machine.flavor.uuid",
      "PL1009 size.desired",
      "PL1009 taints[0].operator",
    ]);
  });

  it.each(["a", "1a", "a-b", "g".repeat(42), "g".repeat(43), "", "A", "a_b", "a.b", "-a", "a-", "ж"])(
    "may have exactly the names that the API server takes: %j",
    (name) => {
      const object = new NodeGroup(new Chart(Testing.app(), "c"), "g", {
        metadata: { name },
        spec: { nodeType: "Static" },
      });
      const taken = validateObject(object.toJson()).length === 0;
      expect(planGroup({ name }).refusals.length === 0).toBe(taken);
    },
  );
});
