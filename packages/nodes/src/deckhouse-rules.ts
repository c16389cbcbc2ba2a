import type { Rule } from "@plinth/core";

const NODE_GROUP = "deckhouse/deckhouse:modules/040-node-manager/crds/node_group.yaml";
const WEBHOOK = "deckhouse/deckhouse:modules/040-node-manager/webhooks/validating/node_group";
const LATE = "The API server refuses it, when half of the program has been applied";

/** Rules of what only Deckhouse's groups have: those of its CRDs' schemas and of its admission webhooks. */
export const DECKHOUSE = {
  otherEngine: {
    code: "PL4050",
    rule: "Properties of Deckhouse's groups are given to a group of the engine deckhouse only",
    cause: "Another engine has no place for them: they would be left out silently",
  },
  cri: {
    code: "PL4051",
    rule: "The container runtime is Containerd, ContainerdV2 or NotManaged, named by its type, with no settings but its own",
    cause: "Deckhouse's webhook refuses Docker, and its schema settings without a type or of another one",
    source: `${NODE_GROUP}; ${WEBHOOK}`,
  },
  disruptions: {
    code: "PL4052",
    rule: "Disruptions have the approval mode Manual, Automatic or RollingUpdate, with no settings but its own",
    cause: LATE,
    source: NODE_GROUP,
  },
  windows: {
    code: "PL4053",
    rule: "A window is from HH:MM to another HH:MM, in UTC, on days Mon to Sun",
    cause: "The API server refuses another form, and in a window of no length nothing is ever allowed",
    source: NODE_GROUP,
  },
  chaos: {
    code: "PL4054",
    rule: "Chaos is Disabled, or DrainAndDelete with a period in hours and minutes",
    cause: LATE,
    source: NODE_GROUP,
  },
  kubelet: {
    code: "PL4055",
    rule: "A kubelet has at least one pod, 1 to 20 log files of a whole size, and an absolute root directory",
    cause: "The schema's pattern lets any text with a digit pass: the kubelet would not start with it",
    source: NODE_GROUP,
  },
  reservation: {
    code: "PL4056",
    rule: "Resources are reserved Off, Auto or Static, and statically at least one of cpu, memory and ephemeralStorage",
    cause: "The API server refuses a static reservation of nothing, and the kubelet amounts that it cannot read",
    source: NODE_GROUP,
  },
  topology: {
    code: "PL4057",
    rule: "The topology manager has resources reserved, and with a static reservation cpu among them",
    cause: "It gives whole cores to pods, which it can only when the kubelet knows how many are the system's",
    source: WEBHOOK,
  },
  swap: {
    code: "PL4058",
    rule: "Swap is NoSwap, or LimitedSwap of a size in whole G, with a swappiness from 0 to 100",
    cause: LATE,
    source: NODE_GROUP,
  },
  update: {
    code: "PL4059",
    rule: "The nodes that are updated at a time are a whole number or per cent, from 1",
    cause: "With none at a time no node is ever updated",
    source: NODE_GROUP,
  },
  fencing: {
    code: "PL4060",
    rule: "Fencing has the mode Watchdog and a timeout in s, m or h",
    cause: LATE,
    source: NODE_GROUP,
  },
  gpu: {
    code: "PL4061",
    rule: "A card is shared by TimeSlicing in 1 to 100 parts, by MIG with a profile or slices of its own, or Exclusive",
    cause: LATE,
    source: NODE_GROUP,
  },
  standby: {
    code: "PL4062",
    rule: "Standby is a whole number or per cent, of a group with a min from 1 and room above it, with a rate of 1 to 80 per cent",
    cause: "Deckhouse learns the size of a standby pod from a node that runs: of a group of none it orders nothing",
    source: "deckhouse/deckhouse:modules/040-node-manager/docs/FAQ.md",
  },
  instanceClass: {
    code: "PL4063",
    rule: "A root disk has whole GB from 1; a tag has at most 60 characters as key=value, none of them a comma or slash",
    cause: "Nova refuses the tags or the volume of each machine, again and again",
    source:
      "openstack/nova:nova/api/validation/parameter_types.py, tag; deckhouse/deckhouse:ee/modules/030-cloud-provider-openstack",
  },
  configuration: {
    code: "PL4064",
    rule: "A script has a name of its own, content, a whole weight and at least one bundle",
    cause: "Two scripts of one name would be one object, which each would change to its own",
    source: "deckhouse/deckhouse:modules/040-node-manager/crds/nodegroupconfiguration.yaml",
  },
  rollout: {
    code: "PL4065",
    rule: "Counts of machines and seconds are whole numbers from 0, and while machines are replaced one may be missing or beyond",
    cause: "With neither, no machine is ever replaced: the new ones wait for the old ones, and these for the new ones",
    source: "deckhouse/mcm:pkg/controller/deployment_rolling.go",
  },
  annotation: {
    code: "PL4066",
    rule: "Annotations of nodes have valid keys, none of them in the domain deckhouse.io",
    cause: "Keys of that domain are Deckhouse's own; invalid ones are refused by the API server",
    source: "deckhouse/deckhouse:modules/040-node-manager/docs/FAQ.md",
  },
  module: {
    code: "PL4070",
    rule: "Settings of the module have values of its schema, its tags are ones that Nova takes, and load balancers that are disabled nothing else",
    cause:
      "Deckhouse stops at settings that it cannot read, for all groups; what is said of disabled load balancers is not heeded",
    source: "deckhouse/deckhouse:ee/modules/030-cloud-provider-openstack/openapi/config-values.yaml",
  },
} as const satisfies Record<string, Rule>;
