// For each incident of platforms: what prevents it, and how to take that away. See ../hybrid/mutations.mjs.
import { changed, mutationsOf, removed, untyped } from "../mutation.mjs";

const BROKEN = removed("platform/plan.ts", "refuseBroken({ whole, disabled, existing }, check, pathOf);");
const NO_ORDER = removed("platform/flux/flux-chart.ts", "...release.dependsOn.map((edge) => releases.get(edge.path)),");
const RETRY = changed(
  "platform/flux/helm-release.ts",
  'strategy: { name: "RetryOnFailure", retryInterval: settings.retryInterval },',
  "remediation: { retries: 3 },",
);

export const MUTATIONS = mutationsOf({
  // graph.test.ts
  "cozystack/cozystack#3389": [
    BROKEN,
    removed("platform/plan-disable.ts", "for (const { component } of broken) lose(component);"),
  ],
  "cozystack/cozystack#3391": [removed("platform/presets.ts", "    catalogue.postgresOperator,\n")],
  "cozystack/cozystack#908": [removed("platform/plan.ts", "refuseMissing(graph, whole, check, pathOf);")],
  "cozystack/cozystack#708": [
    changed("platform/catalogue/piraeus-operator.ts", ', ...kinds("monitoring.coreos.com", "PrometheusRule")],', "],"),
    removed("platform/catalogue/cert-manager-issuers.ts", 'requires: kinds("cert-manager.io", "ClusterIssuer"),'),
    changed(
      "platform/plan-graph.ts",
      "if (owner === undefined) return undefined;",
      "if (owner === undefined) return [];",
    ),
  ],
  "cozystack/cozystack#2842": [
    changed("platform/catalogue/applications.ts", "requires: [tenant, cozystackApi],", "requires: [tenant],"),
    removed("platform/catalogue/applications.ts", 'optional: kinds("gateway.networking.k8s.io", "HTTPRoute"),'),
  ],
  "cozystack/cozystack#902": [
    removed("platform/presets.ts", "  catalogue.keycloak,\n"),
    changed("platform/catalogue/charts.ts", '"oidc-enabled": "false",', '"oidc-enabled": "true",'),
  ],
  "cozystack/cozystack#726": [
    removed("platform/plan.ts", "refuseCycles(findCycles(components, next), check, pathOf);"),
  ],
  "cozystack/cozystack#1154": [
    changed(
      "platform/catalogue/last.ts",
      '    velero,\n    cozystackBasics,\n    APPLICATIONS.bucket,\n    ...kinds("velero.io", "BackupStorageLocation"),\n',
      "    cozystackBasics,\n    APPLICATIONS.bucket,\n",
    ),
    BROKEN,
  ],
  "fluxcd/flux2#956": [removed("platform/flux/helm-release.ts", '.filter(({ delivery }) => delivery === "flux")')],
  // releases.test.ts
  "cozystack/cozystack#3552": [
    RETRY,
    removed("platform/flux/helm-release.ts", ', chartNameChangeStrategy: "InPlaceUpdate"'),
    removed("platform/flux/plan-settings.ts", 'atLeast("timeout", settings.timeout, MINUTE, "1m", check);'),
  ],
  "cozystack/cozystack#3555": [
    RETRY,
    removed("platform/flux/helm-release.ts", '  "    helm.sh/resource-policy: keep",\n'),
    changed(
      "platform/flux/settings.ts",
      "driftIgnores: [],\n  keepCrds: true,",
      "driftIgnores: [],\n  keepCrds: false,",
    ),
  ],
  "cozystack/cozystack#1952": [
    removed("platform/flux/helm-release.ts", "...(checks.length === 0 ? {} : { healthCheckExprs: checks }),"),
    changed("platform/flux/health.ts", 'VirtualMachine.kubevirt.io": ', 'NoVirtualMachine.kubevirt.io": '),
    changed("platform/flux/health.ts", 'DataVolume.cdi.kubevirt.io": ', 'NoDataVolume.kubevirt.io": '),
    removed("platform/flux/helm-release.ts", 'waitStrategy: { name: "poller" },'),
  ],
  "cozystack/cozystack#3680": [
    removed("platform/platform-chart.ts", 'release.metadata.addAnnotation("pulumi.com/waitFor", "condition=Ready");'),
    NO_ORDER,
    removed(
      "platform/why-waiting.ts",
      "for (const one of seen) for (const other of blockers.get(one) ?? []) seen.add(other);",
    ),
  ],
  "cozystack/cozystack#196": [
    removed("platform/flux/plan-settings.ts", 'atLeast("interval", settings.interval, 5 * MINUTE, "5m", check);'),
    changed("platform/flux/settings.ts", '  interval: "10m",', '  interval: "1m",'),
    changed(
      "platform/flux/bootstrap-container.ts",
      'name === "helm-controller" ? { concurrent: String(concurrency) } : {}',
      "{}",
    ),
    changed(
      "platform/flux/bootstrap-container.ts",
      'const GATES = ["CancelHealthCheckOnNewRevision"];',
      "const GATES = [];",
    ),
  ],
  // flux.test.ts
  "fluxcd/helm-controller#276": [
    removed("platform/flux/helm-release.ts", "...(readyExpr === undefined ? {} : { readyExpr })"),
    changed("platform/flux/helm-release.ts", "const version = release.chart.version.", 'const version = "".'),
  ],
  "fluxcd/helm-controller#149": [
    changed("platform/flux/bootstrap.ts", "const GRACE_SECONDS = 600;", "const GRACE_SECONDS = 30;"),
    removed("platform/flux/bootstrap.ts", 'strategy: { type: "Recreate" },'),
  ],
  "fluxcd/flux2#5592": [
    RETRY,
    removed("platform/flux/plan-settings.ts", 'check.fields<FluxSettings>(given, FLUX_FIELDS, "flux");'),
  ],
  "fluxcd/flux2#3953": [
    changed(
      "platform/flux/helm-release.ts",
      'const crds = installsCrds ? "CreateReplace" : "Skip";',
      'const crds = "Skip";',
    ),
    removed("platform/plan.ts", "checkOwners(graph, existing, refusing);"),
  ],
  "fluxcd/helm-controller#1139": [
    changed("platform/flux/settings.ts", "  takeOwnership: false,", "  takeOwnership: true,"),
  ],
  "fluxcd/helm-controller#805": [
    changed("platform/flux/helm-release.ts", 'mode: "enabled",', 'mode: "disabled",'),
    changed("platform/flux/helm-release.ts", "[...DRIFT_IGNORES, ...settings.driftIgnores]", "settings.driftIgnores"),
    removed("platform/flux/plan-settings.ts", "  checkIgnores(settings, check);\n"),
  ],
  "fluxcd/helm-controller#554": [
    untyped(
      "platform/definition.ts",
      "  readonly privileged?: boolean;\n",
      "  readonly privileged?: boolean;\n  readonly kubeConfig?: object;\n",
    ),
  ],
  // removal.test.ts
  "cozystack/cozystack#801": [
    changed("platform/plan.ts", "wanted.filter((one) => !disabled.has(one)),", "wanted,"),
    changed(
      "platform/upgrade/plan-upgrade.ts",
      'if (after === undefined) return [{ type: "uninstall", path, losesData: stateful }];',
      "if (after === undefined) return [];",
    ),
  ],
  "cozystack/cozystack#2128": [
    removed("platform/plan.ts", "checkNames(graph.components, refusing);"),
    removed("platform/upgrade/plan-upgrade.ts", "  checkAcknowledged(plan, acknowledged, check);\n"),
  ],
  "cozystack/cozystack#2065": [
    changed("platform/upgrade/check-acknowledged.ts", "return [...ofReleases, ...ofTenants];", "return ofReleases;"),
  ],
  "cozystack/cozystack#3062": [
    NO_ORDER,
    removed(
      "platform/flux/helm-release.ts",
      'uninstall: { deletionPropagation: "foreground", timeout: settings.timeout },',
    ),
  ],
  "cozystack/cozystack#1660": [
    removed("platform/tenants/tenants-chart.ts", "if (above !== undefined) namespace.node.addDependency(above);"),
  ],
  "fluxcd/flux2#5586": [NO_ORDER],
  "fluxcd/flux2#4793": [removed("platform/flux/flux-chart.ts", "byName.get(release.namespace),")],
  // network.test.ts
  "cozystack/cozystack#4161": [
    removed("platform/plan-network.ts", 'ofCluster(pod, "pod", "pods"),'),
    removed("platform/plan-network.ts", 'ofCluster(service, "service", "Services"),'),
    changed("platform/plan-network.ts", "ranges[key] ?? DEFAULTS[key]", "DEFAULTS[key]"),
  ],
  "cozystack/cozystack#3740": [
    changed("platform/plan-network.ts", ', ofCluster(nodePod, "nodePod", "addresses of Cilium on the nodes")]', "]"),
    changed(
      "platform/machine/talos/main-document.ts",
      "podSubnets: [settings.network.nodePod.toString()],",
      "podSubnets: [settings.network.pod.toString()],",
    ),
    changed(
      "platform/machine/talos/separate-documents.ts",
      "podSubnets: [network.nodePod.toString()],",
      "podSubnets: [network.pod.toString()],",
    ),
  ],
  "cozystack/cozystack#283": [
    changed("platform/plan-network.ts", "if (pod.isHost(gateway)) return true;", "return true;"),
    removed("platform/plan-network.ts", "checkSizes({ pod, service, ...(hasOverlay ? { join } : {}) }, check);"),
    changed(
      "platform/upgrade/check-acknowledged.ts",
      "const all = [...losses(plan), ...ranges(plan)];",
      "const all = losses(plan);",
    ),
  ],
  "cozystack/cozystack#2242": [
    changed(
      "platform/catalogue/kubeovn.ts",
      "controlPlane.map(({ address }) => address)",
      "controlPlane.slice(0, 1).map(({ address }) => address)",
    ),
    removed("platform/plan.ts", 'if (props.distribution !== "hosted") checkControlPlane(machines, check);'),
  ],
  "cozystack/cozystack#2804": [
    removed("platform/addresses/plan.ts", "else checkAnnouncedTo(pool.announce.peers, peers, property, check);"),
    removed("platform/addresses/addresses-chart.ts", "peers: [...peers],"),
  ],
  // settings.test.ts
  "cozystack/cozystack#173": [
    changed(
      "platform/plan-releases.ts",
      "sources.mirror === undefined ? chart : mirrorChart(chart, sources.mirror)",
      "chart",
    ),
    changed("platform/machine/registry-mirrors.ts", "skipFallback: true,", "skipFallback: false,"),
    removed("platform/machine/talos/main-document.ts", "...registriesOf(settings), "),
    changed(
      "platform/machine/talos/separate-documents.ts",
      "[...mirrors(settings), ...virtualAddress(settings, role)]",
      "virtualAddress(settings, role)",
    ),
  ],
  "cozystack/cozystack#2765": [
    changed("platform/virtualization/kubevirt-settings.ts", '? ["HostDevices"] : []', "? [] : []"),
    changed(
      "platform/virtualization/kubevirt-settings.ts",
      "pciDevices.length === 0 ? {} :",
      "pciDevices.length > 0 ? {} :",
    ),
    removed(
      "platform/catalogue/kubevirt.ts",
      '  check: ({ settings }, check) => checkKubeVirt(settings, "", check),\n',
    ),
  ],
  "cozystack/cozystack#2780": [
    changed("platform/machine/talos/main-document.ts", "moduleOf(name, parameters))", "parameters)"),
    changed(
      "platform/machine/talos/separate-documents.ts",
      "...kernelModules.map(({ name, parameters }) =>",
      "...[].map(({ name, parameters }) =>",
    ),
  ],
  "cozystack/cozystack#752": [
    changed("platform/tenants/plan-quota.ts", "if (given > amount) {", "if (given < 0n) {"),
    changed("platform/tenants/plan-quota.ts", "if (unlimited.length > 0) {", "if (unlimited.length > 99) {"),
  ],
  "cozystack/cozystack#1255": [
    changed(
      "platform/tenants/tenants-chart.ts",
      "if (own.size === 0) return [range];",
      "if (own.size === 0) return range.node.scope.node.tryRemoveChild(range.node.id) ? [] : [];",
    ),
  ],
  "cozystack/cozystack#1084": [
    changed("platform/catalogue/monitoring.ts", ", ...Object.fromEntries(parts) };", " };"),
    changed("platform/tenants/plan.ts", "tenant.monitoring ? namespace : place.monitoring", "namespace"),
  ],
  "cozystack/cozystack#1568": [
    untyped("platform/configure.ts", "settings: Partial<NoInfer<Settings>>,", "settings: object,"),
    removed("platform/plan.ts", "check.fields<PlatformProps>(props, PLATFORM_FIELDS);"),
  ],
});
