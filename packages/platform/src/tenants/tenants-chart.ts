import { ApiObject, Chart } from "cdk8s";
import { Construct } from "constructs";
import { namespaceObject } from "../namespace-object.js";
import type { PlannedTenant, TenantsPlan } from "./plan.js";
import { amountText } from "./plan-quota.js";
import type { TenantQuota } from "./props.js";

/** Properties of {@link TenantsChart}. */
export interface TenantsChartProps {
  /** What was computed. */
  readonly plan: TenantsPlan;
}

/** Names in a ResourceQuota. A limit holds for what pods ask for and for what they may use at most. */
const HARD: Readonly<Record<keyof TenantQuota, readonly string[]>> = {
  cpu: ["requests.cpu", "limits.cpu"],
  memory: ["requests.memory", "limits.memory"],
  storage: ["requests.storage"],
  pods: ["pods"],
  volumes: ["persistentvolumeclaims"],
  loadBalancers: ["services.loadbalancers"],
};

/** What containers get that say nothing themselves: under a quota, pods without it are refused. */
const CONTAINER = {
  type: "Container",
  default: { cpu: "500m", memory: "512Mi" },
  defaultRequest: { cpu: "100m", memory: "128Mi" },
};

/**
 * Namespaces of the tenants with their quotas, labelled as Cozystack labels its own. It takes the place of Cozystack's
 * component with the first tenant (`cozystackBasics`): one of the two makes `tenant-root`.
 */
export class TenantsChart extends Chart {
  constructor(scope: Construct, id: string, { plan }: TenantsChartProps) {
    super(scope, id);
    const objects = new Map<string, ApiObject>();
    for (const tenant of plan.tenants) {
      const own = new Construct(this, tenant.namespace);
      const { namespace: name } = tenant;
      const namespace = namespaceObject(own, "namespace", { name, podSecurity: "baseline", labels: labelsOf(tenant) });
      // those below go first when tenants are removed
      const above = objects.get(tenant.path.at(-2) ?? "");
      if (above !== undefined) namespace.node.addDependency(above);
      objects.set(name, namespace);
      for (const object of limits(own, tenant)) object.node.addDependency(namespace);
    }
  }
}

function labelsOf({ path, host, monitoring, ingress, labels }: PlannedTenant): Record<string, string> {
  return {
    ...labels,
    ...Object.fromEntries(path.map((namespace) => [`tenant.cozystack.io/${namespace}`, ""])),
    "namespace.cozystack.io/monitoring": monitoring,
    "namespace.cozystack.io/ingress": ingress,
    "namespace.cozystack.io/host": host,
  };
}

function limits(scope: Construct, { namespace, own }: PlannedTenant): ApiObject[] {
  const range = new ApiObject(scope, "limits", {
    apiVersion: "v1",
    kind: "LimitRange",
    metadata: { name: "tenant-limits", namespace },
    spec: { limits: [CONTAINER] },
  });
  if (own.size === 0) return [range];
  const hard = [...own].flatMap(([resource, amount]) =>
    HARD[resource].map((name) => [name, amountText(resource, amount)]),
  );
  const quota = new ApiObject(scope, "quota", {
    apiVersion: "v1",
    kind: "ResourceQuota",
    metadata: { name: "tenant-quota", namespace },
    spec: { hard: Object.fromEntries(hard) },
  });
  return [range, quota];
}
