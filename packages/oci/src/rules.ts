import type { Rule } from "@plinth/core";

/** Rules about references to artefacts in OCI registries. */
export const OCI = {
  reference: {
    code: "PL8001",
    rule: "An artefact is named host[:port]/repository[:tag][@sha256:digest], the repository in lower case",
    cause:
      "Registries refuse other names, and a name without a host would be looked up at whatever registry a tool defaults to",
    source: "opencontainers/distribution-spec:spec.md",
  },
} as const satisfies Record<string, Rule>;
