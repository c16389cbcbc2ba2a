import type { Rule } from "@plinth/core";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import * as catalogue from "./catalogue/index.js";
import { configure, type Setting } from "./configure.js";
import type { AnyComponent, Component } from "./definition.js";
import { distro, full, minimal } from "./presets.js";
import { plan } from "./testing/planned.js";

const REPLICAS: Rule = { code: "PL9900", rule: "A shop has a till at least", cause: "Nobody can pay" };

/** A component of somebody's own, as docs/platform.md has it. */
const shop: Component<{ readonly replicas: number; readonly banner: string }> = {
  name: "shop",
  namespace: { name: "shop" },
  chart: { source: "oci", url: "oci://registry.example.com/charts", chart: "shop", version: "1.4.2" },
  check({ settings: { replicas = 1 } }, check) {
    if (replicas >= 1) return;
    check.refuse(REPLICAS, { property: "replicas", value: replicas, message: "There is no till", fix: "write 1" });
  },
  values: ({ replicas = 1, banner = "" }, { host }) => ({
    replicaCount: replicas,
    host: `shop.${host}`,
    banner: banner.trim(),
  }),
};

const shops = (settings: Partial<{ replicas: number; banner: string }>) =>
  plan({ preset: minimal, components: [shop], configure: [configure(shop, settings, { values: { color: "red" } })] });

describe("a component of one's own", () => {
  it("refuses what was set for it, at the path of its release", () => {
    const { refusals } = shops({ replicas: 0 });
    expect(refusals.map(({ code, path, property, value }) => [code, path, property, value])).toEqual([
      ["PL9900", "platform/shop", "replicas", "0"],
    ]);
  });

  it("takes what is right, and is checked where nothing was set", () => {
    expect(shops({ replicas: 2 }).refusals).toEqual([]);
    const never: AnyComponent = { ...shop, check: (_, check) => check.refuse(REPLICAS, { message: "no", fix: "yes" }) };
    expect(plan({ preset: minimal, components: [never] }).refusals.map(({ code }) => code)).toEqual(["PL9900"]);
  });

  it("is refused together with all else, and its values are not asked for what they cannot read", () => {
    const wrong = { replicas: 0, banner: null as never };
    const { refusals, plan: planned } = plan({
      preset: minimal,
      components: [shop],
      machines: [],
      configure: [configure(shop, wrong)],
    });
    expect(refusals.map(({ code }) => code)).toEqual(["PL5012", "PL9900"]);
    expect(planned).toBeDefined();
  });

  it("sees what is laid over its values, and the platform", () => {
    const seen = {};
    const look: AnyComponent = { ...shop, check: (given) => void Object.assign(seen, given) };
    const over = [
      configure(look, { a: 1 }, { values: { x: { y: 1 } } }),
      configure(look, { b: 2 }, { values: { x: { z: 2 } } }),
    ];
    const { refusals } = plan({ preset: minimal, components: [look], configure: over, host: "cloud.dev" });
    expect(refusals).toEqual([]);
    expect(seen).toMatchObject({
      settings: { a: 1, b: 2 },
      values: { x: { y: 1, z: 2 } },
      platform: { host: "cloud.dev", distribution: "talos" },
    });
  });
});

const GPU = { pciVendorSelector: "10DE:2335", resourceName: "nvidia.com/GH100" };
const T4 = { mdevNameSelector: "GRID T4-1Q", resourceName: "nvidia.com/GRID_T4-1Q" };
const STORE = { name: "short", retentionPeriod: "3d", deduplicationInterval: "15s", storage: "5Gi" } as const;
const pci = (change: Partial<typeof GPU>) => configure(catalogue.kubevirt, { pciDevices: [{ ...GPU, ...change }] });
const mediated = (change: Partial<typeof T4>) =>
  configure(catalogue.kubevirt, { mediatedDevices: [{ ...T4, ...change }] });
const dns = (...dns01Nameservers: string[]) => configure(catalogue.certManager, { dns01Nameservers });
const store = (change: object) =>
  configure(catalogue.monitoring, { metricsStorages: [{ ...STORE, ...change }] as never });
const kubeovn = (values: object) => configure(catalogue.kubeovn, {}, { values: { "kube-ovn": values } as never });
const metallb = (bgp: "frr" | "native" | undefined, values: object) =>
  configure(catalogue.metallb, bgp === undefined ? {} : { bgp }, { values: values as never });

