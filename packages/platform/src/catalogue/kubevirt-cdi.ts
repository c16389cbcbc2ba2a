import type { Component } from "../definition.js";
import { kinds } from "../kinds.js";
import { checkUploadProxy } from "../virtualization/check-importer.js";
import { cozystackChart, cozystackValues } from "./charts.js";
import { KUBEVIRT_CDI, PUBLIC } from "./namespaces.js";

/** What people set for the importer. */
export interface CdiSettings {
  /** How a volume is cloned. @default "csi-clone" */
  readonly cloneStrategy: "csi-clone" | "snapshot" | "copy";
  /** Where images are uploaded to from outside, a URL. @default - not from outside */
  readonly uploadProxyUrl: string;
}

/** KubeVirt's Containerized Data Importer: images into volumes. Its operator makes the kinds. */
export const kubevirtCdi: Component<CdiSettings> = {
  name: "kubevirt-cdi",
  namespace: KUBEVIRT_CDI,
  otherNamespaces: [PUBLIC],
  chart: cozystackChart("kubevirt-cdi"),
  provides: kinds(
    "cdi.kubevirt.io",
    "CDIConfig",
    "DataImportCron",
    "DataSource",
    "DataVolume",
    "ObjectTransfer",
    "StorageProfile",
    "VolumeCloneSource",
    "VolumeImportSource",
    "VolumeUploadSource",
  ),
  installsCrds: false,
  stateful: false,
  // importers write to block devices without being root
  machine: { deviceOwnershipFromSecurityContext: true },
  requires: [...kinds("cdi.kubevirt.io", "CDI"), "storage"],
  check: ({ settings }, check) => checkUploadProxy("uploadProxyUrl", settings.uploadProxyUrl, check),
  values: ({ cloneStrategy = "csi-clone", uploadProxyUrl = "" }, platform) => ({
    ...cozystackValues(platform),
    cloneStrategyOverride: cloneStrategy,
    uploadProxyURL: uploadProxyUrl,
  }),
};
