import { Check, PlinthError } from "@plinth/core";
import * as pulumi from "@pulumi/pulumi";
import type { NetworkPlan } from "./plan.js";
import { planPodNetwork } from "./plan-pods.js";
import type { NetworkProps } from "./props.js";
import { NETWORK } from "./rules.js";

/** Largest packets, in bytes. */
export interface RealMtu {
  /** That get from a VM to every site. */
  readonly mtu: number;
  /** That pods may send. */
  readonly podMtu: number;
}

/**
 * What becomes of the plan's largest packets when it is known what Neutron's network carries. A network that nobody gave an
 * MTU has what Neutron decides: an overlay takes its headers from what the cables carry. Warns where that is not what was
 * planned with.
 *
 * @param found what Neutron says of the network; `undefined` where it says nothing
 * @throws PlinthError where the program says outright what does not hold (PL3015, PL3018, PL3019)
 */
export function realMtu(
  found: number | undefined,
  props: Pick<NetworkProps, "mtu" | "podNetwork">,
  plan: NetworkPlan,
  path: string,
): RealMtu {
  if (!found || found === plan.mtu) return { mtu: plan.mtu, podMtu: plan.podNetwork.mtu };
  if (found > plan.mtu) {
    warn(`${path}: Neutron's network carries packets of ${found} bytes, the way to the sites ${plan.mtu}: where ICMP is
      filtered, larger ones vanish. Have its owner set its MTU to ${plan.mtu}, or set mtu where it is made`);
    return { mtu: plan.mtu, podMtu: plan.podNetwork.mtu };
  }
  if (props.mtu !== undefined) {
    throw new PlinthError(NETWORK.existingDiffers, {
      path,
      property: "mtu",
      value: props.mtu,
      message: `The network carries packets of ${found} bytes, not ${plan.mtu}`,
      fix: `set mtu: ${found}`,
    });
  }
  const check = new Check(path);
  const { mtu: podMtu } = planPodNetwork(props.podNetwork ?? {}, found, plan.cidr.version, check);
  const [refusal] = check.refusals;
  if (refusal !== undefined) throw refusal;
  warn(`${path}: Neutron's network carries packets of ${found} bytes, not ${plan.mtu}, and pods ${podMtu}: set mtu: ${found},
    so that it is planned with`);
  return { mtu: found, podMtu };
}

function warn(text: string): void {
  void pulumi.log.warn(text.replaceAll(/\s+/g, " "));
}
