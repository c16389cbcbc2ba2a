import type { Check } from "@plinth/core";
import { type AddressesPlan, planAddresses } from "../addresses/plan.js";
import type { AddressesProps } from "../addresses/props.js";
import { type IngressPlan, planIngress } from "../ingress/plan.js";
import type { IngressProps } from "../ingress/props.js";
import { kinds, kindText } from "../kinds.js";
import type { PlatformPlan } from "../plan.js";
import type { ApiKind, Release } from "../release.js";
import { PLATFORM_SETUP } from "../setup-rules.js";
import { planStorage, type StoragePlan } from "../storage/plan.js";
import type { StorageProps } from "../storage/props.js";
import { planTenants, type TenantsPlan } from "../tenants/plan.js";
import type { TenantsProps } from "../tenants/props.js";

/** What is set up once the releases run: what other platforms leave to be done by hand. */
export interface SetupProps {
  /** Pools of LINSTOR and classes of volumes. @default - none */
  readonly storage?: StorageProps | undefined;
  /** Addresses for Services of type LoadBalancer, from the network's ranges. @default - none */
  readonly addresses?: Omit<AddressesProps, "namespace"> | undefined;
  /** Ingress classes and issuers of certificates. @default - those of the releases */
  readonly ingress?: Omit<IngressProps, "certManagerNamespace"> | undefined;
  /** The tenants, with quotas that add up. @default - none */
  readonly tenants?: TenantsProps | undefined;
}

/** What was computed, and which releases each waits for, by path. */
export interface SetupPlan {
  readonly storage: { readonly plan: StoragePlan; readonly after: readonly string[] } | undefined;
  readonly addresses: { readonly plan: AddressesPlan; readonly after: readonly string[] } | undefined;
  readonly ingress: { readonly plan: IngressPlan; readonly after: readonly string[] } | undefined;
  readonly tenants: TenantsPlan | undefined;
}

/** Computes what is set up after the releases; refuses what no release of the platform can do (PL5085). */
export function planSetup(props: SetupProps, platform: PlatformPlan, check: Check): SetupPlan {
  const { storage, addresses, ingress, tenants } = props;
  const providers = new Map(platform.releases.flatMap((one) => one.provides.map((kind) => [kindText(kind), one])));
  const find = (property: string, wanted: readonly ApiKind[]): Release | undefined => {
    const found = wanted.map((kind) => providers.get(kindText(kind)));
    const missing = wanted.filter((_, i) => found[i] === undefined);
    if (missing.length === 0) return found[0];
    const kind = missing.map(kindText).join(", ");
    check.refuse(PLATFORM_SETUP.provider, {
      property,
      message: `${property} is made of ${kind}, which no release of ${platform.preset} provides`,
      fix: `add the component that provides it, or leave ${property} out`,
    });
    return undefined;
  };
  const ofStorage = storage && find("storage", kinds("piraeus.io", "LinstorSatelliteConfiguration"));
  const ofAddresses = addresses && find("addresses", kinds("metallb.io", "IPAddressPool", "L2Advertisement"));
  const ofIssuers = ingress && find("ingress", kinds("cert-manager.io", "ClusterIssuer"));
  const network = platform.network ?? { loadBalancer: [], nodes: [] };
  const machines = platform.machines.length === 0 ? undefined : platform.machines;
  return {
    storage: storage && ofStorage && { plan: planStorage(storage, machines, check), after: [ofStorage.path] },
    addresses: addresses &&
      ofAddresses && {
        plan: planAddresses({ ...addresses, namespace: ofAddresses.namespace }, network, check),
        after: [ofAddresses.path],
      },
    ingress: ingress &&
      ofIssuers && {
        plan: planIngress({ ...ingress, certManagerNamespace: ofIssuers.namespace }, check),
        after: [ofIssuers.path],
      },
    tenants: tenants && planTenants(tenants, check),
  };
}
