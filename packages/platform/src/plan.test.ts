import { describe, expect, it } from "vitest";
import {
  type AnyComponent,
  type Component,
  certManager,
  cilium,
  configure,
  describeLevels,
  describeReason,
  distro,
  fluxcd,
  hosted,
  kinds,
  linstor,
  metallb,
  minimal,
  PRESETS,
  type Preset,
  type Release,
} from "./index.js";
import { component, type Planned, plan, preset } from "./testing/planned.js";

/** Plans a preset where it belongs. */
function planOf(chosen: Preset, disable: readonly AnyComponent[] = []): Planned {
  return chosen === hosted
    ? plan({ distribution: "hosted", preset: chosen, disable })
    : plan({ preset: chosen, disable });
}

/**
 * What cannot run without a component, found anew until nothing changes: another way to the same answer.
 * @returns names, in alphabetical order
 */
function brokenWithout(root: AnyComponent, chosen: Preset): string[] {
  const has = new Set(chosen.components);
  has.delete(root);
  const inCluster = chosen === hosted ? ["network", "storage"] : [];
  const text = (one: unknown): string => {
    if (typeof one === "string") return one;
    const { group, kind } = one as { group: string; kind: string };
    return `${group}/${kind}`;
  };
  for (let size = -1; size !== has.size; ) {
    size = has.size;
    const given = new Set([...inCluster, ...[...has].flatMap(({ provides = [] }) => provides.map(text))]);
    for (const one of has) {
      const { phase = "rest", delivery, requires = [] } = one;
      const implied = [
        ...(delivery === "direct" ? [] : ["helm.toolkit.fluxcd.io/HelmRelease"]),
        ...(phase === "core" || phase === "rest" ? ["network"] : []),
      ];
      const runs = [...implied, ...requires].every((needed) =>
        typeof needed === "object" && "chart" in needed ? has.has(needed) : given.has(text(needed)),
      );
      if (!runs) has.delete(one);
    }
  }
  return chosen.components
    .filter((one) => one !== root && !has.has(one))
    .map(({ name }) => name)
    .sort();
}

describe.each(Object.values(PRESETS).map((one) => [one.name, one] as const))("the preset %s", (_, chosen) => {
  const { plan: planned, refusals } = planOf(chosen);
  const releases = planned?.releases ?? [];

  it("is closed and without circles", () => {
    expect(refusals.map(({ message }) => message)).toEqual([]);
    expect(releases).toHaveLength(chosen.components.length);
  });

  it("installs everything after what it waits for", () => {
    const levels = new Map(releases.map(({ path, level }) => [path, level]));
    const late = releases.flatMap(({ path, level, dependsOn }) =>
      dependsOn.filter((edge) => (levels.get(edge.path) ?? Infinity) >= level).map((edge) => [path, edge.path]),
    );
    expect(late).toEqual([]);
  });

  it.each(chosen.components.map((one) => [one.name, one] as const))(
    "without %s is right, or says all that breaks",
    (_name, one) => {
      const result = planOf(chosen, [one]);
      const broken = brokenWithout(one, chosen);
      if (broken.length === 0) {
        expect(result.refusals).toEqual([]);
        expect(result.plan?.releases).toHaveLength(chosen.components.length - 1);
        return;
      }
      expect(result.refusals.map(({ code, value }) => [code, value])).toEqual([["PL5003", one.name]]);
      const listed = result.refusals[0]?.fix.split("disable with it: ")[1]?.split(", ") ?? [];
      expect(listed.sort()).toEqual(broken);
    },
  );
});