const refused: [what: string, setting: Setting, code: string, path: string, property: string][] = [
  ["a PCI device by its name", pci({ pciVendorSelector: "H200" }), "PL5071", "kubevirt", "pciDevices[0]"],
  ["a resource without a domain", pci({ resourceName: "gpu" }), "PL5071", "kubevirt", "pciDevices[0]"],
  ["a resource of Kubernetes' own", pci({ resourceName: "kubernetes.io/gpu" }), "PL5071", "kubevirt", "pciDevices[0]"],
  ["a resource that is a quota", pci({ resourceName: "requests.dev/gpu" }), "PL5071", "kubevirt", "pciDevices[0]"],
  ["a share without a type", mediated({ mdevNameSelector: " " }), "PL5071", "kubevirt", "mediatedDevices[0]"],
  [
    "a share twice",
    configure(catalogue.kubevirt, { mediatedDevices: [T4, { ...T4, mdevNameSelector: "GRID_T4-1Q" }] }),
    "PL5071",
    "kubevirt",
    "mediatedDevices[1]",
  ],
  [
    "a gate twice",
    configure(catalogue.kubevirt, { featureGates: ["Root", "Root"] }),
    "PL5070",
    "kubevirt",
    "featureGates[1]",
  ],
  [
    "half a core",
    configure(catalogue.kubevirt, { cpuAllocationRatio: 0.5 }),
    "PL5072",
    "kubevirt",
    "cpuAllocationRatio",
  ],
  ["a name server without a port", dns("1.1.1.1:53", "1.1.1.1"), "PL5021", "cert-manager", "dns01Nameservers[1]"],
  ["two name servers in one", dns("1.1.1.1:53,8.8.8.8:53"), "PL5021", "cert-manager", "dns01Nameservers[0]"],
  ["no controller", configure(catalogue.certManager, { replicas: 0 }), "PL5020", "cert-manager", "replicas"],
  [
    "the old switch for CRDs",
    configure(catalogue.certManager, {}, { values: { installCRDs: true } }),
    "PL5025",
    "cert-manager",
    "values.installCRDs",
  ],
  ["one and a half controllers", configure(catalogue.kamaji, { replicas: 1.5 }), "PL5020", "kamaji", "replicas"],
  ["no minutes", configure(catalogue.linstor, { autoDiskfulMinutes: 0 }), "PL5020", "linstor", "autoDiskfulMinutes"],
  ["FRR twice", metallb(undefined, { speaker: { frr: { enabled: true } } }), "PL5025", "metallb", "values"],
  ["FRR twice, the other way round", metallb("frr", { frrk8s: { enabled: true } }), "PL5025", "metallb", "values"],
  [
    "a page that is another chart's",
    configure(catalogue.dashboard, { exposedServices: ["dashboard", "api"] }),
    "PL5026",
    "dashboard",
    "exposedServices[1]",
  ],
  [
    "pods' range as a value",
    kubeovn({ ipv4: { POD_CIDR: "10.1.0.0/16" } }),
    "PL5024",
    "kubeovn",
    "values.kube-ovn.ipv4.POD_CIDR",
  ],
  ["masters as a value", kubeovn({ MASTER_NODES: "10.0.0.1" }), "PL5024", "kubeovn", "values.kube-ovn.MASTER_NODES"],
  [
    "a retention in minutes",
    store({ retentionPeriod: "90m" }),
    "PL5023",
    "monitoring",
    "metricsStorages[0].retentionPeriod",
  ],
  ["a store without a name", store({ name: "Short Term" }), "PL5023", "monitoring", "metricsStorages[0].name"],
  ["a size that is none", store({ storage: "5 GB" }), "PL1006", "monitoring", "metricsStorages[0].storage"],
  [
    "an interval that is none",
    store({ deduplicationInterval: "often" }),
    "PL1007",
    "monitoring",
    "metricsStorages[0].deduplicationInterval",
  ],
  [
    "a limit that is none",
    store({ limits: { vmselect: { cpu: "half", memory: "1Gi" } } }),
    "PL5077",
    "monitoring",
    "metricsStorages[0].limits.vmselect.cpu",
  ],
  [
    "logs without a size",
    configure(catalogue.monitoring, { logsStorage: "big" as never }),
    "PL1006",
    "monitoring",
    "logsStorage",
  ],
];

const UPLOAD = "uploadProxyUrl";
for (const url of ["upload.cloud.dev:443", "upload.cloud.dev", "ftp://upload.cloud.dev", ""]) {
  const setting = configure(catalogue.kubevirtCdi, { uploadProxyUrl: url });
  refused.push([`an upload to ${JSON.stringify(url)}`, setting, "PL5073", "kubevirt-cdi", UPLOAD]);
}

