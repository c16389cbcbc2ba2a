import { validateObject } from "@plinth/api/testing";
import { type ApiObject, Testing } from "cdk8s";
import type { IConstruct } from "constructs";
import { describe, expect, it } from "vitest";
import type { Release } from "../release.js";
import { DRIFT_IGNORES } from "./drift.js";
import { FluxChart } from "./flux-chart.js";
import { edgeTo, planned, releaseOf } from "./release.fixture.js";
import type { FluxSettings } from "./settings.js";

interface Emitted {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels?: object };
  readonly spec: Record<string, unknown>;
}

function chartOf(releases: readonly Release[], settings?: FluxSettings): FluxChart {
  const { plan, refusals } = planned(releases, settings);
  expect(refusals).toEqual([]);
  return new FluxChart(Testing.app(), "flux", { plan });
}

/** All objects, each taken by the real schema of its kind, by kind and name. */
function objectsOf(releases: readonly Release[], settings?: FluxSettings): Record<string, Emitted> {
  const objects = Testing.synth(chartOf(releases, settings)) as Emitted[];
  for (const object of objects) expect(validateObject(object)).toEqual([]);
  return Object.fromEntries(objects.map((object) => [`${object.kind}/${object.metadata.name}`, object]));
}

const certManager = releaseOf("cert-manager", {
  chart: {
    source: "oci",
    url: "oci://quay.io/jetstack/charts",
    chart: "cert-manager",
    version: "v1.21.1",
    digest: `sha256:${"a".repeat(64)}`,
  },
  provides: [{ group: "cert-manager.io", kind: "ClusterIssuer" }],
  installsCrds: true,
});

const issuers = releaseOf("cert-manager-issuers", {
  namespace: "cert-manager",
  chart: { source: "helm", url: "https://charts.example.org/stable/", chart: "issuers", version: "2.0.0" },
  uses: [{ group: "cert-manager.io", kind: "ClusterIssuer" }],
  dependsOn: [edgeTo(certManager), edgeTo(releaseOf("fluxcd", { delivery: "direct" }))],
  values: { solver: "http01" },
  valuesFrom: [{ kind: "Secret", name: "dns-token", valuesKey: "token", targetPath: "dns.token" }],
});

describe("a release", () => {
  it("has safe settings that no one has to know", () => {
    const objects = objectsOf([certManager, issuers]);
    expect(objects["HelmRelease/cert-manager-issuers"]).toEqual({
      apiVersion: "helm.toolkit.fluxcd.io/v2",
      kind: "HelmRelease",
      metadata: { name: "cert-manager-issuers", namespace: "cert-manager" },
      spec: {
        interval: "10m",
        timeout: "10m",
        releaseName: "cert-manager-issuers",
        targetNamespace: "cert-manager",
        storageNamespace: "cert-manager",
        chart: {
          spec: {
            chart: "issuers",
            version: "2.0.0",
            interval: "1h",
            reconcileStrategy: "ChartVersion",
            sourceRef: { kind: "HelmRepository", name: "charts-example-org-stable", namespace: "cozy-fluxcd" },
          },
        },
        dependsOn: [
          {
            name: "cert-manager",
            namespace: "cert-manager",
            readyExpr:
              "has(dep.status.observedGeneration) && dep.status.observedGeneration == dep.metadata.generation" +
              " && has(dep.status.conditions) && dep.status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')" +
              " && has(dep.status.history) && size(dep.status.history) > 0" +
              " && dep.status.history[0].chartVersion.matches('^v?1[.]21[.]1([+].*)?$')",
          },
        ],
        maxHistory: 5,
        install: {
          crds: "Skip",
          strategy: { name: "RetryOnFailure", retryInterval: "30s" },
          disableTakeOwnership: true,
        },
        upgrade: {
          crds: "Skip",
          strategy: { name: "RetryOnFailure", retryInterval: "30s" },
          disableTakeOwnership: true,
          chartNameChangeStrategy: "InPlaceUpdate",
        },
        uninstall: { deletionPropagation: "foreground", timeout: "10m" },
        waitStrategy: { name: "poller" },
        healthCheckExprs: [
          {
            apiVersion: "cert-manager.io/v1",
            kind: "ClusterIssuer",
            current: "has(status.conditions) && status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')",
          },
        ],
        driftDetection: { mode: "enabled", ignore: DRIFT_IGNORES },
        valuesFrom: [{ kind: "Secret", name: "dns-token", valuesKey: "token", targetPath: "dns.token" }],
        values: { solver: "http01" },
      },
    });
  });

  it("replaces CRDs only where it owns them, and leaves them when it goes", () => {
    const { spec } = objectsOf([certManager, issuers])["HelmRelease/cert-manager"] ?? {};
    expect(spec).toMatchObject({ install: { crds: "CreateReplace" }, upgrade: { crds: "CreateReplace" } });
    expect(JSON.stringify(spec?.postRenderers)).toContain("helm.sh/resource-policy: keep");
    const given = objectsOf([certManager], { keepCrds: false })["HelmRelease/cert-manager"];
    expect(given?.spec).not.toHaveProperty("postRenderers");
  });

  it("is never uninstalled to mend it, stateful or not", () => {
    for (const stateful of [true, false]) {
      const text = JSON.stringify(objectsOf([releaseOf("linstor", { stateful })]));
      expect(text).not.toContain("emediat");
    }
  });

  it("takes settings of the platform", () => {
    const { spec } =
      objectsOf([releaseOf("a")], {
        interval: "15m",
        timeout: "20m",
        retryInterval: "1m",
        history: 3,
        takeOwnership: true,
        driftIgnores: [{ paths: ["/data/x"], target: { kind: "ConfigMap" } }],
      })["HelmRelease/a"] ?? {};
    expect(spec).toMatchObject({
      interval: "15m",
      timeout: "20m",
      maxHistory: 3,
      install: { strategy: { retryInterval: "1m" }, disableTakeOwnership: false },
      driftDetection: { ignore: [...DRIFT_IGNORES, { paths: ["/data/x"], target: { kind: "ConfigMap" } }] },
    });
  });

  it("that is sent directly is not Flux's", () => {
    expect(Object.keys(objectsOf([releaseOf("fluxcd", { delivery: "direct" })]))).toEqual(["Namespace/fluxcd"]);
  });
});