describe("the preset full", () => {
  const { plan: planned } = plan();
  const release = (name: string): Release | undefined => planned?.releases.find((one) => one.name === name);

  it("has every release of the article, in its namespace", () => {
    const article = `cozy-cert-manager/cert-manager cozy-cert-manager/cert-manager-issuers cozy-cilium/cilium
      cozy-cluster-api/capi-operator cozy-cluster-api/capi-providers cozy-dashboard/dashboard cozy-fluxcd/cozy-fluxcd
      cozy-grafana-operator/grafana-operator cozy-kamaji/kamaji cozy-kubeovn/kubeovn cozy-kubevirt-cdi/kubevirt-cdi
      cozy-kubevirt-cdi/kubevirt-cdi-operator cozy-kubevirt/kubevirt cozy-kubevirt/kubevirt-operator cozy-linstor/linstor
      cozy-linstor/piraeus-operator cozy-mariadb-operator/mariadb-operator cozy-metallb/metallb cozy-monitoring/monitoring
      cozy-postgres-operator/postgres-operator cozy-rabbitmq-operator/rabbitmq-operator cozy-redis-operator/redis-operator
      cozy-telepresence/telepresence cozy-victoria-metrics-operator/victoria-metrics-operator`.split(/\s+/);
    expect(article).toHaveLength(24);
    const has = new Set(planned?.releases.map(({ namespace, name }) => `${namespace}/${name}`));
    expect(article.filter((one) => !has.has(one))).toEqual([]);
  });

  it("has the edges that others forgot", () => {
    const edges = (name: string): string[] => release(name)?.dependsOn.map((edge) => edge.name) ?? [];
    expect(edges("mongodb-rd")).toContain("mongodb-operator");
    expect(edges("etcd-rd")).toContain("etcd-operator");
    expect(edges("piraeus-operator")).toContain("prometheus-operator-crds");
    expect(edges("monitoring")).toContain("linstor");
    expect(edges("capi-providers-infraprovider")).toContain("kubevirt");
    expect(edges("capi-providers-cpprovider")).toContain("kamaji");
  });

  it("says for each edge why", () => {
    const why = release("monitoring")?.dependsOn.map(
      ({ name, reasons }) => `${name}: ${reasons.map(describeReason).join(", ")}`,
    );
    expect(why).toContain("linstor: provides volumes");
    expect(why).toContain("cozy-fluxcd: delivers it");
    expect(why).toContain("kubeovn: makes the pod network");
    expect(why).toContain("postgres-operator: defines Cluster.postgresql.cnpg.io");
  });

  it("gives a namespace the level of Pod Security that the most demanding release in it needs", () => {
    const level = (name: string): string | undefined =>
      planned?.namespaces.find((one) => one.name === name)?.podSecurity;
    expect([level("cozy-kubevirt"), level("cozy-cert-manager")]).toEqual(["privileged", "baseline"]);
    expect(planned?.namespaces.filter(({ existing }) => existing).map(({ name }) => name)).toEqual(["kube-system"]);
  });

  it("has the namespaces in which charts have objects beside their own", () => {
    const { plan: without } = plan({
      preset: preset(fluxcd, cilium, component("a", { otherNamespaces: [{ name: "b" }] })),
    });
    expect(without?.namespaces.map(({ name, releases }) => [name, releases])).toEqual([
      ["cozy-fluxcd", ["platform/cozy-fluxcd"]],
      ["cozy-cilium", ["platform/cilium"]],
      ["a", ["platform/a"]],
      ["b", []],
    ]);
    expect(planned?.namespaces.map(({ name }) => name)).toContain("cozy-public");
  });

  it("has phases that follow each other", () => {
    expect(planned?.phases.host.map(({ name }) => name)).toEqual([
      "cozy-fluxcd",
      "gateway-api-crds",
      "prometheus-operator-crds",
    ]);
    expect(planned?.phases.cni.map(({ name }) => name)).toEqual(["cilium", "kubeovn"]);
  });

  it("marks what keeps data", () => {
    const stateful = planned?.releases.filter((one) => one.stateful).map(({ name }) => name);
    expect(stateful?.sort()).toEqual(["linstor", "monitoring", "velero"]);
  });
});

