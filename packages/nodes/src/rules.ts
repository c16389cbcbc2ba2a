import type { Rule } from "@plinth/core";

/** Rules of node groups and of the cloud that they order machines from. */
export const NODES = {
  directRouting: {
    code: "PL4001",
    rule: "Pods' packets are encapsulated (VXLAN) where nodes are joined by a router",
    cause:
      "DirectRouting is flannel's host-gw, which needs all nodes in one layer 2 segment: between the sites pods never meet",
    source:
      "flannel-io/flannel:Documentation/backends.md; deckhouse/deckhouse:ee/modules/030-cloud-provider-openstack/docs/CONFIGURATION.md",
  },
  size: {
    code: "PL4002",
    rule: "Sizes are whole numbers from 0, and min is not above max",
    cause: "The schema lets it pass, the admission webhook refuses it when half of the program has been applied",
    source: "deckhouse/deckhouse:modules/040-node-manager/webhooks/validating/node_group",
  },
  zones: {
    code: "PL4003",
    rule: "A group has at least one availability zone, each named once",
    cause: "Sizes are per zone: without a zone no machine is ordered, with a zone twice the sums are wrong",
  },
  groupName: {
    code: "PL4004",
    rule: "The name of a node group is a DNS label of at most 42 characters",
    cause: "Machine names are made of it; the API server refuses others when half of the program has been applied",
    source: "deckhouse/deckhouse:modules/040-node-manager/crds/node_group.yaml",
  },
  taintKey: {
    code: "PL4005",
    rule: "A taint's key is `dedicated`, `dedicated.deckhouse.io`, or one of the cluster's customTolerationKeys",
    cause:
      "Deckhouse's own agents tolerate only those: with another key no system pod runs on the node and it never gets ready",
    source: "deckhouse/deckhouse:modules/040-node-manager/webhooks/validating/node_group",
  },
  taint: {
    code: "PL4006",
    rule: "A taint has a valid key and value and the effect NoSchedule, PreferNoSchedule or NoExecute, and each pair of key and effect occurs once",
    cause: "The API server refuses the node's taints as a whole",
    source: "kubernetes/kubernetes:pkg/apis/core/validation/validation.go",
  },
  machine: {
    code: "PL4007",
    rule: "A machine has at least one core, whole MiB of memory and whole GiB of disk",
    cause: "Nova counts memory in MiB and disk in GiB and refuses fractions",
    source: "openstack/nova:nova/api/openstack/compute/schemas/flavor_manage.py",
  },
  addresses: {
    code: "PL4008",
    rule: "The subnet has an address for every machine that a group may have, those of a rolling replacement included, and one for Neutron itself",
    cause: "The machine that gets none stays in building until its creation times out, again and again",
    source:
      "openstack/neutron:neutron/agent/linux/dhcp.py, setup_dhcp_port; neutron/plugins/ml2/drivers/ovn/mech_driver/ovsdb/ovn_client.py, update_metadata_port",
  },
  label: {
    code: "PL4009",
    rule: "Labels have valid keys and values, and none in the domain deckhouse.io",
    cause: "Keys of that domain are Deckhouse's own; invalid ones are refused by the API server",
    source:
      "deckhouse/deckhouse:modules/040-node-manager/docs/FAQ.md; kubernetes/apimachinery:pkg/util/validation/validation.go",
  },
  zoneUnknown: {
    code: "PL4010",
    rule: "A group's zones are among those of its cloud",
    cause: "In a hybrid cluster no webhook checks zones: a machine in an unknown zone is ordered for ever",
    source: "deckhouse/deckhouse:modules/040-node-manager/webhooks/validating/node_group",
  },
  flavorDiffers: {
    code: "PL4011",
    rule: "A flavor that is adopted has the shape that the machine is given",
    cause: "The autoscaler and the quota sums would count with another shape than the machines have",
  },
  noIdentity: {
    code: "PL4012",
    rule: "The cloud's catalogue has a public identity endpoint, or the connection is given",
    cause: "Deckhouse's controllers would be given an empty URL, and order no machine",
    source: "deckhouse/deckhouse:ee/modules/030-cloud-provider-openstack/docs/CONFIGURATION.md",
  },
  keyPairOwner: {
    code: "PL4013",
    rule: "A key pair that is made belongs to the user as which machines are ordered",
    cause:
      "Nova keeps key pairs by user, and only an administrator can make another user's: no machine is ordered with a key pair that the controllers' user does not have",
    source: "openstack/nova:nova/policies/keypairs.py",
  },
} as const satisfies Record<string, Rule>;
