import type { QuantityText } from "@plinth/core";

/** Cores of CPU: a whole number of cores, or thousandths of one, for example `4` or `500m`. */
export type CpuText = `${number}` | `${number}m`;

/** What a tenant and all tenants below it may have together. */
export interface TenantQuota {
  /** Cores that its pods ask for and may use. @default - no limit */
  readonly cpu?: CpuText;
  /** Memory that its pods ask for and may use, for example `64Gi`. @default - no limit */
  readonly memory?: QuantityText;
  /** Size of all volumes, for example `1Ti`. @default - no limit */
  readonly storage?: QuantityText;
  /** How many pods. @default - no limit */
  readonly pods?: number;
  /** How many PersistentVolumeClaims. @default - no limit */
  readonly volumes?: number;
  /** How many Services of type LoadBalancer: public addresses. @default - no limit */
  readonly loadBalancers?: number;
}

/** A tenant. */
export interface Tenant {
  /** Lower case letters and digits. */
  readonly name: string;
  /** What it may have, with all that is below it. @default - no limits of its own; not where the tenant above has some */
  readonly quota?: TenantQuota;
  /** Whether it has a monitoring of its own; else that of the tenant above is the target. @default false */
  readonly monitoring?: boolean;
  /** Whether it has an ingress of its own; else that of the tenant above. @default false */
  readonly ingress?: boolean;
  /** Labels of its namespace beside the platform's. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Tenants below it. @default - none */
  readonly tenants?: readonly Tenant[];
}

/** The tenants of a platform: a tree below the root, `tenant-root`. */
export interface TenantsProps extends Omit<Tenant, "name"> {
  /** Domain of the root: a tenant's is its name before that of the tenant above. */
  readonly host: string;
}
