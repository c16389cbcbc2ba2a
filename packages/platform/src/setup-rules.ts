import type { Rule } from "@plinth/core";

/** Rules of what is set up after the releases: storage, addresses, virtual machines, tenants, ingress and certificates. */
export const PLATFORM_SETUP = {
  storagePool: {
    code: "PL5060",
    rule: "On a node a storage pool has a name of its own, of 3 to 48 letters, digits, hyphens and underscores",
    cause: "LINSTOR knows a pool by its node and its name: of two of one name on a node only one can be",
  },
  storageDevice: {
    code: "PL5061",
    rule: "A disk is given by its path below /dev and belongs to one storage pool",
    cause: "A pool is made by writing to the disk: the second one would overwrite the first",
    source: "piraeusdatastore/piraeus-operator:config/crd/bases/piraeus.io_linstorsatelliteconfigurations.yaml",
  },
  storageDirectory: {
    code: "PL5062",
    rule: "The directory of a file pool is below /var",
    cause: "On Talos nothing else can be written, and a root file system that fills up takes the node with it",
  },
  storageNodes: {
    code: "PL5063",
    rule: "Storage is on nodes of the platform, and each node is in one group",
    cause:
      "A configuration that selects no node does nothing and says nothing; a node in two groups gets the pools of both",
    source: "piraeusdatastore/piraeus-operator:config/crd/bases/piraeus.io_linstorsatelliteconfigurations.yaml",
  },
  storageClass: {
    code: "PL5064",
    rule: "A storage class has a name of its own and a pool that some node has, and one at most is the default",
    cause: "Volumes of a class without a pool stay pending; of two default classes the newest wins, silently",
    source: "kubernetes/kubernetes:pkg/volume/util/storageclass.go",
  },
  replicas: {
    code: "PL5065",
    rule: "A replicated volume has at least two replicas and no more than there are nodes with its pool",
    cause: "LINSTOR finds no place for the last replica: the volume is never made",
  },
  addressPool: {
    code: "PL5066",
    rule: "An address pool has a name of its own and ranges from the load balancer ranges of the platform's network, each in one pool",
    cause:
      "Addresses that the network plan does not know meet those of somebody else; MetalLB refuses pools that overlap",
    source: "metallb/metallb:internal/config/config.go",
  },
  layer2: {
    code: "PL5067",
    rule: "Addresses that are announced on layer 2 are in a subnet of the nodes",
    cause: "A router asks for an address only in the subnet that it is in: nobody hears the announcement of another",
    source: "metallb/metallb:website/content/concepts/layer2.md",
  },
  bgp: {
    code: "PL5068",
    rule: "A pool that is announced by BGP names peers, which have a name, an address and numbers of autonomous systems from 1 to 4294967295",
    cause:
      "Without peers MetalLB announces to all that there are; with a wrong number the session is never established",
    source: "metallb/metallb:config/crd/bases/metallb.io_bgpadvertisements.yaml",
  },
  featureGate: {
    code: "PL5070",
    rule: "A feature gate is a word that begins with a capital, named once",
    cause: "KubeVirt does not refuse names that it does not know: what was meant stays off",
    source: "kubevirt/kubevirt:pkg/virt-config/featuregate/feature-gates.go",
  },
  hostDevice: {
    code: "PL5071",
    rule: "A PCI device is given by vendor and device, four hexadecimal digits each, and by a name with a domain; each once",
    cause: "No device is found for a malformed selector: VMs that ask for it stay pending",
    source: "cozystack/cozystack#2765",
  },
  cpuRatio: {
    code: "PL5072",
    rule: "The number of virtual cores that share one is whole, from 1 to 100",
    cause: "The API server refuses fractions, when half of the program has been applied",
    source: "kubevirt/kubevirt:manifests/generated/kv-resource.yaml",
  },
  uploadProxy: {
    code: "PL5073",
    rule: "The address that images are uploaded to is a URL, with https or http",
    cause: "The importer hands on whatever it is given: virtctl cannot read a name with a port, and every upload fails",
    source: "kubevirt/kubevirt:pkg/virtctl/imageupload/imageupload.go, ConstructUploadProxyPath",
  },
  tenantName: {
    code: "PL5075",
    rule: "The name of a tenant is of lower case letters and digits, its own among its siblings, and its namespace has at most 63 characters",
    cause:
      "Namespaces are made of the names on the way down, joined by hyphens: with hyphens inside, two tenants are one",
    source: "cozystack/cozystack:packages/apps/tenant/templates/_helpers.tpl",
  },
  tenantQuota: {
    code: "PL5076",
    rule: "Quotas add up: those of a tenant's tenants together are within its own, and none is without a limit that it has",
    cause: "Quotas of Kubernetes are of one namespace: a tenant escapes its own by making tenants below it",
    source: "cozystack/cozystack#752, #3085",
  },
  tenantAmount: {
    code: "PL5077",
    rule: "An amount of a quota is a number of cores (4, 500m), of bytes (8Gi) or of objects (a whole number)",
    cause: "The API server takes 500M cores and 8m bytes as they are written",
    source: "kubernetes/apimachinery:pkg/api/resource/quantity.go",
  },
  ingressClass: {
    code: "PL5080",
    rule: "An ingress class has a name of its own, one at most is the default, and certificates are proved through one that is there",
    cause:
      "Which of two defaults an Ingress gets is not its choice; a challenge of a class that nobody serves never ends",
  },
  issuer: {
    code: "PL5081",
    rule: "An issuer has a name of its own, and one that uses ACME has a server with https and an e-mail address that exists",
    cause:
      "Let's Encrypt refuses to register addresses of example.com: the issuer is never ready, nor what waits for it",
    source: "letsencrypt/boulder:policy/pa.go",
  },
  provider: {
    code: "PL5085",
    rule: "What is set up is of kinds that a release of the platform provides",
    cause: "An object whose kind nobody brings is refused by the API server, when half of the platform is there",
  },
} as const satisfies Record<string, Rule>;
