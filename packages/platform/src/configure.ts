import type { AnyComponent, Component } from "./definition.js";
import type { ChartReference, JsonObject, ValuesReference } from "./release.js";

/** What is set beside a component's own settings. */
export interface ReleaseOverrides {
  /** Values of the chart, as the chart names them: laid over all others. @default - none */
  readonly values?: JsonObject;
  /** Values from Secrets and ConfigMaps of the component's namespace. @default - those of the component */
  readonly valuesFrom?: readonly ValuesReference[];
  /** Another chart, or another version of it. @default - the component's */
  readonly chart?: ChartReference;
}

/** What is set for one component of a platform. */
export interface Setting extends ReleaseOverrides {
  readonly component: AnyComponent;
  readonly settings: object;
}

/**
 * Sets something for a component: given as the object, so that its settings are known to the compiler.
 *
 * @example configure(kubevirt, { cpuAllocationRatio: 4 })
 * @param settings the component's own settings
 * @param overrides what those do not reach
 */
export function configure<Settings extends object>(
  component: Component<Settings>,
  settings: Partial<NoInfer<Settings>>,
  overrides: ReleaseOverrides = {},
): Setting {
  return { component, settings, ...overrides };
}
