import type { Rule } from "@plinth/core";

/** Rules about how a client finds its cloud or its cluster. */
export const CLIENTS = {
  cloud: {
    code: "PL1101",
    rule: "A cloud that is named stands in the clouds.yaml that OpenStack's own clients read",
    cause: "Its credentials stand nowhere else",
    source: "openstack/openstacksdk:doc/source/user/config/configuration.rst",
  },
  credentials: {
    code: "PL1102",
    rule: "An OpenStack is given by a cloud of a clouds.yaml, or by the URL of its Keystone and a user, token or application credential",
    cause: "Nothing can be read without logging in",
  },
  cluster: {
    code: "PL1103",
    rule: "A cluster is given by a kubeconfig whose context names a cluster and a user that stand in it",
    cause: "Nothing can be read without knowing the server and who asks",
    source: "kubernetes/client-go:tools/clientcmd/loader.go",
  },
} as const satisfies Record<string, Rule>;
