import { PlinthError, PlinthReport, Program } from "@plinth/core";
import type * as pulumi from "@pulumi/pulumi";
import { type ApiObject, App } from "cdk8s";
import { Barrier } from "./barrier.js";
import { ChartResources } from "./chart-resources.js";
import { type Collected, collect } from "./collect.js";
import type { Unit } from "./dependencies.js";
import type { Edit } from "./edit.js";
import { ownFields } from "./field-ownership.js";
import { KubernetesObject } from "./kubernetes-object.js";
import { typeToken } from "./manifest.js";
import { currentProgram } from "./plinth-component.js";
import { programStack, withStack } from "./program-stack.js";
import { resourceName } from "./resource-name.js";
import { markSecrets, restore } from "./restore.js";
import { BRIDGE } from "./rules.js";
import { OutputTokens } from "./tokens.js";

/** What a resource was called before. */
export type Aliases = (object: {
  /** Pulumi type token. */
  readonly type: string;
  /** Name of the Pulumi resource. */
  readonly name: string;
  /** Construct path. */
  readonly path: string;
}) => readonly (pulumi.URN | pulumi.Alias)[];

/** How a chart is registered. */
export interface RegisterChartOptions {
  /** Provider of the cluster. @default - the parent's provider for `kubernetes`, or Pulumi's default one */
  readonly provider?: pulumi.ProviderResource;
  /** Changes any object before it is sent: see {@link Edit}. @default - nothing is changed */
  readonly edit?: Edit | undefined;
  /** Earlier names of resources, after a rename of constructs. @default - none */
  readonly aliases?: Aliases;
  /** Further options of an object's resource. @default - none */
  readonly resourceOptions?: (object: {
    readonly type: string;
    readonly name: string;
  }) => Pick<pulumi.CustomResourceOptions, "hooks" | "customTimeouts">;
  /** What must exist before any object of the chart. @default - only what its values come from */
  readonly dependsOn?: pulumi.Input<pulumi.Input<pulumi.Resource>[]> | pulumi.Input<pulumi.Resource>;
  /** The program that takes the refusals. @default - the one that runs now */
  readonly program?: Program;
}

/**
 * Registers the objects of a chart as Pulumi resources, one each, flat under a component, so that a preview shows every
 * object and Pulumi's order follows the chart's dependencies. Names are `<component>-<construct path>`; they and the
 * component's type make the URNs.
 *
 * The objects carry the annotation `pulumi.com/patchForce: "true"`, so that `up` takes back a field that somebody else has
 * taken over; an `edit` that gives the annotation another value leaves that object's fields to whoever took them.
 *
 * What is wrong with the chart is added to the program's refusals; nothing is registered then, nor when the program has
 * been refused already.
 *
 * @param parent the component
 * @param build makes the charts; Outputs go in through the tokens, or as they are in leaves of untyped objects
 * @throws what `build` throws, unless it is a refusal
 */
export function registerChart(
  parent: pulumi.ComponentResource,
  build: (app: App, tokens: OutputTokens) => void,
  options: RegisterChartOptions = {},
): ChartResources {
  const program = options.program ?? currentProgram();
  const component = (parent as unknown as { readonly __name: string }).__name;
  const tokens = new OutputTokens();
  const app = new App({ resolvers: [tokens] });
  Program.attach(app, program);
  if (!built(() => build(app, tokens), program)) return new ChartResources(parent, undefined);
  const name = (path: string): string => resourceName(component, path);
  const collected = collect(app, { restore, edit: options.edit, name });
  for (const refusal of [...collected.refusals, ...sameNames(collected, name)]) program.refuse(refusal);
  if (program.refusals.length > 0) return new ChartResources(parent, undefined);
  const stack = programStack(registerChart);
  return new ChartResources(parent, register(parent, collected, name, stack, options));
}

function built(build: () => void, program: Program): boolean {
  try {
    build();
    return true;
  } catch (error) {
    if (PlinthError.isInstance(error)) program.refuse(error);
    else if (PlinthReport.isInstance(error)) for (const refusal of error.errors) program.refuse(refusal);
    else throw error;
    return false;
  }
}

function sameNames({ manifests }: Collected, name: (path: string) => string): PlinthError[] {
  const first = new Map<string, ApiObject>();
  return [...manifests].flatMap(([object, { apiVersion, kind }]) => {
    const urn = `${typeToken(apiVersion, kind)}::${name(object.node.path)}`;
    const other = first.get(urn);
    if (other === undefined) {
      first.set(urn, object);
      return [];
    }
    const { path } = object.node;
    return new PlinthError(BRIDGE.sameName, {
      path,
      message: `${other.node.path} and ${path} give the same name ${name(path)}`,
      fix: "give one of the constructs another id",
    });
  });
}

function register(
  parent: pulumi.ComponentResource,
  { units, manifests }: Collected,
  name: (path: string) => string,
  stack: string,
  { provider, aliases, resourceOptions, dependsOn }: RegisterChartOptions,
): Map<ApiObject, KubernetesObject> {
  const objects = new Map<ApiObject, KubernetesObject>();
  const made = new Map<Unit, pulumi.Resource>();
  const first = before(parent, units, name, dependsOn);
  for (const unit of units) {
    const after = [...unit.dependencies.keys()].flatMap((dependency) => made.get(dependency) ?? []);
    const opts = { parent, ...(after.length > 0 ? { dependsOn: after } : first) };
    const manifest = unit.object && manifests.get(unit.object);
    if (unit.object === undefined || manifest === undefined) {
      made.set(
        unit,
        withStack(stack, () => new Barrier(name(unit.path), opts)),
      );
      continue;
    }
    const resource = { type: typeToken(manifest.apiVersion, manifest.kind), name: name(unit.path), path: unit.path };
    const objectOpts = {
      ...opts,
      ...(provider === undefined ? {} : { provider }),
      ...(aliases === undefined ? {} : { aliases: [...aliases(resource)] }),
      ...resourceOptions?.(resource),
    };
    const props = ownFields(markSecrets(manifest));
    const object = withStack(stack, () => new KubernetesObject(resource.name, props, objectOpts));
    made.set(unit, object);
    objects.set(unit.object, object);
  }
  return objects;
}

/** What the first objects wait for; the others come after them anyway. */
function before(
  parent: pulumi.ComponentResource,
  units: readonly Unit[],
  name: (path: string) => string,
  dependsOn: RegisterChartOptions["dependsOn"],
): Pick<pulumi.ResourceOptions, "dependsOn"> {
  if (dependsOn === undefined) return {};
  const first = units.filter((unit) => unit.dependencies.size === 0);
  return { dependsOn: first.length > 1 ? new Barrier(name("before"), { parent, dependsOn }) : dependsOn };
}
