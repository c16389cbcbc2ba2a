import type { Rule } from "@plinth/core";

/** Rules about how the lab is asked for something. */
export const LAB = {
  name: {
    code: "PL9001",
    rule: "The name of a lab is 1 to 32 lower-case letters, digits and hyphens, beginning and ending with a letter or a digit",
    cause: "It is the name of a folder and part of socket and project names",
  },
  part: {
    code: "PL9002",
    rule: "A part is called by the name that `plinth lab status` shows",
    cause: "Each part is an adapter of this package; there is nothing to start under another name",
  },
  needs: {
    code: "PL9003",
    rule: "What the parts of a lab need of each other has an order",
    cause: "In a circle no part could ever be the first to start",
  },
} as const satisfies Record<string, Rule>;
