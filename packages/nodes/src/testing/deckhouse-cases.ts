import type { Rule } from "@plinth/core";
import { DECKHOUSE } from "../deckhouse-rules.js";
import type { DeckhouseGroup } from "../props-deckhouse.js";

/** What is given may be what the compiler refuses: programs in JavaScript can give it. */
export type Loose = Readonly<Record<string, unknown>>;

/** Ways to break the rules of Deckhouse's groups: the property below `deckhouse`, what is given, the nearest that is allowed. */
export const DECKHOUSE_CASES: readonly (readonly [
  rule: Rule,
  property: string,
  given: Loose,
  allowed: DeckhouseGroup,
])[] = [
  [DECKHOUSE.cri, "cri", { cri: {} }, { cri: { type: "Containerd" } }],
  [DECKHOUSE.cri, "cri", { cri: { type: "Docker" } }, { cri: { type: "NotManaged" } }],
  [
    DECKHOUSE.cri,
    "cri",
    { cri: { type: "ContainerdV2", containerd: { maxConcurrentDownloads: 3 } } },
    { cri: { type: "ContainerdV2", containerdV2: { maxConcurrentDownloads: 3 } } },
  ],
  [
    DECKHOUSE.cri,
    "cri",
    { cri: { type: "Containerd", containerd: { maxConcurrentDownloads: 0 } } },
    { cri: { type: "Containerd", containerd: { maxConcurrentDownloads: 1 } } },
  ],
  [DECKHOUSE.disruptions, "disruptions", { disruptions: {} }, { disruptions: { approvalMode: "Manual" } }],
  [
    DECKHOUSE.disruptions,
    "disruptions",
    { disruptions: { approvalMode: "Manual", automatic: {} } },
    { disruptions: { approvalMode: "Automatic", automatic: { drainBeforeApproval: false } } },
  ],
  [
    DECKHOUSE.windows,
    "disruptions.automatic.windows[0]",
    { disruptions: { approvalMode: "Automatic", automatic: { windows: [{ from: "24:00", to: "05:00" }] } } },
    { disruptions: { approvalMode: "Automatic", automatic: { windows: [{ from: "23:00", to: "05:00" }] } } },
  ],
  [
    DECKHOUSE.windows,
    "disruptions.rollingUpdate.windows[0]",
    { disruptions: { approvalMode: "RollingUpdate", rollingUpdate: { windows: [{ from: "02:00", to: "02:00" }] } } },
    { disruptions: { approvalMode: "RollingUpdate", rollingUpdate: { windows: [{ from: "02:00", to: "02:01" }] } } },
  ],
  [
    DECKHOUSE.windows,
    "disruptions.automatic.windows[0]",
    {
      disruptions: {
        approvalMode: "Automatic",
        automatic: { windows: [{ from: "1:00", to: "2:00", days: ["Sunday"] }] },
      },
    },
    {
      disruptions: { approvalMode: "Automatic", automatic: { windows: [{ from: "1:00", to: "2:00", days: ["Sun"] }] } },
    },
  ],
  [DECKHOUSE.chaos, "chaos", { chaos: { mode: "Delete" } }, { chaos: { mode: "Disabled" } }],
  [DECKHOUSE.chaos, "chaos", { chaos: { mode: "Disabled", period: "6h" } }, { chaos: { mode: "DrainAndDelete" } }],
  [
    DECKHOUSE.chaos,
    "chaos",
    { chaos: { mode: "DrainAndDelete", period: "90s" } },
    { chaos: { mode: "DrainAndDelete", period: "2h30m" } },
  ],
  [DECKHOUSE.kubelet, "kubelet.maxPods", { kubelet: { maxPods: 0 } }, { kubelet: { maxPods: 1 } }],
  [
    DECKHOUSE.kubelet,
    "kubelet.containerLogMaxFiles",
    { kubelet: { containerLogMaxFiles: 21 } },
    { kubelet: { containerLogMaxFiles: 20 } },
  ],
  [
    DECKHOUSE.kubelet,
    "kubelet.containerLogMaxSize",
    { kubelet: { containerLogMaxSize: "5|" } },
    { kubelet: { containerLogMaxSize: "5Mi" } },
  ],
  [DECKHOUSE.kubelet, "kubelet.rootDir", { kubelet: { rootDir: "var" } }, { kubelet: { rootDir: "/var" } }],
  [
    DECKHOUSE.reservation,
    "kubelet.resourceReservation",
    { kubelet: { resourceReservation: { mode: "Static" } } },
    { kubelet: { resourceReservation: { mode: "Static", static: { memory: "1Gi" } } } },
  ],
  [
    DECKHOUSE.reservation,
    "kubelet.resourceReservation",
    { kubelet: { resourceReservation: { mode: "Off", static: { cpu: 1 } } } },
    { kubelet: { resourceReservation: { mode: "Off" } } },
  ],
  [
    DECKHOUSE.reservation,
    "kubelet.resourceReservation.static.cpu",
    { kubelet: { resourceReservation: { mode: "Static", static: { cpu: "0.5" } } } },
    { kubelet: { resourceReservation: { mode: "Static", static: { cpu: "500m" } } } },
  ],
  [
    DECKHOUSE.topology,
    "kubelet.topologyManager",
    { kubelet: { topologyManager: { enabled: true }, resourceReservation: { mode: "Off" } } },
    { kubelet: { topologyManager: { enabled: true }, resourceReservation: { mode: "Auto" } } },
  ],
  [
    DECKHOUSE.topology,
    "kubelet.topologyManager",
    {
      kubelet: {
        topologyManager: { enabled: true },
        resourceReservation: { mode: "Static", static: { memory: "1Gi" } },
      },
    },
    { kubelet: { topologyManager: { enabled: true }, resourceReservation: { mode: "Static", static: { cpu: 1 } } } },
  ],
  [
    DECKHOUSE.swap,
    "kubelet.memorySwap",
    { kubelet: { memorySwap: { swapBehavior: "LimitedSwap" } } },
    { kubelet: { memorySwap: { swapBehavior: "LimitedSwap", limitedSwap: { size: "2G" } } } },
  ],
  [
    DECKHOUSE.swap,
    "kubelet.memorySwap",
    { kubelet: { memorySwap: { swapBehavior: "NoSwap", swappiness: 101 } } },
    { kubelet: { memorySwap: { swapBehavior: "NoSwap", swappiness: 100 } } },
  ],
  [DECKHOUSE.update, "update.maxConcurrent", { update: { maxConcurrent: 0 } }, { update: { maxConcurrent: 1 } }],
  [DECKHOUSE.update, "update.maxConcurrent", { update: { maxConcurrent: "0%" } }, { update: { maxConcurrent: "20%" } }],
  [DECKHOUSE.fencing, "fencing", { fencing: { mode: "Reboot" } }, { fencing: { mode: "Watchdog" } }],
  [
    DECKHOUSE.fencing,
    "fencing",
    { fencing: { mode: "Watchdog", watchdog: { timeout: "1m30s" } } },
    { fencing: { mode: "Watchdog", watchdog: { timeout: "90s" } } },
  ],
  [DECKHOUSE.gpu, "gpu", { gpu: { sharing: "Shared" } }, { gpu: { sharing: "Exclusive" } }],
  [
    DECKHOUSE.gpu,
    "gpu.timeSlicing",
    { gpu: { sharing: "TimeSlicing", timeSlicing: { partitionCount: 101 } } },
    { gpu: { sharing: "TimeSlicing", timeSlicing: { partitionCount: 100 } } },
  ],
  [
    DECKHOUSE.gpu,
    "gpu.mig",
    { gpu: { sharing: "MIG", mig: { partedConfig: "custom" } } },
    {
      gpu: {
        sharing: "MIG",
        mig: { partedConfig: "custom", customConfigs: [{ index: 0, slices: [{ profile: "1g.10gb", count: 7 }] }] },
      },
    },
  ],
  [
    DECKHOUSE.gpu,
    "gpu.mig",
    { gpu: { sharing: "MIG", mig: { partedConfig: "all" } } },
    { gpu: { sharing: "MIG", mig: { partedConfig: "all-balanced" } } },
  ],
  [DECKHOUSE.standby, "standby", { standby: "0%" }, { standby: "1%" }],
  [
    DECKHOUSE.standby,
    "standbyHolder.overprovisioningRate",
    { standbyHolder: { overprovisioningRate: 81 } },
    { standbyHolder: { overprovisioningRate: 80 } },
  ],
  [DECKHOUSE.rollout, "maxUnavailablePerZone", { maxUnavailablePerZone: -1 }, { maxUnavailablePerZone: 0 }],
  [DECKHOUSE.rollout, "nodeDrainTimeoutSecond", { nodeDrainTimeoutSecond: 0.5 }, { nodeDrainTimeoutSecond: 600 }],
  [DECKHOUSE.instanceClass, "rootDiskSize", { rootDiskSize: 0 }, { rootDiskSize: 1 }],
  [
    DECKHOUSE.instanceClass,
    'additionalTags["team"]',
    { additionalTags: { team: "a,b" } },
    { additionalTags: { team: "x".repeat(55) } },
  ],
  [
    DECKHOUSE.instanceClass,
    'additionalTags["team"]',
    { additionalTags: { team: "x".repeat(56) } },
    { additionalTags: { team: "infra" } },
  ],
  [
    DECKHOUSE.annotation,
    'annotations["node.deckhouse.io/x"]',
    { annotations: { "node.deckhouse.io/x": "" } },
    { annotations: { "example.com/x": "any text" } },
  ],
  [
    DECKHOUSE.configuration,
    "configurations[0].name",
    { configurations: [{ name: "My Script", content: "true" }] },
    { configurations: [{ name: "my-script.sh", content: "true" }] },
  ],
  [
    DECKHOUSE.configuration,
    "configurations[1].name",
    {
      configurations: [
        { name: "a", content: "true" },
        { name: "a", content: "false" },
      ],
    },
    {
      configurations: [
        { name: "a", content: "true" },
        { name: "b", content: "false" },
      ],
    },
  ],
  [
    DECKHOUSE.configuration,
    "configurations[0].content",
    { configurations: [{ name: "a", content: " " }] },
    { configurations: [{ name: "a", content: ":" }] },
  ],
  [
    DECKHOUSE.configuration,
    "configurations[0].weight",
    { configurations: [{ name: "a", content: ":", weight: 0.5 }] },
    { configurations: [{ name: "a", content: ":", weight: -1 }] },
  ],
  [
    DECKHOUSE.configuration,
    "configurations[0].bundles",
    { configurations: [{ name: "a", content: ":", bundles: [] }] },
    { configurations: [{ name: "a", content: ":", bundles: ["ubuntu-lts", "debian"] }] },
  ],
];
