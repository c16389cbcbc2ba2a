/**
 * The charts of all engines. This entry does not load Pulumi.
 * @packageDocumentation
 */
export {
  ClusterApiCloudProviderChart,
  type ClusterApiCloudProviderChartProps,
} from "./engines/cluster-api/cloud-chart.js";
export { ClusterApiNodeGroupChart, type ClusterApiNodeGroupChartProps } from "./engines/cluster-api/group-chart.js";
export {
  ClusterApiPrioritiesChart,
  type ClusterApiPrioritiesChartProps,
} from "./engines/cluster-api/priorities-chart.js";
export {
  DeckhouseCloudProviderChart,
  type DeckhouseCloudProviderChartProps,
  type DeckhouseConnection,
} from "./engines/deckhouse/chart.js";
export { DeckhouseNodeGroupChart, type DeckhouseNodeGroupChartProps } from "./engines/deckhouse/group-chart.js";
