/** Kinds of Flux: HelmRelease, Kustomization, the sources HelmRepository and OCIRepository, ArtifactGenerator. */
export * from "./gen/flux-helm.js";
export * from "./gen/flux-kustomize.js";
export * from "./gen/flux-source.js";
export * from "./gen/flux-source-extensions.js";
