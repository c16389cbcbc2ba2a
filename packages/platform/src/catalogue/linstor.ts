import type { Component } from "../definition.js";
import { kinds } from "../kinds.js";
import { cozystackChart } from "./charts.js";
import { checkCount } from "./check-settings.js";
import { reloader } from "./foundation.js";
import { LINSTOR } from "./namespaces.js";

/** What people set for LINSTOR. */
export interface LinstorSettings {
  /**
   * After how many minutes a diskless replica that is used becomes one with data; `false`: never. @default 30
   */
  readonly autoDiskfulMinutes: number | false;
}

/** Keeps LVM from opening what volumes hold. Source: cozystack/website:content/en/docs (Talos). */
const LVM = [
  "backup {",
  "  backup = 0",
  "  archive = 0",
  "}",
  "devices {",
  '  global_filter = [ "r|^/dev/drbd.*|", "r|^/dev/dm-.*|", "r|^/dev/zd.*|" ]',
  "}",
  "",
].join("\n");

/** LINSTOR: replicated volumes on the nodes' disks (DRBD). Pools and StorageClasses are made by the platform. */
export const linstor: Component<LinstorSettings> = {
  name: "linstor",
  namespace: LINSTOR,
  privileged: true,
  chart: cozystackChart("linstor"),
  phase: "core",
  provides: ["storage"],
  requires: [
    ...kinds("piraeus.io", "LinstorCluster", "LinstorSatelliteConfiguration"),
    ...kinds("cert-manager.io", "Certificate", "Issuer"),
    ...kinds("snapshot.storage.k8s.io", "VolumeSnapshotClass"),
    ...kinds("operator.victoriametrics.com", "VMPodScrape"),
    ...kinds("cilium.io", "CiliumClusterwideNetworkPolicy"),
    // restarts satellites whose certificates were renewed
    reloader,
  ],
  machine: {
    // DRBD would call programs of the host's that are not there
    kernelModules: [{ name: "drbd", parameters: ["usermode_helper=disabled"] }],
    systemExtensions: ["drbd"],
    etcFiles: { "lvm/lvm.conf": LVM },
  },
  stateful: true,
  check: ({ settings: { autoDiskfulMinutes: minutes } }, check) =>
    checkCount("autoDiskfulMinutes", minutes === false ? undefined : minutes, check),
  values: ({ autoDiskfulMinutes = 30 }, { distribution }) => ({
    talos: { enabled: distribution === "talos" },
    linstor: {
      autoDiskful:
        autoDiskfulMinutes === false
          ? { enabled: false }
          : { enabled: true, minutes: autoDiskfulMinutes, allowCleanup: true },
    },
  }),
};
