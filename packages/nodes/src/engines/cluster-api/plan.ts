import { type Check, formatDuration, isDnsLabel } from "@plinth/core";
import type { PlannedPodNetwork } from "@plinth/network/plan";
import { DECKHOUSE } from "../../deckhouse-rules.js";
import type { PlannedAutoscaler } from "../../plan-fallback.js";
import type { ClusterApiCloudProps } from "../../props.js";
import {
  CLUSTER_API_CLUSTER_FIELDS,
  CLUSTER_API_FIELDS,
  type ClusterApiCluster,
  type ClusterApiEngine,
} from "../../props-cluster-api.js";
import { NODES } from "../../rules.js";
import type { EngineCloud, EnginePlan } from "../engine.js";
import { planAutoscaler } from "./autoscaler-plan.js";
import { DEFAULT_ENGINE_PROPS } from "./defaults.js";
import { readEndpoint, readVersion } from "./endpoint.js";
import { CLUSTER_API_GROUP_LABEL, labelWay } from "./labels.js";
import { deploymentName } from "./names.js";

/** How pods' packets travel, in the word for people. */
const MODES: Readonly<Record<PlannedPodNetwork["encapsulation"], EngineCloud["podNetworkMode"]>> = {
  none: "Routed",
  vxlan: "VXLAN",
  geneve: "Geneve",
  wireguard: "WireGuard",
  ipsec: "IPsec",
};

/** Longest name of a cluster: with `-cloud` behind it, it names the namespace of the credentials. */
const MAX_CLUSTER_NAME = 57;

/** What only a cloud with the engine `clusterApi` has. */
export interface ClusterApiCloudPlan {
  /** Name of the Cluster, and of the namespace of all objects but the credentials. */
  readonly clusterName: string;
  /** Namespace of the credentials: apart, so that they outlive what is deleted with them. */
  readonly credentialsNamespace: string;
  /** Where VMs reach the API server. */
  readonly endpoint: { readonly host: string; readonly port: number };
  /** Version of Kubernetes, for example `v1.35.2`. */
  readonly version: string;
  /** Addresses of pods. */
  readonly podCidr: string;
  /** Addresses of Services. */
  readonly serviceCidr: string;
  /** Seconds that a machine may take until its Node is ready. */
  readonly provisioningSeconds: number;
  /** Seconds that the autoscaler waits for the Node of a machine. */
  readonly maxNodeProvisionSeconds: number;
  /** The cluster autoscaler, where groups have priorities. */
  readonly autoscaler?: PlannedAutoscaler;
  /** Whether kubelets wait for an OpenStack cloud controller. */
  readonly cloudController: "none" | "external";
  /** Whether the definition of `ExternalControlPlane` is emitted. */
  readonly emitsDefinition: boolean;
}

/** What Cluster API decides. */
export const CLUSTER_API_PLAN: EnginePlan = {
  // with the zone and what Cluster API appends to it, it is a host name
  maxGroupName: 42,
  controlPlaneGroup: undefined,
  hasServerGroups: true,
  shapesPorts: true,
  readsPriorities: false,
  findsById: true,
  wantsUniqueImage: true,
  groupLabel: CLUSTER_API_GROUP_LABEL,
  readyNodes: { type: "kubernetes:cluster.x-k8s.io/v1beta2:MachineDeployment", field: "readyReplicas", per: "zone" },

  objectNames: (group, zones) => [group, ...zones.map((zone) => deploymentName(group, zone))],

  planCloud(props: ClusterApiCloudProps, network, check) {
    const { cluster } = props;
    const engine: ClusterApiEngine = props.engine ?? DEFAULT_ENGINE_PROPS;
    check.fields<ClusterApiEngine>(engine, CLUSTER_API_FIELDS, "engine");
    check.fields<ClusterApiCluster>(cluster, CLUSTER_API_CLUSTER_FIELDS, "cluster");
    const clusterName = engine.clusterName ?? check.path;
    checkClusterName(clusterName, check);
    const endpoint = readEndpoint(cluster.endpoint, network.plan, check);
    const version = readVersion(cluster.version, check);
    const provisioning = planJoining(engine, check);
    if (network.plan === undefined || endpoint === undefined || version === undefined || provisioning === undefined) {
      return undefined;
    }
    const provisioningSeconds = Math.ceil(provisioning / 1000);
    const autoscaler = planAutoscaler(engine.autoscaler, provisioningSeconds, check);
    const { encapsulation, mtu } = network.plan.podNetwork;
    return {
      podNetworkMode: MODES[encapsulation],
      podMtu: mtu,
      clusterApi: {
        clusterName,
        credentialsNamespace: `${clusterName}-cloud`,
        endpoint,
        version,
        podCidr: cluster.podCidr,
        serviceCidr: cluster.serviceCidr,
        provisioningSeconds,
        ...autoscaler,
        cloudController: engine.cloudController ?? "none",
        emitsDefinition: engine.definitionExists !== true,
      },
    };
  },

  checkLabel(key, value, check) {
    if (labelWay(key) !== undefined) return;
    check.refuse(NODES.restrictedLabel, {
      property: `labels[${JSON.stringify(key)}]`,
      value,
      message: `Neither a kubelet nor Cluster API may give its node the label ${key}`,
      fix: "use a key of your own, node-role.kubernetes.io/..., or one below node-restriction.kubernetes.io",
    });
  },

  checkGroup({ deckhouse }, _, check) {
    if (deckhouse === undefined) return;
    check.refuse(DECKHOUSE.otherEngine, {
      property: "deckhouse",
      message: "Cluster API has no place for properties of Deckhouse's groups",
      fix: 'leave deckhouse out, or use the engine "deckhouse"',
    });
  },

  checkTaint() {
    // any will do: the kubelet registers its node with them, and nothing of Cluster API runs there
  },
};

function checkClusterName(name: string, check: Check): void {
  if (isDnsLabel(name) && name.length <= MAX_CLUSTER_NAME) return;
  check.refuse(NODES.clusterName, {
    property: "engine.clusterName",
    value: name,
    message: `${JSON.stringify(name)} is not a name of at most ${MAX_CLUSTER_NAME} lower case letters, digits and hyphens`,
    fix: "give a shorter or simpler name, for example burst",
  });
}

/** @returns the provisioning time-out in milliseconds */
function planJoining(engine: ClusterApiEngine, check: Check): number | undefined {
  const provisioning = check.duration(
    "engine.provisioningTimeout",
    engine.provisioningTimeout ?? DEFAULT_ENGINE_PROPS.provisioningTimeout,
  );
  const token = check.duration("engine.tokenLifetime", engine.tokenLifetime ?? DEFAULT_ENGINE_PROPS.tokenLifetime);
  if (provisioning === undefined || token === undefined) return undefined;
  if (provisioning > 0 && token > provisioning) return provisioning;
  check.refuse(NODES.tokenLifetime, {
    property: "engine.tokenLifetime",
    value: formatDuration(token),
    message: `A join token lives for ${formatDuration(token)}, and a machine may take ${formatDuration(provisioning)}`,
    fix: "lower provisioningTimeout, or give the bootstrap provider a longer --bootstrap-token-ttl and say so here",
  });
  return undefined;
}