it("levels are told as text", () => {
  const { plan: planned } = plan({ preset: minimal });
  expect(planned && describeLevels(planned)).toBe(
    ["level 0  host  cozy-fluxcd", "level 1  cni   cilium", "level 2  core  cert-manager"].join("\n"),
  );
});

describe("a user", () => {
  it("adds a component of their own", () => {
    const shop: Component<{ replicas: number }> = {
      name: "shop",
      namespace: { name: "shop" },
      chart: { source: "oci", url: "oci://registry.example.com/charts", chart: "shop", version: "1.4.2" },
      requires: [...kinds("cert-manager.io", "Certificate"), ...kinds("postgresql.cnpg.io", "Cluster"), "storage"],
      values: ({ replicas = 1 }) => ({ web: { replicas } }),
    };
    const { plan: planned, refusals } = plan({
      preset: distro,
      components: [shop],
      configure: [configure(shop, { replicas: 3 })],
    });
    expect(refusals).toEqual([]);
    const release = planned?.releases.find(({ name }) => name === "shop");
    expect(release?.dependsOn.map(({ name }) => name)).toEqual([
      "cozy-fluxcd",
      "cilium",
      "cert-manager",
      "linstor",
      "postgres-operator",
    ]);
    expect(release?.values).toEqual({ web: { replicas: 3 } });
    expect(release?.stateful).toBe(true);
  });

  it("adopts a Flux that is there", () => {
    const { plan: planned, refusals } = plan({ flux: { existing: { namespace: "flux-system" } } });
    expect(refusals).toEqual([]);
    expect(planned?.flux).toEqual({ mode: "existing", namespace: "flux-system" });
    expect(planned?.releases.some(({ name }) => name === fluxcd.name)).toBe(false);
    expect(planned?.levels[0]?.map(({ name }) => name)).toEqual(["gateway-api-crds", "prometheus-operator-crds"]);
  });

  it("lays values over those of the platform, and takes another chart", () => {
    const chart = { source: "helm", url: "https://charts.example.com", chart: "metallb", version: "0.17.0" } as const;
    const settings = configure(
      metallb,
      { bgp: "native" },
      { values: { speaker: { logLevel: "debug" } }, chart, valuesFrom: [{ kind: "Secret", name: "peers" }] },
    );
    const { plan: planned } = plan({ configure: [settings] });
    const release = planned?.releases.find(({ name }) => name === "metallb");
    expect(release?.values).toMatchObject({
      frrk8s: { enabled: false },
      speaker: { frr: { enabled: false }, logLevel: "debug" },
    });
    expect(release?.chart).toEqual(chart);
    expect(release?.valuesFrom).toEqual([{ kind: "Secret", name: "peers" }]);
  });

  it("takes all charts from a mirror", () => {
    const { plan: planned } = plan({ mirror: "oci://registry.example.com/plinth" });
    const charts = planned?.releases.map(({ chart }) => chart) ?? [];
    expect(charts.every(({ source, url }) => source === "oci" && url === "oci://registry.example.com/plinth")).toBe(
      true,
    );
    const names = charts.map(({ chart, version }) => `${chart}:${version}`);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
    expect(charts.some((chart) => "path" in chart)).toBe(false);
  });

  it("does not set what a component has not", () => {
    // @ts-expect-error a setting that there is not
    configure(metallb, { bpg: "native" });
    // @ts-expect-error a setting's value that there is not
    configure(linstor, { autoDiskfulMinutes: "30" });
    expect(configure(metallb, { bgp: "native" }).component).toBe(metallb);
  });
});

