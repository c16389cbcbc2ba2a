import { createHash } from "node:crypto";
import { nameFromPath, sortKeys } from "@plinth/core";

/** A MachineSet appends 6 characters to it and a Machine 6 more; the whole is a host name, of at most 63. */
const MAX_DEPLOYMENT_NAME = 50;

/**
 * Name of an object that can't be changed: a group's name and a hash of what is in it, so that other content is another
 * object. Frozen.
 */
export function contentName(group: string, content: object): string {
  return `${group}-${digest(JSON.stringify(sortKeys(content)))}`;
}

/** Name of the machines of a group in a zone. Zones that differ have names that differ. Frozen. */
export function deploymentName(group: string, zone: string): string {
  const plain = `${group}-${zone}`;
  return nameFromPath(plain) === plain
    ? nameFromPath(plain, MAX_DEPLOYMENT_NAME)
    : nameFromPath(`${plain}-${digest(zone)}`, MAX_DEPLOYMENT_NAME);
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 8);
}
