import type { Rule } from "@plinth/core";

/** Rules of a platform's graph, of its phases and of its ranges. */
export const PLATFORM = {
  dangling: {
    code: "PL5001",
    rule: "All that a release requires is provided by another release of the platform, or is in the cluster already",
    cause: "Flux looks for what a dependsOn names for ever; nothing says which package was never installed",
    source: "cozystack/cozystack#3391, #161; fluxcd/helm-controller:internal/controller/helmrelease_controller.go",
  },
  cycle: {
    code: "PL5002",
    rule: "No release waits for itself, by whatever way",
    cause: "Flux has no check for cycles: each release of the circle waits for the next, for ever",
    source: "fluxcd/helm-controller:internal/controller/helmrelease_controller.go",
  },
  disabledDependency: {
    code: "PL5003",
    rule: "A component is disabled only together with all that cannot run without it",
    cause: "One disabled package left 27 others waiting for ever, and nothing at render named the cause",
    source: "cozystack/cozystack#3389",
  },
  kindOwners: {
    code: "PL5004",
    rule: "The CRD of a kind has one owner",
    cause: "Two releases replace each other's CRD, and removing one of them removes every object of the kind",
    source: "fluxcd/flux2#883; fluxcd/helm-controller#1139",
  },
  namespaceOwners: {
    code: "PL5005",
    rule: "Components that share a namespace share its definition",
    cause: "Its Pod Security level is the highest that any of them needs: declared twice, the last one applied wins",
  },
  duplicateName: {
    code: "PL5006",
    rule: "Each component has a name of its own, and in its namespace a Helm release of its own",
    cause: "Helm keeps a release by its name: the second one upgrades the first to another chart, and may delete it",
    source: "cozystack/cozystack#2128",
  },
  phaseOrder: {
    code: "PL5007",
    rule: "No release waits for one of a later phase",
    cause: "A release that makes the pod network cannot wait for pods that need it",
    source: "cozystack/cozystack:scripts/installer.sh",
  },
  notInPlatform: {
    code: "PL5008",
    rule: "Only components of the platform are disabled or configured",
    cause: "It would have no effect: the component meant is another object, or stays as it is",
  },
  providedTwice: {
    code: "PL5009",
    rule: "What the cluster has already is not installed once more",
    cause: "Two pod networks write the same files on every node; which one a pod gets is chance",
  },
  gateway: {
    code: "PL5010",
    rule: "The pods' gateway is a host address of their range",
    cause: "kube-ovn makes a logical router that no pod reaches; later changes of it are not applied",
    source: "cozystack/cozystack#283",
  },
  machineAddress: {
    code: "PL5011",
    rule: "Each machine has a name and an address of its own, the address in one of the node subnets",
    cause: "Components that are given the address find another machine, or none",
  },
  controlPlane: {
    code: "PL5012",
    rule: "The control plane has an odd number of machines, at least one",
    cause: "etcd and OVN's databases need more than half: with two machines either one's failure stops both",
    source: "cozystack/cozystack#2242; siderolabs/talos#9276",
  },
  loadBalancerRange: {
    code: "PL5013",
    rule: "A load balancer range runs upwards and holds no address of a machine, of the API server or of another range",
    cause: "MetalLB answers for the address too: half of the packets to the machine get lost",
    source: "metallb/metallb:internal/config/config.go",
  },
  rangeSize: {
    code: "PL5014",
    rule: "The pod, Service and join ranges are of one IP version and have room: Services at least 16 addresses, pods and the join network 256",
    cause:
      "The cluster's DNS has the tenth address of the Services; a cluster of two IP versions needs two of each range",
    source: "kubernetes/kubernetes:cmd/kubeadm/app/constants/constants.go, GetDNSIP",
  },
  apiServer: {
    code: "PL5015",
    rule: "Before there is a pod network, the API server is reached by an address",
    cause: "The CNI and Flux start first and cannot use the Service of the API server: nothing routes to it yet",
    source: "cozystack/cozystack:packages/core/installer/templates/cozystack-operator.yaml",
  },
  chartSource: {
    code: "PL5016",
    rule: "Charts of the phases host and cni come from outside the cluster",
    cause: "A chart server in the cluster is reached through the pod network that the chart is to make",
    source: "cozystack/cozystack:scripts/installer.sh",
  },
  directDelivery: {
    code: "PL5017",
    rule: "Flux itself is the one component that is not delivered by Flux",
    cause:
      "A HelmRelease cannot bring the controller that reads it, and nothing else would repair what is only sent once",
  },
} as const satisfies Record<string, Rule>;