describe("sources", () => {
  it("an artifact that is a chart: its layer as it is, tag and digest", () => {
    const objects = objectsOf([certManager, issuers]);
    expect(objects["OCIRepository/quay-io-jetstack-charts-cert-manager"]?.spec).toEqual({
      url: "oci://quay.io/jetstack/charts/cert-manager",
      interval: "1h",
      ref: { tag: "v1.21.1", digest: `sha256:${"a".repeat(64)}` },
      layerSelector: { mediaType: "application/vnd.cncf.helm.chart.content.v1.tar+gzip", operation: "copy" },
    });
    expect(objects["HelmRelease/cert-manager"]?.spec.chartRef).toEqual({
      kind: "OCIRepository",
      name: "quay-io-jetstack-charts-cert-manager",
      namespace: "cozy-fluxcd",
    });
    expect(objects["HelmRepository/charts-example-org-stable"]?.spec).toEqual({
      url: "https://charts.example.org/stable",
      interval: "1h",
    });
  });

  it("charts in folders of one artifact are cut out of it", () => {
    const folder = (name: string, ...libraries: readonly string[]): Release =>
      releaseOf(name, {
        chart: {
          source: "oci",
          url: "oci://registry.example.org/packages",
          chart: `cozy-${name}`,
          version: "1.6.2",
          path: `system/${name}`,
          libraries,
        },
      });
    const objects = objectsOf([folder("a"), { ...folder("b", "library/cozy-lib"), dependsOn: [edgeTo(folder("a"))] }]);
    expect(Object.keys(objects).filter((key) => key.startsWith("OCI"))).toEqual([
      "OCIRepository/registry-example-org-packages",
    ]);
    expect(objects["OCIRepository/registry-example-org-packages"]?.spec).not.toHaveProperty("layerSelector");
    expect(objects["ArtifactGenerator/registry-example-org-packages"]?.spec).toEqual({
      sources: [{ alias: "charts", kind: "OCIRepository", name: "registry-example-org-packages" }],
      artifacts: [
        { name: "a", copy: [{ from: "@charts/system/a/**", to: "@artifact/a/" }] },
        {
          name: "b",
          copy: [
            { from: "@charts/system/b/**", to: "@artifact/b/" },
            { from: "@charts/library/cozy-lib/**", to: "@artifact/b/charts/cozy-lib/" },
          ],
        },
      ],
    });
    expect(objects["HelmRelease/b"]?.spec).toMatchObject({
      chartRef: { kind: "ExternalArtifact", name: "b", namespace: "cozy-fluxcd" },
      dependsOn: [{ name: "a", namespace: "a" }],
    });
  });

  it("charts that controllers make releases from are cut out too, into the namespace of what offers them", () => {
    const path = "system/db-rd";
    const externalCharts = [
      { name: "db-application-db", path: "apps/db", libraries: ["library/cozy-lib"] },
      { name: "db-application-db-system", path: "/system/db/" },
    ];
    const chart = {
      source: "oci",
      url: "oci://registry.example.org/packages",
      chart: "db-rd",
      version: "1.6.2",
      path,
    } as const;
    const objects = objectsOf([releaseOf("db-rd", { chart, externalCharts })]);
    const [repository, own, external] = [
      "OCIRepository/registry-example-org-packages",
      "ArtifactGenerator/registry-example-org-packages",
      "ArtifactGenerator/registry-example-org-packages-external",
    ];
    expect(objects[external as string]).toMatchObject({
      metadata: { namespace: "db-rd" },
      spec: {
        sources: [
          { alias: "charts", kind: "OCIRepository", name: "registry-example-org-packages", namespace: "cozy-fluxcd" },
        ],
        artifacts: [
          {
            name: "db-application-db",
            copy: [
              { from: "@charts/apps/db/**", to: "@artifact/db-application-db/" },
              { from: "@charts/library/cozy-lib/**", to: "@artifact/db-application-db/charts/cozy-lib/" },
            ],
          },
          {
            name: "db-application-db-system",
            copy: [{ from: "@charts/system/db/**", to: "@artifact/db-application-db-system/" }],
          },
        ],
      },
    });
    expect(objects[own as string]?.spec).toMatchObject({ artifacts: [{ name: "db-rd" }] });
    expect(objects).toHaveProperty([repository as string]);
  });

  it("one URL is one source; two versions of an artifact are two", () => {
    const same = releaseOf("a").chart;
    const objects = objectsOf([releaseOf("a"), releaseOf("b", { chart: same }), releaseOf("c")]);
    const repositories = (all: object) => Object.keys(all).filter((key) => key.startsWith("OCIRepository/"));
    expect(repositories(objects)).toHaveLength(2);
    const other = objectsOf([releaseOf("a"), releaseOf("b", { chart: { ...same, version: "1.3.0+x" } })]);
    expect(repositories(other)).toEqual([
      "OCIRepository/registry-example-org-charts-a-1-2-3",
      "OCIRepository/registry-example-org-charts-a-1-3-0-x",
    ]);
    expect(other["OCIRepository/registry-example-org-charts-a-1-3-0-x"]?.spec.ref).toEqual({ tag: "1.3.0_x" });
  });

  it("a registry without TLS, one with credentials", () => {
    const objects = objectsOf([releaseOf("a"), issuers], {
      registries: [
        { host: "registry.example.org", insecure: true },
        { host: "charts.example.org", secretName: "login", certificateSecretName: "ca" },
      ],
    });
    expect(objects["OCIRepository/registry-example-org-charts-a"]?.spec).toMatchObject({ insecure: true });
    expect(objects["HelmRepository/charts-example-org-stable"]?.spec).toMatchObject({
      secretRef: { name: "login" },
      certSecretRef: { name: "ca" },
    });
  });
});

describe("the chart", () => {
  it("labels namespaces whose pods are privileged, and no others", () => {
    const objects = objectsOf([releaseOf("cilium", { privileged: true }), releaseOf("a")]);
    const level = "privileged";
    expect(objects["Namespace/cilium"]?.metadata.labels).toEqual({
      "pod-security.kubernetes.io/enforce": level,
      "pod-security.kubernetes.io/audit": level,
      "pod-security.kubernetes.io/warn": level,
    });
    expect(objects["Namespace/a"]?.metadata).toEqual({ name: "a" });
  });

  it("says in its tree what is removed before what", () => {
    const chart = chartOf([issuers, certManager]);
    const before = (object: IConstruct | undefined) =>
      object?.node.dependencies.map((one) => `${(one as ApiObject).kind}/${(one as ApiObject).name}`).sort();
    expect(before(chart.releases.get("platform/cert-manager-issuers"))).toEqual([
      "HelmRelease/cert-manager",
      "HelmRepository/charts-example-org-stable",
      "Namespace/cert-manager",
    ]);
  });
});
