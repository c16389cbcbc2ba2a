export { type ExplainOptions, explain } from "./explain.js";
export { explainRelease } from "./explain-release.js";
export { type PictureOptions, picture } from "./picture.js";
export { platformGraph } from "./platform-graph.js";
export type { GraphRelease } from "./release-graph/model.js";
export { type ReleaseGraphOptions, releaseGraph } from "./release-graph/release-graph.js";
export { type SketchOptions, sketch } from "./sketch.js";
export type {
  AccessNetworkNode,
  GatewayNode,
  GroupNode,
  L3VPNRouterNode,
  NetworkNode,
  OutsideNode,
  SiteNode,
  Topology,
  TopologyLink,
  TopologyNode,
  TopologyRoute,
} from "./topology.js";
export { topologyOf } from "./topology-of.js";
