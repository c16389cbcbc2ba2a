import { readFileSync } from "node:fs";
import type { KubeObject } from "../status/kube-object.js";

/**
 * Objects as a real Cluster API, with its OpenStack provider and a real OpenStack behind it, has left them; recorded in the lab,
 * without what no diagnosis reads.
 *
 * - `quota`: one server is ACTIVE and its Node has not joined; Nova refused the other for the quota.
 * - `server-error`: Nova took both orders and then put the servers into ERROR.
 * - `replaced`: Nodes did not join within the health check's time-out, again and again.
 * - `healthy`: both Nodes are Ready.
 */
export function recorded(name: "quota" | "server-error" | "replaced" | "healthy"): readonly KubeObject[] {
  const file = new URL(`recorded/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, "utf8")) as readonly KubeObject[];
}
