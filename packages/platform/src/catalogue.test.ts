import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import * as catalogue from "./catalogue/index.js";
import { ARTIFACT, VERSIONS } from "./catalogue/versions.js";
import { type AnyComponent, configure, type Preset } from "./index.js";
import { plan } from "./testing/planned.js";

const CRDS = fileURLToPath(new URL("../../api/data/crds/", import.meta.url));

const all: readonly AnyComponent[] = [
  ...Object.values(catalogue).filter((one): one is AnyComponent => "chart" in one),
  ...Object.values(catalogue.APPLICATIONS),
];

describe("the catalogue", () => {
  it("has each component once, by name", () => {
    const names = all.map(({ name }) => name);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
    expect(names.length).toBeGreaterThan(90);
  });

  it("has exact versions, each with where it was read", () => {
    for (const { chart } of all) expect(chart.version).toMatch(/^v?\d+\.\d+\.\d+$/);
    for (const { readFrom } of [ARTIFACT, ...Object.values(VERSIONS)]) {
      expect(readFrom).toMatch(/^[\w-]+\/[\w-]+:.+/);
    }
  });

  it("has a digest where a source gives one, and none that is made up", () => {
    const digests = new Set(all.flatMap(({ chart }) => chart.digest ?? []));
    expect([...digests]).toEqual([ARTIFACT.digest]);
    expect(ARTIFACT.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    const { plan: planned } = plan();
    expect(planned?.withoutDigest).toEqual(
      [
        "cozy-fluxcd",
        "cert-manager",
        "metallb",
        "redis-operator",
        "telepresence",
        "victoria-metrics-operator",
        "mariadb-operator",
        "capi-operator",
      ].map((name) => `platform/${name}`),
    );
  });

  it("has the library with those charts that are a link to it in Cozystack's repository", () => {
    const libraries = all.flatMap(({ name, chart }) => ("libraries" in chart ? [[name, chart.libraries]] : []));
    expect(libraries).toEqual([
      ["monitoring", ["library/cozy-lib"]],
      ["keycloak", ["library/cozy-lib"]],
    ]);
  });

  it("offers the chart of each application, and of what that makes releases of, by the names that its definition has", () => {
    const { postgres, kubernetes, seaweedfs, virtualprivatecloud } = catalogue.APPLICATIONS;
    const libraries = ["library/cozy-lib"];
    expect(postgres.externalCharts).toEqual([
      { name: "cozystack-postgres-application-default-postgres", path: "apps/postgres", libraries },
    ]);
    expect(virtualprivatecloud.externalCharts?.map(({ name, path }) => [name, path])).toEqual([
      ["cozystack-virtualprivatecloud-application-kubevirt-virtualprivatecloud", "apps/vpc"],
    ]);
    expect(seaweedfs.externalCharts?.map(({ name }) => name)).toEqual([
      "cozystack-seaweedfs-application-default-seaweedfs",
      "cozystack-seaweedfs-application-default-seaweedfs-db",
      "cozystack-seaweedfs-application-default-seaweedfs-system",
    ]);
    const ofKubernetes = new Map(kubernetes.externalCharts?.map((one) => [one.name, one.path]));
    expect(ofKubernetes.size).toBe(21);
    const prefix = "cozystack-kubernetes-application-kubevirt-kubernetes";
    expect(ofKubernetes.get(`${prefix}-volumesnapshot-crd`)).toBe("system/vsnap-crd");
    expect(ofKubernetes.get(`${prefix}-cilium`)).toBe("system/cilium");
    const names = all.flatMap(({ externalCharts = [] }) => externalCharts.map(({ name }) => name));
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBe(56);
  });

  it("offers none where a mirror has each chart by itself", () => {
    const offered = (mirror: `oci://${string}` | undefined) =>
      plan({ mirror }).plan?.releases.flatMap(({ externalCharts = [] }) => externalCharts).length;
    expect(offered(undefined)).toBeGreaterThan(50);
    expect(offered("oci://registry.example.com/charts")).toBe(0);
  });

  it("is closed as a whole: with all that no preset has", () => {
    const whole: Preset = { name: "whole", components: all };
    expect(plan({ preset: whole }).refusals.map(({ message }) => message)).toEqual([]);
  });

  it("has an owner of every kind that we emit into a platform, under the name that its CRD has", () => {
    const owned = new Map(
      all.flatMap(({ name, provides = [] }) =>
        provides.flatMap((one) => (typeof one === "string" ? [] : [[`${one.group}/${one.kind}`, name] as const])),
      ),
    );
    const owners = ["cdi", "cert-manager", "flux", "kube-ovn", "kubevirt", "metallb", "piraeus-operator"].map(
      (folder) => {
        const texts = readdirSync(CRDS + folder)
          .filter((file) => /\.ya?ml$/.test(file))
          .flatMap((file) => readFileSync(`${CRDS}${folder}/${file}`, "utf8").split(/^---$/m));
        const found = texts.flatMap((text) => {
          const group = /^ {2}group: (\S+)/m.exec(text)?.[1];
          const kind = /^ {4}kind: (\S+)/m.exec(text)?.[1];
          return group === undefined || kind === undefined ? [] : [owned.get(`${group}/${kind}`) ?? `nobody: ${kind}`];
        });
        return [folder, [...new Set(found)].sort()];
      },
    );
    expect(Object.fromEntries(owners)).toEqual({
      cdi: ["kubevirt-cdi-operator"],
      "cert-manager": ["cert-manager"],
      flux: ["cozy-fluxcd"],
      "kube-ovn": ["kubeovn"],
      kubevirt: ["kubevirt-operator"],
      metallb: ["metallb"],
      "piraeus-operator": ["piraeus-operator"],
    });
  });
});

describe("what people set", () => {
  const values = (...settings: readonly ReturnType<typeof configure>[]): Record<string, object> => {
    const releases = plan({ configure: settings }).plan?.releases ?? [];
    return Object.fromEntries(releases.map((release) => [release.name, release.values]));
  };

  it("reaches the charts", () => {
    const set = values(
      configure(catalogue.kubevirt, {
        cpuAllocationRatio: 4,
        pciDevices: [
          { pciVendorSelector: "10DE:2335", resourceName: "nvidia.com/H200", externalResourceProvider: true },
        ],
      }),
      configure(catalogue.kubevirtCdi, { cloneStrategy: "copy" }),
      configure(catalogue.certManager, { dns01Nameservers: ["1.1.1.1:53"] }),
      configure(catalogue.certManagerIssuers, { solver: "dns01" }),
      configure(catalogue.linstor, { autoDiskfulMinutes: false }),
      configure(catalogue.cilium, { hubble: true }),
      configure(catalogue.kamaji, { replicas: 3 }),
      configure(catalogue.dashboard, { exposedServices: [] }),
    );
    expect(set.kubevirt).toMatchObject({
      cpuAllocationRatio: 4,
      extraFeatureGates: ["HostDevices"],
      permittedHostDevices: { pciHostDevices: [{ pciVendorSelector: "10DE:2335" }] },
    });
    expect(set["kubevirt-cdi"]).toMatchObject({ cloneStrategyOverride: "copy" });
    expect(set["cert-manager"]).toMatchObject({
      dns01RecursiveNameservers: "1.1.1.1:53",
      crds: { enabled: true },
      prometheus: { servicemonitor: { enabled: true } },
    });
    expect(set["cert-manager-issuers"]).toMatchObject({
      _cluster: { solver: "dns01", "dns01-provider": "cloudflare" },
    });
    expect(set.linstor).toMatchObject({ linstor: { autoDiskful: { enabled: false } } });
    expect(set.cilium).toMatchObject({ cilium: { hubble: { enabled: true } } });
    expect(set.kamaji).toMatchObject({ kamaji: { replicaCount: 3 } });
    expect(set.dashboard).toMatchObject({
      _cluster: { "expose-services": "", "root-host": "cloud.local" },
    });
  });

  it("is safe where nothing is set", () => {
    const set = values();
    expect(set["cert-manager"]).toMatchObject({ webhook: { securePort: 10260 }, crds: { keep: true } });
    expect(set.kubevirt).toMatchObject({ extraFeatureGates: [], permittedHostDevices: {} });
    expect(set["piraeus-operator"]).toEqual({ piraeus: { installCRDs: true } });
    expect(set.metallb).toMatchObject({ frrk8s: { enabled: true }, speaker: { frr: { enabled: false } } });
  });

  it("has the cluster's own domain wherever a chart has another", () => {
    const releases = plan({ clusterDomain: "cozy.local" }).plan?.releases ?? [];
    const having = releases
      .filter(({ values: given }) => JSON.stringify(given).includes("cozy.local"))
      .map(({ name }) => name);
    expect(having).toEqual(
      expect.arrayContaining(["mariadb-operator", "kafka-operator", "etcd-operator", "vertical-pod-autoscaler"]),
    );
    expect(JSON.stringify(plan().plan?.releases)).not.toContain("cozy.local");
  });

  it("goes without monitors where their kind is not served", () => {
    const { plan: planned } = plan({
      preset: { name: "small", components: [catalogue.fluxcd, catalogue.cilium, catalogue.certManager] },
    });
    const release = planned?.releases.find(({ name }) => name === "cert-manager");
    expect(release?.values).toMatchObject({ prometheus: { servicemonitor: { enabled: false } } });
    expect(release?.uses).toEqual([]);
  });
});
