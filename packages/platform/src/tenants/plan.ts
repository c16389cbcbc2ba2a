import type { Check } from "@plinth/core";
import { PLATFORM_SETUP } from "../setup-rules.js";
import { type Amounts, readQuota, remainder, type Share } from "./plan-quota.js";
import type { Tenant, TenantsProps } from "./props.js";

/** A tenant, computed. */
export interface PlannedTenant {
  /** Its namespace, for example `tenant-root` or `tenant-shop-dev`. */
  readonly namespace: string;
  /** Namespaces of the tenants that it is in, from the root down to itself. */
  readonly path: readonly string[];
  /** Its domain. */
  readonly host: string;
  /** Namespace of the monitoring that takes its measurements; empty: nobody does. */
  readonly monitoring: string;
  /** Namespace of the ingress that its pages are behind; empty: there is none. */
  readonly ingress: string;
  readonly labels: Readonly<Record<string, string>>;
  /** What its own namespace may have: its quota without those of the tenants below it. Empty: no limits. */
  readonly own: Amounts;
}

/** What was computed for tenants. */
export interface TenantsPlan {
  /** From the root down, each before those below it. */
  readonly tenants: readonly PlannedTenant[];
}

/** The first tenant: the platform's own. */
const ROOT = "tenant-root";

/** Namespaces of tenants begin with this; the root's name is not part of those below it. */
const PREFIX = "tenant";

/** Computes the tree of tenants; refuses quotas that don't add up. */
export function planTenants(props: TenantsProps, check: Check): TenantsPlan {
  const tenants: PlannedTenant[] = [];
  const { host, ...root } = props;
  const above = { namespace: PREFIX, path: [], host, monitoring: "", ingress: "" };
  plan({ ...root, name: "root" }, { ...above, property: "tenants", namespace: ROOT }, tenants, check);
  return { tenants };
}

/** What a tenant has from above. */
interface Place {
  readonly namespace: string;
  readonly path: readonly string[];
  readonly host: string;
  readonly monitoring: string;
  readonly ingress: string;
  readonly property: string;
}

function plan(tenant: Tenant, place: Place, tenants: PlannedTenant[], check: Check): Share {
  const { namespace, host, property } = place;
  const path = [...place.path, namespace];
  const monitoring = tenant.monitoring ? namespace : place.monitoring;
  const ingress = tenant.ingress ? namespace : place.ingress;
  const index = tenants.length;
  const names = new Set<string>();
  const below = (tenant.tenants ?? []).map((child, i) => {
    const at = `${property}.tenants[${i}]`;
    const base = namespace === ROOT ? PREFIX : namespace;
    const childNamespace = `${base}-${child.name}`;
    checkName(child.name, childNamespace, names, at, check);
    const inside = {
      namespace: childNamespace,
      path,
      host: `${child.name}.${host}`,
      monitoring,
      ingress,
      property: at,
    };
    return plan(child, inside, tenants, check);
  });
  const whole = { name: namespace, amounts: readQuota(tenant.quota ?? {}, `${property}.quota`, check) };
  const own = remainder(whole, below, property, check);
  tenants.splice(index, 0, { namespace, path, host, monitoring, ingress, labels: tenant.labels ?? {}, own });
  return whole;
}

function checkName(name: string, namespace: string, names: Set<string>, property: string, check: Check): void {
  const taken = names.has(name) || namespace === ROOT;
  names.add(name);
  if (/^[a-z0-9]+$/.test(name) && !taken && namespace.length <= 63) return;
  check.refuse(PLATFORM_SETUP.tenantName, {
    property: `${property}.name`,
    value: name,
    message: taken
      ? `There is a tenant ${name} already`
      : namespace.length > 63
        ? `The namespace ${namespace} has ${namespace.length} characters`
        : `${JSON.stringify(name)} is no name of a tenant`,
    fix: "use a short word of its own, for example shop",
  });
}