describe("Flux's own pod", () => {
  it("starts before the pod network, by KubePrism of Talos", () => {
    expect(plan().plan?.flux).toEqual({
      mode: "installed",
      namespace: "cozy-fluxcd",
      pod: {
        hostNetwork: true,
        dnsPolicy: "Default",
        tolerations: [
          { key: "node.kubernetes.io/not-ready", operator: "Exists" },
          { key: "node.kubernetes.io/unreachable", operator: "Exists" },
          { key: "node.cilium.io/agent-not-ready", operator: "Exists" },
          { key: "node.cloudprovider.kubernetes.io/uninitialized", operator: "Exists" },
        ],
        env: {
          KUBERNETES_SERVICE_HOST: "localhost",
          KUBERNETES_SERVICE_PORT: "7445",
          SOURCE_CONTROLLER_LOCALHOST: "localhost:9790",
          SOURCE_WATCHER_LOCALHOST: "localhost:9691",
        },
      },
    });
  });

  it("uses the address that it is given elsewhere", () => {
    const apiServer = { host: "192.168.100.10", port: 6443 };
    const { plan: planned } = plan({ distribution: "generic", apiServer });
    expect(planned?.flux).toMatchObject({
      pod: { env: { KUBERNETES_SERVICE_HOST: "192.168.100.10", KUBERNETES_SERVICE_PORT: "6443" } },
    });
  });

  it("is an ordinary pod in a hosted cluster", () => {
    const { plan: planned } = plan({ distribution: "hosted" });
    expect(planned?.preset).toBe("hosted");
    expect(planned?.flux).toMatchObject({
      pod: { hostNetwork: false, dnsPolicy: "ClusterFirst", tolerations: [], env: {} },
    });
  });
});

it("of two that give a capability one may go", () => {
  const extra = component("other-storage", { provides: ["storage"] });
  const needs = component("needs", { requires: ["storage"] });
  const given = {
    preset: preset(fluxcd, cilium, certManager),
    components: [extra, component("third", { provides: ["storage"] }), needs],
  };
  expect(plan({ ...given, disable: [extra] }).refusals).toEqual([]);
  const both = plan({ ...given, disable: given.components.slice(0, 2) }).refusals;
  expect(both.map(({ value, fix }) => [value, fix])).toEqual([
    ["other-storage", "keep other-storage, or disable with it: needs"],
    ["third", "keep third, or disable with it: needs"],
  ]);
});

it("what the cluster has is not missed when the platform's own goes", () => {
  const extra = component("other-storage", { provides: ["storage"] });
  const needs = component("needs", { requires: ["storage"] });
  const given = { preset: preset(fluxcd, cilium), components: [extra, needs], existing: ["storage"] } as const;
  expect(plan({ ...given, disable: [extra] }).refusals).toEqual([]);
});

it("who gives a capability does not wait for the others that give it", () => {
  const [one, other] = ["one", "other"].map((name) => component(name, { phase: "core", provides: ["network"] }));
  const { plan: planned, refusals } = plan({
    preset: preset(fluxcd, ...[one, other].filter((some) => some !== undefined)),
  });
  expect(refusals).toEqual([]);
  expect(planned?.releases.map(({ level }) => level)).toEqual([0, 1, 1]);
});

it("a mirror keeps the digest of a chart that stands by itself, and of no other", () => {
  const digest = `sha256:${"a".repeat(64)}` as const;
  const { chart } = component("alone");
  const alone = component("alone", { chart: { ...chart, digest } });
  const cut = component("cut", { chart: { ...chart, digest, path: "cut" } as typeof chart });
  const { plan: planned } = plan({ preset: preset(fluxcd, cilium, alone, cut), mirror: "oci://mirror.example.com" });
  const digests = planned?.releases.map((release) => [release.name, release.chart.digest]);
  expect(digests).toEqual([
    ["cozy-fluxcd", undefined],
    ["cilium", undefined],
    ["alone", digest],
    ["cut", undefined],
  ]);
});

it("a plan is plain data, and linear in size: one edge a reason", () => {
  const { plan: planned } = plan();
  const edges = planned?.releases.flatMap(({ dependsOn }) => dependsOn) ?? [];
  expect(edges.every(({ reasons }) => reasons.length > 0)).toBe(true);
  const { releases } = planned ?? { releases: [] };
  expect(JSON.parse(JSON.stringify(releases))).toEqual(releases);
});
