export { type PlannedTenant, planTenants, type TenantsPlan } from "./plan.js";
export type { CpuText, Tenant, TenantQuota, TenantsProps } from "./props.js";
export { TenantsChart, type TenantsChartProps } from "./tenants-chart.js";
