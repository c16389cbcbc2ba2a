export { type PlannedVolumeClass, planStorage, type StoragePlan } from "./plan.js";
export type { StorageNodes, StoragePool, StorageProps, VolumeClass } from "./props.js";
export { StorageChart, type StorageChartProps } from "./storage-chart.js";
