import type { Component } from "../definition.js";
import { kinds } from "../kinds.js";
import { chartOf } from "./charts.js";
import { FLUX } from "./namespaces.js";

/** Flux itself: sent before all else, because it brings everything else, the pod network included. */
export const fluxcd: Component = {
  name: "cozy-fluxcd",
  releaseName: "fluxcd",
  namespace: FLUX,
  // its pod is on the host's network
  privileged: true,
  chart: chartOf("flux-manifests"),
  phase: "host",
  delivery: "direct",
  provides: [
    ...kinds("helm.toolkit.fluxcd.io", "HelmRelease"),
    ...kinds("kustomize.toolkit.fluxcd.io", "Kustomization"),
    ...kinds(
      "source.toolkit.fluxcd.io",
      "Bucket",
      "ExternalArtifact",
      "GitRepository",
      "HelmChart",
      "HelmRepository",
      "OCIRepository",
    ),
    ...kinds("source.extensions.fluxcd.io", "ArtifactGenerator"),
  ],
};