const taken: readonly [what: string, setting: Setting][] = [
  ["a PCI device", pci({})],
  ["a PCI device in small letters", pci({ pciVendorSelector: "10de:2335" })],
  ["a share of a device", mediated({})],
  [
    "name servers of all forms",
    dns("1.1.1.1:53", "[2606:4700:4700::1111]:53", "dns.example.com:53", "https://1.1.1.1/dns-query"),
  ],
  ["diskless for ever", configure(catalogue.linstor, { autoDiskfulMinutes: false })],
  ["an upload to a URL", configure(catalogue.kubevirtCdi, { uploadProxyUrl: "https://upload.cloud.dev:8443" })],
  ["FRR by itself", metallb("frr", {})],
  ["no FRR, by a value", metallb(undefined, { frrk8s: { enabled: false }, speaker: { frr: { enabled: true } } })],
  ["a dashboard from inside only", configure(catalogue.dashboard, { exposedServices: [] })],
  ["other values of kube-ovn", kubeovn({ ipv4: { PINGER_EXTERNAL_ADDRESS: "192.0.2.1" } })],
  ["months", store({ retentionPeriod: "1" })],
];

describe("components of the catalogue", () => {
  it.each(refused)("refuse %s", (_, setting, code, name, property) => {
    const { refusals } = plan({ preset: full, configure: [setting] });
    expect(refusals.map((one) => [one.code, one.path, one.property])).toEqual([[code, `platform/${name}`, property]]);
  });

  it.each(taken)("take %s", (_, setting) => {
    expect(plan({ preset: full, configure: [setting] }).refusals).toEqual([]);
  });

  it("refuse gateways where their kinds are not, and say where interfaces are not used", () => {
    const gateways = configure(catalogue.cilium, { gatewayApi: true });
    const { refusals } = plan({ preset: minimal, configure: [gateways] });
    expect(refusals.map(({ code, path }) => [code, path])).toEqual([["PL5022", "platform/cilium"]]);
    expect(plan({ preset: full, configure: [gateways] }).refusals).toEqual([]);
    const devices = configure(catalogue.cilium, { devices: ["eth0"] });
    expect(plan({ preset: full, configure: [devices] }).warnings).toEqual([
      expect.stringContaining("platform/cilium: devices is not used"),
    ]);
    expect(plan({ preset: distro, configure: [devices] }).warnings).toEqual([]);
  });

  it("hand shares of devices down, with their gate", () => {
    const { plan: planned } = plan({ preset: full, configure: [mediated({})] });
    expect(planned?.releases.find(({ name }) => name === "kubevirt")?.values).toMatchObject({
      extraFeatureGates: ["HostDevices"],
      permittedHostDevices: { mediatedDevices: [T4] },
    });
  });
});

describe("what is not known while a program is planned", () => {
  const output = pulumi.secret("x") as never;
  const later = Promise.resolve("x") as never;
  const taking: AnyComponent = { ...shop, values: () => ({ database: { hosts: ["a", output] } }) };
  const readsAll: AnyComponent = { ...shop, check: ({ settings }) => void JSON.stringify(settings) };
  const reference = { kind: "Secret", name: output } as const;
  const overlaid = { values: { database: output } };

  it.each<[what: string, setting: Setting, property: string]>([
    ["a setting of the catalogue", configure(catalogue.certManager, { replicas: output }), "replicas"],
    [
      "one inside",
      configure(catalogue.certManager, { dns01Nameservers: ["1.1.1.1:53", output] }),
      "dns01Nameservers[1]",
    ],
    ["a promise", configure(catalogue.linstor, { autoDiskfulMinutes: later }), "autoDiskfulMinutes"],
    ["all settings", configure(catalogue.linstor, output), "settings"],
    ["a value", configure(catalogue.cilium, {}, { values: { a: [{ b: output }] } }), "values.a[0].b"],
    ["a password", configure(catalogue.cilium, {}, { values: { password: output } }), "values.password"],
    ["the name of a Secret", configure(catalogue.cilium, {}, { valuesFrom: [reference] }), "valuesFrom[0].name"],
    ["a setting of one's own", configure(readsAll, { banner: output }), "banner"],
    ["a value of one's own", configure(taking, {}), "values.database.hosts[1]"],
    [
      "a value that another is laid over",
      configure({ ...shop, values: () => overlaid.values }, {}, { values: { database: { a: 1 } } }),
      "values.database",
    ],
  ])("is refused at its place: %s", (_, setting, property) => {
    const { component } = setting;
    const { refusals, plan: planned } = plan({ preset: full, components: [component], configure: [setting] });
    expect(refusals.map((one) => [one.code, one.path, one.property])).toEqual([
      ["PL5027", `platform/${component.name}`, property],
    ]);
    // what was planned explains the refusal, and is written down for that
    expect(() => JSON.stringify(planned?.releases)).not.toThrow();
  });

  it("says how a value gets there all the same", () => {
    const setting = configure(shop, {}, { values: { database: { host: output } } });
    const { refusals } = plan({ preset: minimal, components: [shop], configure: [setting] });
    expect(refusals[0]?.fix).toContain('targetPath: "database.host"');
  });
});
