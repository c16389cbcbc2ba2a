import type { Rule } from "@plinth/core";

/** Rules about asking how groups are. */
export const STATUS = {
  group: {
    code: "PL7101",
    rule: "A group whose status is asked for is in the cluster that the kubeconfig leads to",
    cause: "Of a misspelt name, or in another cluster, nothing could be said, which would look as if all were well",
  },
} as const satisfies Record<string, Rule>;
