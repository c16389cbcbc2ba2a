import type { ReleaseChange, UpgradePlan } from "./plan-upgrade.js";

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

/** An upgrade as lines for people; one line where nothing changes. */
export function showUpgrade({ releases, nodes }: UpgradePlan): string[] {
  if (releases.length + nodes.length === 0) return ["Nothing changes."];
  return [
    ...releases.map((change) => {
      const what = "what" in change ? `: ${change.what.join(", ")}` : "";
      const loss = "losesData" in change && change.losesData ? "; its data is lost" : "";
      return `${change.path} ${SAYS[change.type]}${what}${loss}`;
    }),
    ...nodes.map(({ what, how }) => `${what}: ${NODES[how]}`),
  ];
}
