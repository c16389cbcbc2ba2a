import { ApiObject } from "cdk8s";
import type { Construct } from "constructs";
import type { PlannedNamespace } from "./plan-components.js";

/** The Namespace object. One whose pods need it gets the Pod Security level `privileged`; others keep the cluster's own. */
export function namespaceObject(
  scope: Construct,
  id: string,
  { name, podSecurity, labels }: Pick<PlannedNamespace, "name" | "podSecurity" | "labels">,
): ApiObject {
  const levels = podSecurity === "privileged" ? ["enforce", "audit", "warn"] : [];
  const all = {
    ...labels,
    ...Object.fromEntries(levels.map((mode) => [`pod-security.kubernetes.io/${mode}`, podSecurity])),
  };
  return new ApiObject(scope, id, {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name, ...(Object.keys(all).length === 0 ? {} : { labels: all }) },
  });
}
