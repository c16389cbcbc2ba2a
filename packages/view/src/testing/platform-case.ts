import { Check, type Described } from "@plinth/core";
import { type PlatformPlan, type PlatformProps, planPlatform } from "@plinth/platform/plan";

/** A platform of three machines, with its whole preset. */
export const PLATFORM: PlatformProps = {
  distribution: "talos",
  network: { nodes: ["192.168.100.0/24"], loadBalancer: ["192.168.100.200-192.168.100.250"] },
  machines: [
    { name: "node-1", address: "192.168.100.11", role: "control-plane" },
    { name: "node-2", address: "192.168.100.12", role: "control-plane" },
    { name: "node-3", address: "192.168.100.13", role: "control-plane" },
  ],
};

/**
 * A platform as its plan describes it.
 * @throws PlinthError when it is refused
 */
export function platformCase(
  path = "cloud",
  props: PlatformProps = PLATFORM,
): Described & { readonly plan: PlatformPlan } {
  const check = new Check(path);
  const planned = planPlatform(props, check);
  const [refusal] = check.refusals;
  if (refusal !== undefined) throw refusal;
  if (planned === undefined) throw new Error("The platform has no plan");
  return { kind: "Platform", path, plan: planned.plan };
}
