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
    rule: "A group has a fixed size or limits; sizes are whole numbers from 0, and min is not above max",
    cause: "The schema lets it pass, a controller or a webhook refuses it when half of the program has been applied",
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
    cause: "The controllers would be given an empty URL, and order no machine",
    source: "deckhouse/deckhouse:ee/modules/030-cloud-provider-openstack/docs/CONFIGURATION.md",
  },
  keyPairOwner: {
    code: "PL4013",
    rule: "A key pair that is made belongs to the user as which machines are ordered",
    cause:
      "Nova keeps key pairs by user, and only an administrator can make another user's: no machine is ordered with a key pair that the controllers' user does not have",
    source: "openstack/nova:nova/policies/keypairs.py",
  },
  podRange: {
    code: "PL4014",
    rule: "The cluster's pod range has a range for every node that its groups may have",
    cause: "A node that gets none has no podCIDR: its CNI never gets ready",
    source: "kubernetes/kubernetes:pkg/controller/nodeipam/ipam/cidrset/cidr_set.go",
  },
  tokenLifetime: {
    code: "PL4015",
    rule: "A join token lives longer than a machine may take until its Node is ready",
    cause: "A machine whose token has expired before it boots never joins; it is replaced by one with the same fate",
    source: "kubernetes-sigs/cluster-api:bootstrap/kubeadm/main.go, bootstrap-token-ttl",
  },
  endpoint: {
    code: "PL4016",
    rule: "The endpoint of the cluster is a host and a port",
    cause: "It is written into every machine's join configuration, and cannot be changed in an OpenStackCluster",
    source: "kubernetes-sigs/cluster-api-provider-openstack:pkg/webhooks/openstackcluster_webhook.go",
  },
  version: {
    code: "PL4017",
    rule: "The version of the cluster is v and three numbers",
    cause: "Cluster API makes no machine of a version that it cannot read, or that is newer than the control plane's",
    source: "kubernetes-sigs/cluster-api:internal/controllers/machineset/machineset_preflight.go",
  },
  restrictedLabel: {
    code: "PL4018",
    rule: "Labels of the domains kubernetes.io and k8s.io are ones that a kubelet or Cluster API may set",
    cause: "With any other the kubelet does not start: the machine runs and never joins",
    source: "kubernetes/kubernetes:cmd/kubelet/app/options/options.go, ValidateKubeletFlags",
  },
  clusterName: {
    code: "PL4019",
    rule: "The name of a cluster of Cluster API is a DNS label of at most 57 characters",
    cause: "Namespaces, Secrets and labels are made of it, and the API server refuses longer ones",
    source: "kubernetes/apimachinery:pkg/util/validation/validation.go",
  },
  groupTwice: {
    code: "PL4021",
    rule: "No two groups of a cloud have the same name, nor names that give the same objects",
    cause: "They would be one object in Kubernetes, which each would change to its own shape",
  },
  definitionTwice: {
    code: "PL4020",
    rule: "The definition of ExternalControlPlane is made by one cloud of a program",
    cause: "Removing the cloud that made it would remove the control planes of all others",
  },
  serverGroup: {
    code: "PL4022",
    rule: "A server group is given to a group of the engine clusterApi only",
    cause: "Deckhouse has no property for one: the machines would land where they may not",
    source: "deckhouse/deckhouse#5958",
  },
  podNetworkDiffers: {
    code: "PL4023",
    rule: "The network counts with the encapsulation that Deckhouse's pod network has: VXLAN",
    cause: "Pods would send packets that do not pass, or through a port that the security group does not open",
    source: "deckhouse/deckhouse:ee/modules/030-cloud-provider-openstack/docs/CONFIGURATION.md",
  },
  quota: {
    code: "PL4024",
    rule: "The machines that all groups of a cloud may have together fit into the quota of the project, where it is given",
    cause: "A machine beyond it is ordered again and again, and the fault stands only on its OpenStackServer object",
    source: "kubernetes/autoscaler#4142; kubernetes/autoscaler#6778",
  },
  imageTwice: {
    code: "PL4031",
    rule: "The name of an image that exists, for the engine clusterApi, is that of one image",
    cause: "Cluster API's provider finds images by name and orders no machine when there are two of that name",
    source: "kubernetes-sigs/cluster-api-provider-openstack:pkg/cloud/services/compute/instance.go, getImageIDByFilter",
  },
  priority: {
    code: "PL4041",
    rule: "A group's priority is a whole number from 0",
    cause: "The autoscaler never takes a group of a negative priority, and reads whole numbers only",
    source: "kubernetes/autoscaler:cluster-autoscaler/expander/priority/priority.go, BestOption",
  },
  priorityTwice: {
    code: "PL4042",
    rule: "No two groups of a cloud have the same priority",
    cause: "Of groups of one priority the autoscaler takes any: there is no order among them",
    source: "kubernetes/autoscaler:cluster-autoscaler/expander/priority/priority.go, BestOption",
  },
  priorityMissing: {
    code: "PL4043",
    rule: "When groups of a cloud have priorities, each that the autoscaler scales has one",
    cause: "A group of which the priority expander finds no priority is not used while another has one",
    source: "kubernetes/autoscaler:cluster-autoscaler/expander/priority/priority.go, BestOption",
  },
  priorityOfFixed: {
    code: "PL4044",
    rule: "Only a group whose size is a range has a priority",
    cause: "The autoscaler orders nothing for a group of a fixed size: it has no place in the fallback order",
  },
  autoscalerMissing: {
    code: "PL4045",
    rule: "Groups of Cluster API have priorities only when their cloud describes the cluster autoscaler",
    cause: "The autoscaler reads priorities from its ConfigMap, not from the groups",
    source: "kubernetes/autoscaler:cluster-autoscaler/expander/priority/readme.md",
  },
  backoff: {
    code: "PL4046",
    rule: "The autoscaler leaves a group that has failed alone for longer than all groups after it take to fail",
    cause:
      "By its defaults it waits 15 minutes for a node and leaves a group alone for 5: it comes back to the first group before it comes to the last, for ever",
    source: "kubernetes/autoscaler#5903; kubernetes/autoscaler#4958; gardener/autoscaler#370",
  },
  provisionTime: {
    code: "PL4047",
    rule: "The autoscaler waits for the Node of a machine at least as long as the health check does",
    cause: "It would delete machines, as unregistered, that the health check still lets start",
    source: "kubernetes/autoscaler#5465",
  },
  controlPlane: {
    code: "PL4048",
    rule: "Neither name, labels nor taints make the nodes of a group those of the control plane",
    cause: "Pods of the control plane look for its nodes by them: they would move to machines that come and go",
    source: "kubernetes/kubernetes:cmd/kubeadm/app/constants/constants.go; deckhouse/deckhouse#4890",
  },
  openGroup: {
    code: "PL4049",
    rule: "A group has a taint that keeps away pods that do not mean it",
    cause:
      "What keeps the cluster going lands on any node without one: when the controllers that join machines were on a machine that went, nothing joined any more",
    source: "deckhouse/deckhouse#4890",
  },
  byName: {
    code: "PL4067",
    rule: "What a group of Deckhouse has of the cloud is given by its name",
    cause:
      "Deckhouse looks images, networks and security groups up by name: with an id it finds none, and orders no machine",
    source: "deckhouse/deckhouse:ee/modules/030-cloud-provider-openstack/cloud-instance-manager/machine-class.yaml",
  },
  reference: {
    code: "PL4068",
    rule: "What exists is named by its name or by its id, and each is named once",
    cause:
      "Of two one would be left out silently; a network or security group that is named twice gives two ports or is refused",
    source: "openstack/nova:nova/network/neutron.py, DuplicateNetworks",
  },
  shape: {
    code: "PL4069",
    rule: "A machine's shape is one of the catalogue, or is given by cores, memory and disk",
    cause: "Of two that differ one would be left out silently",
  },
  wait: {
    code: "PL4071",
    rule: "What up waits for is the minimum of Nodes or none, for longer than no time",
    cause: "Pulumi's provider would take a time-out of zero for its own of ten minutes",
    source: "pulumi/pulumi-kubernetes:provider/pkg/metadata/overrides.go, TimeoutDuration; provider/pkg/await/await.go",
  },
  portShape: {
    code: "PL4073",
    rule: "A port of a group of Deckhouse is given by its network alone",
    cause:
      "Its machine class has names of networks and no ports: what else is said of one would be left out silently, and a port with the pods' own addresses would let none through",
    source: "deckhouse/deckhouse:ee/modules/030-cloud-provider-openstack/crds/openstack_instance_class.yaml",
  },
  portOfGroup: {
    code: "PL4074",
    rule: "Ports of a group are made with its machines; none is adopted, and none has an address or a MAC address of its own",
    cause:
      "A port serves one server, and a machine that is replaced has its successor beside it: the second would fail with PortInUse or IpAddressAlreadyAllocated. The provider looks for ports under the machine's name, which is random",
    source:
      "openstack/nova:nova/network/neutron.py, _ensure_no_port_binding_failure; kubernetes-sigs/cluster-api-provider-openstack:pkg/cloud/services/networking/port.go, EnsurePort",
  },
  portSecurity: {
    code: "PL4075",
    rule: "A port without port security has neither security groups nor address pairs",
    cause: "Neutron or Cluster API's provider refuses the port: the machine is ordered and never made",
    source:
      "openstack/neutron:neutron/plugins/ml2/plugin.py, _check_security_groups, AddressPairAndPortSecurityRequired; kubernetes-sigs/cluster-api-provider-openstack:pkg/cloud/services/networking/port.go, EnsurePort",
  },
  portBinding: {
    code: "PL4076",
    rule: "How a port is bound, its tags and its MAC addresses are of a form that Neutron takes",
    cause:
      "Kubernetes takes any text: Neutron refuses the port when a machine is made, and says so on its OpenStackServer only",
    source:
      "openstack/neutron-lib:neutron_lib/api/definitions/portbindings.py; openstack/neutron:doc/source/admin/config-ovs-offload.rst",
  },
  waitedInVain: {
    code: "PL4072",
    rule: "A group that up waits for has its minimum of Ready Nodes in time",
    cause:
      "Pulumi's provider names no machine when its time is up; what fails stands on objects of the cluster and the cloud that it does not look at",
    source: "kubernetes-sigs/cluster-api-provider-openstack:controllers/openstackserver_controller.go",
  },
} as const satisfies Record<string, Rule>;
