import { Check, type PlinthError, Program } from "@plinth/core";
import type { AnyComponent } from "../definition.js";
import { type PlatformPlan, planPlatform } from "../plan.js";
import type { Preset } from "../presets.js";
import type { OwnPlatformProps, PlatformProps } from "../props.js";

/** Three machines of a control plane and a worker, in one subnet. */
export const OWN: OwnPlatformProps = {
  distribution: "talos",
  network: { nodes: ["192.168.100.0/24"], loadBalancer: ["192.168.100.200-192.168.100.250"] },
  machines: [
    { name: "node1", address: "192.168.100.11", role: "control-plane" },
    { name: "node2", address: "192.168.100.12", role: "control-plane" },
    { name: "node3", address: "192.168.100.13", role: "control-plane" },
    { name: "node4", address: "192.168.100.14", role: "worker" },
  ],
};

/** What came of a platform. */
export interface Planned {
  readonly plan: PlatformPlan | undefined;
  readonly refusals: readonly PlinthError[];
  readonly warnings: readonly string[];
}

/** Plans a platform as a component does: what is wrong with it alone, then its ranges in the program. */
export function plan(props: Partial<OwnPlatformProps> | PlatformProps = {}): Planned {
  const check = new Check("platform");
  const program = new Program();
  const given = props.distribution === "hosted" ? (props as PlatformProps) : ({ ...OWN, ...props } as PlatformProps);
  const planned = planPlatform(given, check);
  program.take(check);
  program.claim(planned?.claims ?? []);
  return { plan: planned?.plan, refusals: program.refusals, warnings: check.warnings };
}

/** A component of the chart `name`, in a namespace of that name. */
export function component(name: string, given: Partial<AnyComponent> = {}): AnyComponent {
  const chart = { source: "oci", url: "oci://registry.example.com/charts", chart: name, version: "1.0.0" } as const;
  return { name, namespace: { name }, chart, ...given };
}

/** A preset of components. */
export function preset(...components: readonly AnyComponent[]): Preset {
  return { name: "test", components };
}
