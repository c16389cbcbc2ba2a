import type { Rule } from "@plinth/core";

/** Rules about how a client finds its cloud or its cluster. */
export const CLIENTS = {
  cloud: {
    code: "PL1101",
    rule: "A cloud that is named stands in the clouds.yaml that OpenStack's own clients read",
    cause: "Its credentials stand nowhere else",
    source: "openstack/openstacksdk:doc/source/user/config/configuration.rst",
  },
} as const satisfies Record<string, Rule>;
