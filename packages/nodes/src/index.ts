export { CloudProvider } from "./cloud-provider.js";
export type {
  CloudProviderArgs,
  ClusterApiCloudArgs,
  ClusterApiClusterArgs,
  DeckhouseCloudArgs,
} from "./cloud-provider-args.js";
export type { CloudConnection } from "./cloud-scope.js";
export { DECKHOUSE } from "./deckhouse-rules.js";
export { HybridNodeGroup, type HybridNodeGroupArgs } from "./hybrid-node-group.js";
export type { KeyPair } from "./key-pair.js";
export { MACHINE_SHAPES, type MachineShape } from "./machine-shapes.js";
export { type MetalNodeSettings, metalNodeSettings } from "./metal-node.js";
export type { AutoscalerSettings, CloudPlan, NodeGroupPlan, Placement, PlannedMachine } from "./plan.js";
export type {
  ClusterApiCluster,
  ClusterApiEngine,
  ClusterAutoscaler,
  ClusterRanges,
  DeckhouseCluster,
  DeckhouseEngine,
  Engine,
  Image,
  Machine,
  MachineSize,
  NodeGroupProps,
  PodNetworkMode,
  Quota,
  ServerGroup,
  Size,
  Taint,
  Wait,
} from "./props.js";
export type {
  DeckhouseChaos,
  DeckhouseCri,
  DeckhouseDisruptions,
  DeckhouseGpu,
  DeckhouseGroup,
  DeckhouseKubelet,
  DeckhouseMemorySwap,
  DeckhouseMig,
  DeckhouseNodeConfiguration,
  DeckhouseResourceReservation,
  DisruptionWindow,
  TimeOfDay,
} from "./props-deckhouse.js";
export type { DeckhouseModuleSettings } from "./props-deckhouse-module.js";
export type { AdditionalPort, AddressPair, MachinePort, PortProfile, VnicType } from "./props-ports.js";
export { NODES } from "./rules.js";
export type { ServiceUser } from "./service-user.js";
export * from "./status.js";
