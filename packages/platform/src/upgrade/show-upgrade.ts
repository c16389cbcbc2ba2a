import type { ReleaseChange, UpgradePlan } from "./plan-upgrade.js";
import type { RangeNeeds } from "./range-changes.js";

const SAYS = {
  install: "is installed",
  "in-place": "is upgraded in place",
  "replace-crds": "is upgraded in place, and the CRDs that it owns are replaced",
  replace: "is replaced by another chart",
  reinstall: "is uninstalled and installed anew",
  uninstall: "is uninstalled",
} as const satisfies Record<ReleaseChange["type"], string>;

const NODES = {
  image: "all nodes are installed anew, one after the other",
  reboot: "all nodes reboot, one after the other",
  live: "running nodes take it",
} as const;

/** What another range takes. */
export const NEEDS = {
  cluster: "it needs a new cluster",
  nodes: "every node has to join anew",
  pods: "kube-ovn has to be told by hand, then every pod starts anew",
} as const satisfies Record<RangeNeeds, string>;

/** An upgrade as lines for people; one line where nothing changes. */
export function showUpgrade({ releases, nodes, ranges, tenants }: UpgradePlan): string[] {
  if (releases.length + nodes.length + ranges.length + tenants.length === 0) return ["Nothing changes."];
  return [
    ...releases.map((change) => {
      const what = "what" in change ? `: ${change.what.join(", ")}` : "";
      const loss = "losesData" in change && change.losesData ? "; its data is lost" : "";
      return `${change.path} ${SAYS[change.type]}${what}${loss}`;
    }),
    ...tenants.map(({ type, namespace }) =>
      type === "make" ? `${namespace} is made` : `${namespace} is removed, with all in it; its data is lost`,
    ),
    ...ranges.map(({ range, before, after, needs }) => `network.${range}: ${before} becomes ${after}, ${NEEDS[needs]}`),
    ...nodes.map(({ what, how }) => `${what}: ${NODES[how]}`),
  ];
}
