import { type Check, parseQuantity } from "@plinth/core";
import { PLATFORM_SETUP } from "../setup-rules.js";
import type { TenantQuota } from "./props.js";

/** Amounts by resource, in the smallest unit: thousandths of a core, bytes, objects. */
export type Amounts = ReadonlyMap<keyof TenantQuota, bigint>;

const RESOURCES: readonly (keyof TenantQuota)[] = ["cpu", "memory", "storage", "pods", "volumes", "loadBalancers"];

/** Reads a quota; what cannot be read is refused and left out. */
export function readQuota(quota: TenantQuota, property: string, check: Check): Amounts {
  const amounts = new Map<keyof TenantQuota, bigint>();
  for (const resource of RESOURCES) {
    const given = quota[resource];
    if (given === undefined) continue;
    const amount = readAmount(resource, given);
    if (amount === undefined) {
      check.refuse(PLATFORM_SETUP.tenantAmount, {
        property: `${property}.${resource}`,
        value: given,
        message: `${JSON.stringify(given)} is no amount of ${resource}`,
        fix:
          resource === "cpu"
            ? 'write it like "4" or "500m"'
            : typeof given === "number"
              ? "use a whole number"
              : 'write it like "8Gi"',
      });
    } else amounts.set(resource, amount);
  }
  return amounts;
}

function readAmount(resource: keyof TenantQuota, given: string | number): bigint | undefined {
  if (typeof given === "number") return Number.isSafeInteger(given) && given >= 0 ? BigInt(given) : undefined;
  if (resource !== "cpu") return parseQuantity(given);
  const [, whole, milli] = /^(?:(\d+)|(\d+)m)$/.exec(given) ?? [];
  if (whole !== undefined) return BigInt(whole) * 1000n;
  return milli === undefined ? undefined : BigInt(milli);
}

/** A tenant below another, with what it may have. */
export interface Share {
  readonly name: string;
  readonly amounts: Amounts;
}

/**
 * What is left for a tenant itself when those below it have theirs. Where they have more than there is, or no limit where
 * there is one, that is refused.
 */
export function remainder(whole: Share, below: readonly Share[], property: string, check: Check): Amounts {
  const left = new Map(whole.amounts);
  for (const [resource, amount] of whole.amounts) {
    const unlimited = below.filter(({ amounts }) => !amounts.has(resource)).map(({ name }) => name);
    if (unlimited.length > 0) {
      check.refuse(PLATFORM_SETUP.tenantQuota, {
        property: `${property}.quota.${resource}`,
        value: unlimited,
        message: `${unlimited.join(", ")} below ${whole.name} may have any ${resource}, ${whole.name} itself ${amountText(resource, amount)}`,
        fix: `give ${unlimited.length === 1 ? "it" : "each of them"} quota.${resource}`,
      });
    }
    const given = below.reduce((sum, { amounts }) => sum + (amounts.get(resource) ?? 0n), 0n);
    if (given > amount) {
      check.refuse(PLATFORM_SETUP.tenantQuota, {
        property: `${property}.quota.${resource}`,
        value: amountText(resource, amount),
        message: `Tenants below ${whole.name} may have ${amountText(resource, given)} of ${resource} together, ${whole.name} ${amountText(resource, amount)}`,
        fix: `give ${whole.name} at least ${amountText(resource, given)}, or those below it less`,
      });
    }
    left.set(resource, given > amount ? 0n : amount - given);
  }
  return left;
}

const UNITS = [
  ["Ti", 1n << 40n],
  ["Gi", 1n << 30n],
  ["Mi", 1n << 20n],
  ["Ki", 1n << 10n],
] as const;

/** An amount as Kubernetes writes it, in the largest unit in which it is whole. */
export function amountText(resource: keyof TenantQuota, amount: bigint): string {
  if (resource === "cpu") return amount % 1000n === 0n ? String(amount / 1000n) : `${amount}m`;
  const unit =
    resource === "memory" || resource === "storage" ? UNITS.find(([, size]) => amount % size === 0n) : undefined;
  return unit === undefined || amount === 0n ? String(amount) : `${amount / unit[1]}${unit[0]}`;
}
