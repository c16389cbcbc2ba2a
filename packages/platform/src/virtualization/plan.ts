import type { Check } from "@plinth/core";
import { checkUploadProxy } from "./check-importer.js";
import { checkKubeVirt } from "./check-kubevirt.js";
import { featureGatesOf } from "./kubevirt-settings.js";
import type { VirtualizationProps } from "./props.js";

/** What was computed for KubeVirt. */
export interface VirtualizationPlan extends Omit<VirtualizationProps, "featureGates" | "eviction" | "replicas"> {
  readonly featureGates: readonly string[];
  readonly eviction: NonNullable<VirtualizationProps["eviction"]>;
  readonly replicas: number;
}

/** Checks the settings, and adds the gates that they need. */
export function planVirtualization(props: VirtualizationProps, check: Check): VirtualizationPlan {
  const { eviction = "LiveMigrate", replicas = 2 } = props;
  checkKubeVirt(props, "virtualization.", check);
  checkUploadProxy("virtualization.importer.uploadProxyUrl", props.importer?.uploadProxyUrl, check);
  return { ...props, featureGates: featureGatesOf(props), eviction, replicas };
}
