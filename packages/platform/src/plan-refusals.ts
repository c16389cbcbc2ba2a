import { type Check, PlinthError } from "@plinth/core";
import type { AnyComponent } from "./definition.js";
import { kindText } from "./kinds.js";
import { findBroken } from "./plan-disable.js";
import { type Existing, type Graph, isComponent, requirementText } from "./plan-graph.js";
import { PLATFORM } from "./rules.js";

/** Construct path of a component. */
export type PathOf = (component: AnyComponent) => string;

/** Refuses components that are disabled or configured and are not in the platform. */
export function checkKnown(
  property: "disable" | "configure",
  named: readonly AnyComponent[],
  given: ReadonlySet<AnyComponent>,
  check: Check,
): void {
  named.forEach((component, i) => {
    if (given.has(component)) return;
    const sameName = [...given].some(({ name }) => name === component.name);
    check.refuse(PLATFORM.notInPlatform, {
      property: `${property}[${i}]`,
      value: component.name,
      message: sameName
        ? `The component ${component.name} that is meant is another object than the platform's`
        : `The platform has no component ${component.name}`,
      fix: sameName
        ? "name the object that the preset or components has: a copy is another component"
        : "leave it out, or add it to components",
    });
  });
}

/** Refuses what is disabled and needed: for each, with all that cannot run without it. */
export function refuseBroken(
  given: { readonly whole: Graph; readonly disabled: ReadonlySet<AnyComponent>; readonly existing: Existing },
  check: Check,
  pathOf: PathOf,
): void {
  for (const [root, broken] of findBroken(given.whole, given.disabled, given.existing)) {
    if (broken.length === 0) continue;
    const list = broken.map((one) => `${pathOf(one.component)} (${requirementText(one.requirement)})`).join(", ");
    check.refuse(PLATFORM.disabledDependency, {
      property: "disable",
      value: root.name,
      message: `Without ${pathOf(root)} ${broken.length} ${broken.length === 1 ? "release" : "releases"} cannot run: ${list}`,
      fix: `keep ${root.name}, or disable with it: ${broken.map(({ component }) => component.name).join(", ")}`,
    });
  }
}

/** Refuses what nothing provides; what was there before something was disabled has been refused with that. */
export function refuseMissing(graph: Graph, whole: Graph, check: Check, pathOf: PathOf): void {
  const missing = new Set(
    whole.missing.map(({ component, requirement }) => `${component.name} ${requirementText(requirement)}`),
  );
  for (const { component, requirement } of graph.missing) {
    const text = requirementText(requirement);
    if (graph !== whole && !missing.has(`${component.name} ${text}`)) continue;
    const path = pathOf(component);
    check.refusals.push(
      new PlinthError(PLATFORM.dangling, {
        path,
        property: "requires",
        value:
          typeof requirement === "string"
            ? requirement
            : isComponent(requirement)
              ? requirement.name
              : kindText(requirement),
        message: `${path} requires ${text}, which nothing in the platform provides`,
        fix: isComponent(requirement)
          ? `add ${requirement.name} to components, or disable ${component.name}`
          : `add a component that provides it, name it in existing where the cluster has it, or disable ${component.name}`,
      }),
    );
  }
}

/** Refuses circles, one of each knot. */
export function refuseCycles(cycles: readonly (readonly AnyComponent[])[], check: Check, pathOf: PathOf): void {
  for (const cycle of cycles) {
    const [first] = cycle;
    if (first === undefined) continue;
    const way = [...cycle, first].map(pathOf).join(" -> ");
    check.refusals.push(
      new PlinthError(PLATFORM.cycle, {
        path: pathOf(first),
        property: "requires",
        message: `Releases wait for each other in a circle: ${way}`,
        fix: "take one of these requirements out, or cut a component in two: its CRDs and the rest",
      }),
    );
  }
}
