import { CDI } from "@plinth/api/cdi";
import { KubeVirt } from "@plinth/api/kubevirt";
import { Chart } from "cdk8s";
import type { Construct } from "constructs";
import { permittedDevicesOf } from "./kubevirt-settings.js";
import type { VirtualizationPlan } from "./plan.js";

/** Properties of {@link VirtualizationChart}. */
export interface VirtualizationChartProps {
  /** What was computed. */
  readonly plan: VirtualizationPlan;
}

/**
 * What KubeVirt's operators are told. The catalogue's components `kubevirt` and `kubevirtCdi` tell them the same by their
 * charts: with those, their settings are used instead of this.
 */
export class VirtualizationChart extends Chart {
  constructor(scope: Construct, id: string, { plan }: VirtualizationChartProps) {
    super(scope, id);
    kubeVirt(this, plan);
    if (plan.importer !== undefined) cdi(this, plan.importer);
  }
}

function kubeVirt(scope: Construct, plan: VirtualizationPlan): void {
  const { namespace, featureGates, cpuAllocationRatio, eviction, replicas } = plan;
  const devices = permittedDevicesOf(plan);
  new KubeVirt(scope, "kubevirt", {
    metadata: { name: "kubevirt", namespace },
    spec: {
      configuration: {
        evictionStrategy: eviction,
        developerConfiguration: {
          featureGates: [...featureGates],
          ...(cpuAllocationRatio === undefined ? {} : { cpuAllocationRatio }),
        },
        ...(Object.keys(devices).length === 0 ? {} : { permittedHostDevices: devices }),
      },
      infra: { replicas },
      // VMs that run are moved to the new version, not left on the old one for ever
      workloadUpdateStrategy: eviction === "None" ? {} : { workloadUpdateMethods: ["LiveMigrate"] },
      // removing KubeVirt would remove every VM: it waits until there are none
      uninstallStrategy: "BlockUninstallIfWorkloadsExist",
    },
  });
}

function cdi(scope: Construct, importer: NonNullable<VirtualizationPlan["importer"]>): void {
  const { scratchStorageClass, uploadProxyUrl, cloneStrategy = "csi-clone" } = importer;
  new CDI(scope, "cdi", {
    metadata: { name: "cdi" },
    spec: {
      cloneStrategyOverride: cloneStrategy,
      config: {
        // a volume is made where its VM will run
        featureGates: ["HonorWaitForFirstConsumer"],
        ...(scratchStorageClass === undefined ? {} : { scratchSpaceStorageClass: scratchStorageClass }),
        ...(uploadProxyUrl === undefined ? {} : { uploadProxyURLOverride: uploadProxyUrl }),
      },
      uninstallStrategy: "BlockUninstallIfWorkloadsExist",
    },
  });
}
