import type { Component } from "../definition.js";
import { kinds } from "../kinds.js";
import { APPLICATIONS, cozystackBasics } from "./applications.js";
import { cozystackChart, cozystackValues } from "./charts.js";
import { KUBE_SYSTEM } from "./namespaces.js";
import { BACKUP, backupController, linstorScheduler, objectstorageController, velero } from "./system.js";

// What comes last, when there are tenants: rows of data, see system.ts.

/** Where pods of tenants run. */
export const cozystackScheduler: Component = {
  name: "cozystack-scheduler",
  namespace: KUBE_SYSTEM,
  chart: cozystackChart("cozystack-scheduler"),
  provides: kinds("cozystack.io", "SchedulingClass"),
  requires: [linstorScheduler],
};

/** How backups are made. */
export const backupstrategyController: Component = {
  name: "backupstrategy-controller",
  namespace: BACKUP,
  privileged: true,
  chart: cozystackChart("backupstrategy-controller"),
  provides: kinds(
    "strategy.backups.cozystack.io",
    "Altinity",
    "CNPG",
    "Etcd",
    "FoundationDB",
    "Job",
    "MariaDB",
    "Velero",
  ),
  requires: [
    backupController,
    objectstorageController,
    velero,
    cozystackBasics,
    APPLICATIONS.bucket,
    ...kinds("velero.io", "BackupStorageLocation"),
  ],
  values: (_, platform) => cozystackValues(platform),
};
