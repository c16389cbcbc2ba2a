export { planVirtualization, type VirtualizationPlan } from "./plan.js";
export type { VirtualizationProps } from "./props.js";
export { VirtualizationChart, type VirtualizationChartProps } from "./virtualization-chart.js";
