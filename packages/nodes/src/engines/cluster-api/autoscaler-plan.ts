import { type Check, CORE, formatDuration, isDnsLabel } from "@plinth/core";
import { AUTOSCALER_FIELDS, type ClusterAutoscaler } from "../../props-cluster-api.js";
import { NODES } from "../../rules.js";
import type { ClusterApiCloudPlan } from "./plan.js";

/** How much longer the autoscaler waits than the health check: a machine that was replaced has begun anew by then. */
const LONGER_SECONDS = 300;

/** What the autoscaler is, as far as it is described, and how long it waits for a machine: that stands at each group. */
export function planAutoscaler(
  given: ClusterAutoscaler | undefined,
  provisioningSeconds: number,
  check: Check,
): Pick<ClusterApiCloudPlan, "autoscaler" | "maxNodeProvisionSeconds"> {
  const usual = provisioningSeconds + LONGER_SECONDS;
  if (given === undefined) return { maxNodeProvisionSeconds: usual };
  check.fields<ClusterAutoscaler>(given, AUTOSCALER_FIELDS, "engine.autoscaler");
  const { namespace = "kube-system" } = given;
  if (!isDnsLabel(namespace)) {
    check.refuse(CORE.name, {
      property: "engine.autoscaler.namespace",
      value: namespace,
      message: `${JSON.stringify(namespace)} is not the name of a namespace`,
      fix: "use at most 63 lower case letters, digits and hyphens, for example kube-system",
    });
  }
  const maxNodeProvisionSeconds = seconds("maxNodeProvisionTime", given, check) ?? usual;
  if (maxNodeProvisionSeconds < provisioningSeconds) {
    const [waits, starts] = [maxNodeProvisionSeconds, provisioningSeconds].map((one) => formatDuration(one * 1000));
    check.refuse(NODES.provisionTime, {
      property: "engine.autoscaler.maxNodeProvisionTime",
      value: given.maxNodeProvisionTime,
      message: `The autoscaler waits ${waits} for a node, and a machine may take ${starts}`,
      fix: `leave it out, set it to ${starts} or more, or lower engine.provisioningTimeout`,
    });
  }
  const initialBackoffSeconds = seconds("initialNodeGroupBackoffDuration", given, check);
  return { maxNodeProvisionSeconds, autoscaler: { namespace, maxNodeProvisionSeconds, initialBackoffSeconds } };
}

function seconds(key: Exclude<keyof ClusterAutoscaler, "namespace">, given: ClusterAutoscaler, check: Check) {
  const text = given[key];
  const milliseconds = text === undefined ? undefined : check.duration(`engine.autoscaler.${key}`, text);
  return milliseconds === undefined ? undefined : Math.ceil(milliseconds / 1000);
}
