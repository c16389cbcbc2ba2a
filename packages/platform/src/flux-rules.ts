import type { Rule } from "@plinth/core";

/** Rules of what Flux is told. */
export const PLATFORM_FLUX = {
  plainSecret: {
    code: "PL5050",
    rule: "No secret stands in the values of a chart: it comes from a Secret, by valuesFrom",
    cause: "Values stand in the HelmRelease, where everyone reads them who may list it, and in every rendered file",
    source: "fluxcd/helm-controller:docs/spec/v2/helmreleases.md, Values references",
  },
  chartVersion: {
    code: "PL5051",
    rule: "A chart has one exact version, never a range",
    cause: "With a range Flux upgrades by itself when a chart is published, and no two renders mean the same",
    source: "fluxcd/source-controller:docs/spec/v1/helmcharts.md, Version",
  },
  chartDigest: {
    code: "PL5052",
    rule: "One version of an artifact has one digest",
    cause: "Two digests for one tag: one of the two releases would get another chart than it was given",
  },
  valuesReference: {
    code: "PL5053",
    rule: "A values reference names a Secret or ConfigMap, and each place in the values is set by one",
    cause: "The later of two silently wins; helm-controller merges whole files first and single places last",
    source: "fluxcd/helm-controller:docs/spec/v2/helmreleases.md, Values references",
  },
  interval: {
    code: "PL5054",
    rule: "Releases are looked at every 5 minutes or less often, and retried after 10 seconds or later",
    cause: "Each look renders and compares every object: at one minute a platform's releases choke helm-controller",
    source: "cozystack/cozystack#196, #4145",
  },
  timeout: {
    code: "PL5055",
    rule: "An action of Helm has at least a minute",
    cause: "Pulling images of a first install takes minutes; what times out counts as failed and starts again",
    source: "cozystack/cozystack#3552",
  },
  history: {
    code: "PL5056",
    rule: "Helm keeps between 1 and 20 revisions of a release",
    cause: "0 keeps all of them for ever, each a Secret of up to a megabyte in etcd",
    source: "fluxcd/helm-controller:docs/spec/v2/helmreleases.md, Max history",
  },
  driftIgnore: {
    code: "PL5057",
    rule: "What drift detection leaves alone is given by JSON pointers below the root of an object",
    cause: "A pointer that is none makes the comparison fail; the empty one leaves whole objects without repair",
    source: "fluxcd/helm-controller:docs/spec/v2/helmreleases.md, Ignore rules",
  },
  registry: {
    code: "PL5058",
    rule: "A registry is named once, by host and port, and gets no credentials over plain HTTP",
    cause: "Whoever is on the way reads them, and can hand Flux another chart",
  },
  fluxObjects: {
    code: "PL5059",
    rule: "Flux's own objects have the Deployments of its source and helm controllers, and of its source-watcher where charts are cut out of artifacts",
    cause: "Without them nothing reads HelmReleases, or nothing brings their charts: the platform would wait for ever",
    source: "fluxcd/flux2:manifests/bases",
  },
} as const satisfies Record<string, Rule>;
