import { validateObject } from "@plinth/api/testing";
import { Check } from "@plinth/core";
import { Testing } from "cdk8s";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planTenants } from "./plan.js";
import { amountText } from "./plan-quota.js";
import type { CpuText, Tenant, TenantQuota, TenantsProps } from "./props.js";
import { TenantsChart } from "./tenants-chart.js";

const PROPS: TenantsProps = {
  host: "cloud.example.net",
  quota: { cpu: "100", memory: "1Ti", storage: "10Ti", pods: 1000, volumes: 500, loadBalancers: 8 },
  monitoring: true,
  ingress: true,
  tenants: [
    {
      name: "shop",
      quota: { cpu: "20", memory: "100Gi", storage: "2Ti", pods: 100, volumes: 50, loadBalancers: 2 },
      labels: { team: "shop" },
      monitoring: true,
      tenants: [
        {
          name: "dev",
          quota: { cpu: "1500m", memory: "10Gi", storage: "500Gi", pods: 20, volumes: 5, loadBalancers: 0 },
        },
      ],
    },
  ],
};

function planned(props: TenantsProps) {
  const check = new Check("platform");
  const plan = planTenants(props, check);
  return { plan, refusals: check.refusals, codes: check.refusals.map(({ code }) => code) };
}

interface Emitted {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: object };
  readonly spec?: object;
}

function objectsOf(props: TenantsProps): Emitted[] {
  const { plan, codes } = planned(props);
  expect(codes).toEqual([]);
  const objects = Testing.synth(new TenantsChart(Testing.app(), "tenants", { plan })) as Emitted[];
  for (const object of objects) expect(validateObject(object)).toEqual([]);
  return objects;
}

describe("objects", () => {
  it("a namespace says whose it is, and where measurements and pages go", () => {
    const namespaces = objectsOf(PROPS).filter(({ kind }) => kind === "Namespace");
    expect(namespaces.map(({ metadata }) => metadata)).toEqual([
      {
        name: "tenant-root",
        labels: {
          "tenant.cozystack.io/tenant-root": "",
          "namespace.cozystack.io/monitoring": "tenant-root",
          "namespace.cozystack.io/ingress": "tenant-root",
          "namespace.cozystack.io/host": "cloud.example.net",
        },
      },
      {
        name: "tenant-shop",
        labels: {
          team: "shop",
          "tenant.cozystack.io/tenant-root": "",
          "tenant.cozystack.io/tenant-shop": "",
          "namespace.cozystack.io/monitoring": "tenant-shop",
          "namespace.cozystack.io/ingress": "tenant-root",
          "namespace.cozystack.io/host": "shop.cloud.example.net",
        },
      },
      {
        name: "tenant-shop-dev",
        labels: {
          "tenant.cozystack.io/tenant-root": "",
          "tenant.cozystack.io/tenant-shop": "",
          "tenant.cozystack.io/tenant-shop-dev": "",
          "namespace.cozystack.io/monitoring": "tenant-shop",
          "namespace.cozystack.io/ingress": "tenant-root",
          "namespace.cozystack.io/host": "dev.shop.cloud.example.net",
        },
      },
    ]);
  });

  it("each namespace has what its tenant keeps for itself, and defaults for containers", () => {
    const quota = (namespace: string) =>
      objectsOf(PROPS).find(({ kind, metadata }) => kind === "ResourceQuota" && metadata.namespace === namespace)?.spec;
    expect(quota("tenant-root")).toEqual({
      hard: {
        "requests.cpu": "80",
        "limits.cpu": "80",
        "requests.memory": "924Gi",
        "limits.memory": "924Gi",
        "requests.storage": "8Ti",
        pods: "900",
        persistentvolumeclaims: "450",
        "services.loadbalancers": "6",
      },
    });
    expect(quota("tenant-shop")).toMatchObject({ hard: { "requests.cpu": "18500m", "requests.storage": "1548Gi" } });
    expect(quota("tenant-shop-dev")).toMatchObject({ hard: { "limits.cpu": "1500m", "services.loadbalancers": "0" } });
    expect(objectsOf(PROPS).filter(({ kind }) => kind === "LimitRange")).toHaveLength(3);
    expect(objectsOf({ host: "h" }).map(({ kind }) => kind)).toEqual(["Namespace", "LimitRange"]);
  });
});

