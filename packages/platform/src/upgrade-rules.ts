import type { Rule } from "@plinth/core";

/** Rules about changes of a platform that runs. */
export const UPGRADE = {
  dataLoss: {
    code: "PL5040",
    rule: "A change that loses data is acknowledged by name, one at a time",
    cause: "Helm deletes what a release no longer has, and with the volumes what is on them",
    source: "fluxcd/helm-controller:docs/spec/v2/helmreleases.md",
  },
  acknowledgement: {
    code: "PL5041",
    rule: "An acknowledgement names a change that loses data and is about to happen",
    cause: "One that is left behind would let the same thing happen a second time, unseen",
  },
  record: {
    code: "PL5042",
    rule: "A record of a platform is what `plinth upgrade --write` has written",
    cause: "What is compared with something else than the last state finds other differences than there are",
  },
} as const satisfies Record<string, Rule>;
