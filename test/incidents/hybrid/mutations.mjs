// For each incident: what prevents it, and how to take that away. `npm run mutations` does so in a copy, and expects its test to fail.
import { changed, mutationsOf, removed, untyped } from "../mutation.mjs";

const DEFAULT_ENGINE = changed(
  "nodes/engines/plans.ts",
  'DEFAULT_ENGINE = { type: "clusterApi" }',
  'DEFAULT_ENGINE = { type: "deckhouse" }',
);

export const MUTATIONS = mutationsOf({
  "deckhouse/deckhouse#15601": [DEFAULT_ENGINE],
  "deckhouse/deckhouse#12816": [
    changed("nodes/plan.ts", "const name = props.name ?? check.path;", "const name = check.path;"),
    removed("nodes/plan.ts", "|| name.length > engine.maxGroupName"),
  ],
  "hashicorp/terraform#22139": [
    removed("nodes/engines/cluster-api/cloud-chart.ts", "subnets: [{ id: network.subnetId }],"),
    changed("nodes/engines/cluster-api/ports.ts", "[{ id: own() }]", "[{ filter: { name: own() } }]"),
  ],
  "gardener/machine-controller-manager#72": [
    changed("nodes/server-group.ts", "args.name ?? uniqueName", 'args.name ?? "burst"'),
  ],
  "kubernetes/cloud-provider-openstack#2038": [
    changed("nodes/engines/cluster-api/plan.ts", "wantsUniqueImage: true", "wantsUniqueImage: false"),
  ],
  "deckhouse/deckhouse#9196": [
    changed(
      "nodes/engines/cluster-api/ports.ts",
      "const pairs = addressPairs.map((ipAddress) => ({ ipAddress }));",
      "const pairs: { ipAddress: string }[] = [];",
    ),
    changed(
      "nodes/engines/cluster-api/component.ts",
      'cloud.podNetworkMode === "Routed" ? [own(cloud).podCidr] : []',
      "[own(cloud).podCidr]",
    ),
  ],
  "cloudnativelabs/kube-router#854": [
    removed("nodes/engines/deckhouse/plan.ts", 'if (mode !== "VXLAN") refuseMode(mode, network, check);'),
    changed("nodes/engines/deckhouse/plan.ts", 'if (encapsulation !== "vxlan") {', 'if (encapsulation === "ipsec") {'),
  ],
  "kubernetes/autoscaler#6778": [removed("nodes/plan-together.ts", "  checkQuota(group, machines, at, check);\n")],
  "kubernetes/autoscaler#5465": [
    changed(
      "nodes/engines/cluster-api/autoscaler-plan.ts",
      "const LONGER_SECONDS = 300;",
      "const LONGER_SECONDS = -300;",
    ),
    changed(
      "nodes/engines/cluster-api/autoscaler-plan.ts",
      "if (maxNodeProvisionSeconds < provisioningSeconds) {",
      "if (maxNodeProvisionSeconds < 1) {",
    ),
    removed("nodes/engines/cluster-api/group-chart.ts", '"provider-id": "openstack:///{{ instance_id }}",'),
  ],
  "kubernetes/autoscaler#5903": [
    changed(
      "nodes/plan-fallback.ts",
      "initialBackoffSeconds ?? Math.max(1, zonesOf(groups)) * maxNodeProvisionSeconds",
      "initialBackoffSeconds ?? 300",
    ),
    changed("nodes/plan-fallback.ts", "checkBackoff(before, order.groups, at.autoscaler, check);", "{}"),
  ],
  "gardener/autoscaler#340": [
    removed("nodes/plan-fallback.ts", "  checkAmong(group, order, at, check);\n"),
    removed("nodes/engines/deckhouse/group-chart.ts", "priority: plan.priority,"),
  ],
  "kubernetes/autoscaler#4142": [
    removed(
      "nodes/engines/cluster-api/autoscaler-settings.ts",
      '"max-node-provision-time": text(autoscaler.maxNodeProvisionSeconds),',
    ),
    removed(
      "nodes/engines/cluster-api/autoscaler.ts",
      "[PROVISION_TIME]: formatDuration(maxNodeProvisionSeconds * 1000),",
    ),
  ],
  "vexxhost/magnum-cluster-api#907": [
    changed("nodes/engines/cluster-api/autoscaler.ts", "/memory`]:", "/storage`]:"),
    untyped("nodes/props.ts", "readonly machine: Machine;", "readonly machine?: Machine;"),
  ],
  "kubernetes/autoscaler#8538": [
    changed("nodes/engines/cluster-api/group-chart.ts", "...(autoscaled ? {} : { replicas: min }),", "replicas: min,"),
    removed("nodes/engines/cluster-api/group-chart.ts", "nodeDrainTimeoutSeconds: DRAIN_SECONDS, "),
    untyped(
      "nodes/props.ts",
      "| { readonly min: number; readonly max: number; readonly replicas?: never };",
      "| { readonly min: number; readonly max: number; readonly replicas?: number };",
    ),
  ],
  "kubernetes/autoscaler#5595": [
    changed(
      "nodes/engines/cluster-api/autoscaler.ts",
      "const all = { ...groupLabel(plan), ...labels };",
      "const all = labels;",
    ),
  ],
  "deckhouse/deckhouse#8240": [
    removed("nodes/engines/deckhouse/group-chart.ts", "group.node.addDependency(instanceClass);"),
    changed(
      "nodes/hybrid-node-group.ts",
      "dependsOn: [cloud, ...networks, ...ofFlavor.ready]",
      "dependsOn: [...networks, ...ofFlavor.ready]",
    ),
  ],
  "deckhouse/deckhouse#5958": [
    changed("nodes/engines/deckhouse/plan.ts", "hasServerGroups: false", "hasServerGroups: true"),
    changed("nodes/hybrid-node-group.ts", "serverGroupName: ofServers,", "serverGroupName: undefined,"),
  ],
  "kubernetes-sigs/cluster-api-provider-openstack#1404": [
    removed("nodes/plan-together.ts", '["ports", machines * ports, quota.ports, "ports"],'),
    changed("nodes/plan-together.ts", "const NEUTRON_PORTS = 1;", "const NEUTRON_PORTS = 0;"),
  ],
  "gardener/machine-controller-manager#318": [
    changed(
      "nodes/engines/cluster-api/group-chart.ts",
      "rollingUpdate: { maxSurge: surge,",
      "rollingUpdate: { maxSurge: 6,",
    ),
    DEFAULT_ENGINE,
  ],
  "deckhouse/deckhouse#11969": [
    changed(
      "nodes/metal-node.ts",
      'labels: { "node.kubernetes.io/exclude-from-external-load-balancers": "" },',
      "labels: {},",
    ),
    changed("nodes/metal-node.ts", "*,-node-route-controller", "*"),
  ],
  "deckhouse/deckhouse#4890": [
    changed("nodes/plan.ts", "taints = defaultTaints(name)", "taints = []"),
    removed("nodes/plan.ts", "  checkControlPlane({ name, labels, taints }, engine, check);\n"),
    changed(
      "nodes/engines/deckhouse/plan.ts",
      "if (/(^|\\.)deckhouse\\.io\\//.test(key))",
      "if (/^deckhouse\\.io\\//.test(key))",
    ),
  ],
  "kubernetes/cloud-provider-openstack#2062": [changed("nodes/metal-node.ts", "metal://", "openstack:///")],
  "kubernetes/cloud-provider#35": [
    changed(
      "nodes/metal-node.ts",
      "kubeletExtraArgs: [{",
      'kubeletExtraArgs: [{ name: "cloud-provider", value: "external" }, {',
    ),
    changed(
      "nodes/engines/cluster-api/plan.ts",
      'cloudController: engine.cloudController ?? "none",',
      'cloudController: engine.cloudController ?? "external",',
    ),
  ],
  "kubernetes/cloud-provider-openstack#1947": [
    changed(
      "nodes/metal-node.ts",
      "const ofCloud = { key: CLUSTER_API_GROUP_LABEL,",
      'const ofCloud = { key: "node.kubernetes.io/exclude-from-external-load-balancers",',
    ),
    changed(
      "nodes/engines/cluster-api/group-chart.ts",
      'const labels = { ...groupLabel(plan), ...labelsBy("kubelet", plan.labels) };',
      'const labels = labelsBy("kubelet", plan.labels);',
    ),
  ],
  "deckhouse/deckhouse#13091": [
    changed("nodes/status/diagnose-deckhouse.ts", "return [...known, ...gone]", "return [...known]"),
  ],
  "gardener/machine-controller-manager#181": [
    removed("nodes/status/diagnose-machine.ts", "    serverCause(machine, behind) ??\n"),
    changed("nodes/status/cloud-error.ts", "const message = unwrap(text);", "const message = text;"),
  ],
  "kubermatic/machine-controller#2080": [
    removed("nodes/engines/cluster-api/group-chart.ts", "nodeStartupTimeoutSeconds: cloud.provisioningSeconds,"),
  ],
  "cozystack/cozystack#2147": [
    changed("network/plan-pods.ts", "&& given.mtu > largest", "&& given.mtu > mtu"),
    removed(
      "network/component.ts",
      "...(plan.mtu === DEFAULT_MTU && args.mtu === undefined ? {} : { mtu: plan.mtu }),",
    ),
    removed(
      "network/plan-security.ts",
      '{ protocol: version === 4 ? "icmp" : "ipv6-icmp", ports: undefined, use: "icmp" },',
    ),
  ],
  "flannel-io/flannel#2388": [changed("network/plan-pods.ts", "isPort) return given;", "isPort) return usual;")],
  "terraform-provider-openstack/terraform-provider-openstack#1511": [
    changed("network/drivers/neutron.ts", "dependsOn: [...interfaces]", "dependsOn: []"),
  ],
  "terraform-provider-openstack/terraform-provider-openstack#1108": [
    changed(
      "network/subnet.ts",
      "dnsNameservers: plan.dnsServers.map(String),",
      "dnsNameservers: plan.dnsServers.map(String), hostRoutes: [],",
    ),
  ],
});
