export { IngressChart, type IngressChartProps } from "./ingress-chart.js";
export { type IngressPlan, type PlannedIssuer, planIngress } from "./plan.js";
export type { AcmeSolver, CertificatesIssuer, IngressProps, PlatformIngressClass } from "./props.js";
