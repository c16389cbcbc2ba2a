import type { Rule } from "@plinth/core";

/** Rules about changes of a platform that runs. */
export const UPGRADE = {
  dataLoss: {
    code: "PL5040",
    rule: "A change that loses data is acknowledged by name, one at a time",
    cause:
      "Helm deletes what a release no longer has, Kubernetes what is in a namespace that goes, and with the volumes what is on them",
    source: "fluxcd/helm-controller:docs/spec/v2/helmreleases.md; cozystack/cozystack#2065",
  },
  acknowledgement: {
    code: "PL5041",
    rule: "An acknowledgement names a loss of data, or a range that changes, and is about to happen",
    cause: "One that is left behind would let the same thing happen a second time, unseen",
  },
  range: {
    code: "PL5043",
    rule: "A range of a cluster that runs changes only when that is acknowledged by name",
    cause:
      "Nothing applies it: Services and Nodes keep what they were given, kube-ovn makes its subnets once, and the charts would go on with ranges that are nobody's",
    source:
      "kubeovn/docs:docs/ops/change-default-subnet.en.md, change-join-subnet.en.md; kubernetes/kubernetes:pkg/apis/core/validation/validation.go, ValidateNodeUpdate; kubernetes.io/docs/tasks/network/extend-service-ip-ranges; cozystack/cozystack#283",
  },
  record: {
    code: "PL5042",
    rule: "A record of a platform is what `plinth upgrade --write` has written",
    cause: "What is compared with something else than the last state finds other differences than there are",
  },
} as const satisfies Record<string, Rule>;
