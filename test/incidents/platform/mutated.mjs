// What several incidents of platforms are prevented by.
export const PLATFORM = "packages/platform/src/";
export const CATALOGUE = `${PLATFORM}catalogue/`;
export const FLUX = `${PLATFORM}flux/`;
export const COZYSTACK = "cozystack/cozystack";
export const HELM = "fluxcd/helm-controller";

export const NO_ORDER = {
  file: `${FLUX}flux-chart.ts`,
  from: "...release.dependsOn.map((edge) => releases.get(edge.path)),",
  to: "",
};

export const RETRY = {
  file: `${FLUX}helm-release.ts`,
  from: 'strategy: { name: "RetryOnFailure", retryInterval: settings.retryInterval },',
  to: "remediation: { retries: 3 },",
};

export const BROKEN = {
  file: `${PLATFORM}plan.ts`,
  from: "refuseBroken({ whole, disabled, existing }, check, pathOf);",
  to: "",
};
