// For each incident: what prevents it, and how to take that away. `npm run mutations` does so in a copy, and expects its test to fail.
// A row with `types` is prevented by a type: then it is the compiler that has to complain of a needless @ts-expect-error.
const NODES = "packages/nodes/src/";
const CLUSTER_API = `${NODES}engines/cluster-api/`;
const NETWORK = "packages/network/src/";

const DEFAULT_ENGINE = {
  file: `${NODES}engines/plans.ts`,
  from: 'DEFAULT_ENGINE = { type: "clusterApi" }',
  to: 'DEFAULT_ENGINE = { type: "deckhouse" }',
};

export const MUTATIONS = [
  { incident: "deckhouse/deckhouse#15601", ...DEFAULT_ENGINE },
  {
    incident: "deckhouse/deckhouse#12816",
    file: `${NODES}plan.ts`,
    from: "const name = props.name ?? check.path;",
    to: "const name = check.path;",
  },
  {
    incident: "deckhouse/deckhouse#12816",
    file: `${NODES}plan.ts`,
    from: "|| name.length > engine.maxGroupName",
    to: "",
  },
  {
    incident: "hashicorp/terraform#22139",
    file: `${CLUSTER_API}cloud-chart.ts`,
    from: "subnets: [{ id: network.subnetId }],",
    to: "",
  },
  {
    incident: "hashicorp/terraform#22139",
    file: `${CLUSTER_API}group-chart.ts`,
    from: "{ securityGroups: [{ id: securityGroupId }] }",
    to: "{ securityGroups: [{ filter: { name: securityGroupId } }] }",
  },
  {
    incident: "gardener/machine-controller-manager#72",
    file: `${NODES}server-group.ts`,
    from: "args.name ?? uniqueName",
    to: 'args.name ?? "burst"',
  },
  {
    incident: "kubernetes/cloud-provider-openstack#2038",
    file: `${CLUSTER_API}plan.ts`,
    from: "wantsUniqueImage: true",
    to: "wantsUniqueImage: false",
  },
  {
    incident: "deckhouse/deckhouse#9196",
    file: `${CLUSTER_API}group-chart.ts`,
    from: "...(addressPairs.length === 0 ? {} : { allowedAddressPairs: addressPairs.map((ipAddress) => ({ ipAddress })) }),",
    to: "",
  },
  {
    incident: "deckhouse/deckhouse#9196",
    file: `${CLUSTER_API}component.ts`,
    from: 'cloud.podNetworkMode === "Routed" ? [own(cloud).podCidr] : []',
    to: "[own(cloud).podCidr]",
  },
  {
    incident: "cloudnativelabs/kube-router#854",
    file: `${NODES}engines/deckhouse/plan.ts`,
    from: 'if (mode !== "VXLAN") refuseMode(mode, network, check);',
    to: "",
  },
  {
    incident: "cloudnativelabs/kube-router#854",
    file: `${NODES}engines/deckhouse/plan.ts`,
    from: 'if (encapsulation !== "vxlan") {',
    to: 'if (encapsulation === "ipsec") {',
  },
  {
    incident: "kubernetes/autoscaler#6778",
    file: `${NODES}plan-together.ts`,
    from: "  checkQuota(group, machines, at, check);\n",
    to: "",
  },
  {
    incident: "kubernetes/autoscaler#5465",
    file: `${CLUSTER_API}defaults.ts`,
    from: 'provisioningTimeout: "10m",\n  tokenLifetime: "15m"',
    to: 'provisioningTimeout: "20m",\n  tokenLifetime: "30m"',
  },
  {
    incident: "kubernetes/autoscaler#5465",
    file: `${CLUSTER_API}group-chart.ts`,
    from: '"provider-id": "openstack:///{{ instance_id }}",',
    to: "",
  },
  {
    incident: "vexxhost/magnum-cluster-api#907",
    file: `${CLUSTER_API}autoscaler.ts`,
    from: "/memory`]:",
    to: "/storage`]:",
  },
  {
    incident: "vexxhost/magnum-cluster-api#907",
    file: `${NODES}props.ts`,
    from: "readonly machine: Machine;",
    to: "readonly machine?: Machine;",
    types: true,
  },
  {
    incident: "kubernetes/autoscaler#8538",
    file: `${CLUSTER_API}group-chart.ts`,
    from: "...(autoscaled ? {} : { replicas: min }),",
    to: "replicas: min,",
  },
  {
    incident: "kubernetes/autoscaler#8538",
    file: `${CLUSTER_API}group-chart.ts`,
    from: "nodeDrainTimeoutSeconds: DRAIN_SECONDS, ",
    to: "",
  },
  {
    incident: "kubernetes/autoscaler#8538",
    file: `${NODES}props.ts`,
    from: "| { readonly min: number; readonly max: number; readonly replicas?: never };",
    to: "| { readonly min: number; readonly max: number; readonly replicas?: number };",
    types: true,
  },
  {
    incident: "kubernetes/autoscaler#5595",
    file: `${CLUSTER_API}autoscaler.ts`,
    from: "const all = { ...groupLabel(plan), ...labels };",
    to: "const all = labels;",
  },
  {
    incident: "deckhouse/deckhouse#8240",
    file: `${NODES}engines/deckhouse/chart.ts`,
    from: "group.node.addDependency(instanceClass);",
    to: "",
  },
  {
    incident: "deckhouse/deckhouse#8240",
    file: `${NODES}hybrid-node-group.ts`,
    from: "dependsOn: [cloud, ...ofFlavor.ready]",
    to: "dependsOn: [...ofFlavor.ready]",
  },
  {
    incident: "deckhouse/deckhouse#5958",
    file: `${NODES}engines/deckhouse/plan.ts`,
    from: "hasServerGroups: false",
    to: "hasServerGroups: true",
  },
  {
    incident: "deckhouse/deckhouse#5958",
    file: `${CLUSTER_API}group-chart.ts`,
    from: "...(serverGroupName === undefined ? {} : { serverGroup: { filter: { name: serverGroupName } } }),",
    to: "",
  },
  {
    incident: "kubernetes-sigs/cluster-api-provider-openstack#1404",
    file: `${NODES}plan-together.ts`,
    from: '["ports", machines, quota.ports, "ports"],',
    to: "",
  },
  {
    incident: "kubernetes-sigs/cluster-api-provider-openstack#1404",
    file: `${NODES}plan-together.ts`,
    from: "const NEUTRON_PORTS = 1;",
    to: "const NEUTRON_PORTS = 0;",
  },
  {
    incident: "gardener/machine-controller-manager#318",
    file: `${CLUSTER_API}group-chart.ts`,
    from: "rollingUpdate: { maxSurge: surge,",
    to: "rollingUpdate: { maxSurge: 6,",
  },
  { incident: "gardener/machine-controller-manager#318", ...DEFAULT_ENGINE },
  {
    incident: "cozystack/cozystack#2147",
    file: `${NETWORK}plan-pods.ts`,
    from: "&& given.mtu > largest",
    to: "&& given.mtu > mtu",
  },
  {
    incident: "cozystack/cozystack#2147",
    file: `${NETWORK}component.ts`,
    from: "...(plan.mtu === DEFAULT_MTU && args.mtu === undefined ? {} : { mtu: plan.mtu }),",
    to: "",
  },
  {
    incident: "cozystack/cozystack#2147",
    file: `${NETWORK}plan-security.ts`,
    from: '{ protocol: version === 4 ? "icmp" : "ipv6-icmp", ports: undefined, use: "icmp" },',
    to: "",
  },
  {
    incident: "flannel-io/flannel#2388",
    file: `${NETWORK}plan-pods.ts`,
    from: "isPort) return given;",
    to: "isPort) return usual;",
  },
  {
    incident: "terraform-provider-openstack/terraform-provider-openstack#1511",
    file: `${NETWORK}drivers/neutron.ts`,
    from: "dependsOn: [...interfaces]",
    to: "dependsOn: []",
  },
  {
    incident: "terraform-provider-openstack/terraform-provider-openstack#1108",
    file: `${NETWORK}subnet.ts`,
    from: "dnsNameservers: plan.dnsServers.map(String),",
    to: "dnsNameservers: plan.dnsServers.map(String), hostRoutes: [],",
  },
];