const child = (change: Partial<Tenant>): TenantsProps => ({ host: "h", tenants: [{ name: "a", ...change }] });
const quotas = (above: TenantQuota, ...below: TenantQuota[]): TenantsProps => ({
  host: "h",
  quota: above,
  tenants: below.map((quota, i) => ({ name: `t${i}`, quota })),
});

it.each<[string, TenantsProps, string]>([
  ["more than there is", quotas({ cpu: "4" }, { cpu: "3" }, { cpu: "1500m" }), "PL5076"],
  ["no limit below a limit", quotas({ cpu: "4", memory: "8Gi" }, { cpu: "4" }), "PL5076"],
  [
    "a tenant that has more than the one above, deep down",
    child({ quota: { pods: 1 }, tenants: [{ name: "b", quota: { pods: 2 } }] }),
    "PL5076",
  ],
  ["cores in another unit", quotas({ cpu: "1.5" }), "PL5077"],
  ["bytes in another unit", quotas({ memory: "8GB" as "8G" }), "PL5077"],
  ["half an object", quotas({ pods: 1.5 }), "PL5077"],
  ["less than nothing", quotas({ loadBalancers: -1 }), "PL5077"],
  ["a hyphen in a name", child({ name: "a-b" }), "PL5075"],
  ["two of one name", { host: "h", tenants: [{ name: "a" }, { name: "a" }] }, "PL5075"],
  ["a second root", child({ name: "root" }), "PL5075"],
  ["a long way down", child({ name: "a".repeat(30), tenants: [{ name: "b".repeat(30) }] }), "PL5075"],
])("%s is refused", (_, props, code) => expect(planned(props).codes).toEqual([code]));

it("a refusal says how much is missing", () => {
  const [refusal] = planned(quotas({ cpu: "4" }, { cpu: "3" }, { cpu: "1500m" })).refusals;
  expect(refusal?.message).toContain("Tenants below tenant-root may have 4500m of cpu together, tenant-root 4");
});

it("what all namespaces have together is what the root has, whatever the tree", () => {
  const { tree } = fc.letrec<{ tree: Tenant }>((tie) => ({
    tree: fc.record({
      name: fc.stringMatching(/^[a-z]{3}$/),
      quota: fc.record({ cpu: fc.integer({ min: 0, max: 5000 }).map((milli): CpuText => `${milli}m`) }),
      tenants: fc.oneof({ maxDepth: 3 }, fc.constant([]), fc.array(tie("tree"), { maxLength: 3 })),
    }),
  }));
  const milli = ({ quota }: Tenant) => BigInt(Number.parseInt(String(quota?.cpu), 10));
  const fits = (tenant: Tenant): boolean => {
    const below = tenant.tenants ?? [];
    const names = new Set(below.map(({ name }) => name));
    const sum = below.reduce((total, one) => total + milli(one), 0n);
    return names.size === below.length && sum <= milli(tenant) && below.every(fits);
  };
  fc.assert(
    fc.property(tree, (root) => {
      const { plan, codes } = planned({ ...root, host: "h" });
      expect(codes.length === 0).toBe(fits(root));
      if (codes.length > 0) return;
      const together = plan.tenants.reduce((sum, { own }) => sum + (own.get("cpu") ?? 0n), 0n);
      expect(together).toBe(milli(root));
    }),
  );
});

it("amounts are written so that they are read as the same", () => {
  expect(amountText("memory", 0n)).toBe("0");
  expect(amountText("memory", 1n)).toBe("1");
  expect(amountText("storage", 3n << 39n)).toBe("1536Gi");
  expect(amountText("pods", 1024n)).toBe("1024");
});
