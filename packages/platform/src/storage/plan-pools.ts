import type { Check } from "@plinth/core";
import { PLATFORM_SETUP } from "../setup-rules.js";
import type { StoragePool } from "./props.js";

/** What pools of the same nodes have taken already. */
export interface TakenByPools {
  /** Names of pools, by disk. */
  readonly devices: Map<string, string>;
  readonly names: Set<string>;
}

/** Checks one pool, and notes what it takes. */
export function checkPool(pool: StoragePool, property: string, taken: TakenByPools, check: Check): void {
  const { name } = pool;
  if (!/^[A-Za-z][A-Za-z0-9_-]{2,47}$/.test(name) || taken.names.has(name)) {
    check.refuse(PLATFORM_SETUP.storagePool, {
      property: `${property}.name`,
      value: name,
      message: taken.names.has(name) ? `Two pools are named ${name}` : `${JSON.stringify(name)} is no name of a pool`,
      fix: "use a name of its own like data",
    });
  }
  taken.names.add(name);
  if (pool.type === "fileThin") {
    if (!/^\/var\/[^.]/.test(pool.directory) || pool.directory.split("/").includes("..")) {
      check.refuse(PLATFORM_SETUP.storageDirectory, {
        property: `${property}.directory`,
        value: pool.directory,
        message: `${pool.directory} is not below /var`,
        fix: `use /var/lib/linstor-pools/${name}`,
      });
    }
    return;
  }
  (pool.hostDevices ?? []).forEach((device, i) => {
    const other = taken.devices.get(device);
    if (/^\/dev\/\S+$/.test(device) && other === undefined) {
      taken.devices.set(device, name);
      return;
    }
    check.refuse(PLATFORM_SETUP.storageDevice, {
      property: `${property}.hostDevices[${i}]`,
      value: device,
      message:
        other === undefined
          ? `${JSON.stringify(device)} is no path of a disk`
          : `${device} is in the pool ${other} already`,
      fix: "give a disk of its own, best by a name that stays: /dev/disk/by-id/…",
    });
  });
}
