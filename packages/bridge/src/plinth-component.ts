import { type Check, nameFromPath, ownedName, ownerText, PlinthReport, Program } from "@plinth/core";
import * as pulumi from "@pulumi/pulumi";
import { applyEdit, type Edit } from "./edit.js";
import { Gate } from "./gate.js";

/** What every component of Plinth takes. */
export interface PlinthComponentArgs {
  /**
   * Changes any object or resource argument before it is sent: the escape hatch for what Plinth has no property for.
   * @default - nothing is changed
   */
  readonly edit?: Edit;
}

/** What a child resource takes from its component. */
export interface ChildContext {
  /** Name of the Pulumi resource. */
  readonly resourceName: string;
  /** Physical name, for kinds that have a description to say the owner in. */
  readonly name: string;
  /** Physical name for kinds that have none: ends with the owner's hash. */
  readonly uniqueName: string;
  /** Whose it is, for the description: see `ownerText` of `@plinth/core`. */
  readonly description: string;
  /** Arguments as the user's `edit` leaves them. */
  readonly edited: <T extends object>(value: T) => T;
  readonly options: { readonly parent: pulumi.Resource };
}

/**
 * The root of every component of Plinth: a Pulumi component whose children are sent only when the whole program has been
 * checked, and that knows its owner's text and physical names.
 */
export abstract class PlinthComponent extends pulumi.ComponentResource {
  /** The program that the component is part of. */
  protected readonly program: Program;
  /** Name of the component, as given. */
  readonly name: string;
  readonly #edit: Edit | undefined;
  readonly #types: string;
  readonly #held: pulumi.Output<pulumi.Resource[]>;

  /**
   * @param type Pulumi type token, `plinth:<package>:<Class>`. Part of every URN below: never changed without an alias
   * @param name name of the component, unique in the program for its type
   */
  constructor(type: string, name: string, args: PlinthComponentArgs, opts: pulumi.ComponentResourceOptions = {}) {
    const program = currentProgram();
    const dependency = Gate.of(program).dependency;
    const hold: pulumi.ResourceTransformation = ({ props, opts: given }) => ({
      props,
      opts: pulumi.mergeOptions(given, { dependsOn: dependency }),
    });
    super(type, name, {}, { ...opts, transformations: [...(opts.transformations ?? []), hold] });
    this.program = program;
    this.name = name;
    this.#edit = args.edit;
    this.#types = typesOf(this);
    this.#held = dependency;
  }

  /** Takes over what a check of this component has found. @returns whether nothing was wrong */
  protected take(check: Check): boolean {
    this.program.take(check);
    return check.passed;
  }

  /** An output of a component that was refused: never has a value, and fails with the program's report. */
  protected refused<T>(): pulumi.Output<T> {
    return this.#held.apply((): T => {
      throw new PlinthReport(this.program.refusals);
    });
  }

  /** Options for reading what exists: nothing is read either before the program has been checked. */
  protected readOptions(): pulumi.InvokeOutputOptions {
    return { parent: this, dependsOn: this.#held };
  }

  /**
   * All that a child resource takes from its component.
   * @param type the child's Pulumi type token @param suffix what distinguishes it from the component's other children
   */
  protected readonly child = (type: string, suffix: string): ChildContext => {
    const resourceName = `${this.name}-${suffix}`;
    const [project, stack] = [pulumi.getProject(), pulumi.getStack()];
    const owner = { project, stack, urn: `urn:pulumi:${stack}::${project}::${this.#types}$${type}::${resourceName}` };
    return {
      resourceName,
      name: nameFromPath(`${project}/${stack}/${resourceName}`),
      uniqueName: ownedName(owner, resourceName),
      description: ownerText(owner),
      edited: (value) => applyEdit(this.#edit, { type, name: resourceName, value }),
      options: { parent: this },
    };
  };

  /** The user's `edit`, for the objects of a chart. */
  protected get edit(): Edit | undefined {
    return this.#edit;
  }
}

/** The program that runs now: of the root stack, or under mocks without one, of the mocks. */
export function currentProgram(): Program {
  const root = pulumi.runtime.getStackResource() ?? pulumi.runtime.getMonitor();
  if (root === undefined) throw new Error("Plinth's components are made inside a Pulumi program");
  return Program.of(root);
}

/** Types of a resource and its parents below the root stack, as a URN has them. */
function typesOf(resource: pulumi.Resource): string {
  const own: string[] = [];
  for (let at: unknown = resource; at !== undefined; at = (at as { __parentResource?: unknown }).__parentResource) {
    const type = (at as { __pulumiType?: string }).__pulumiType ?? "";
    if (type === "pulumi:pulumi:Stack") break;
    own.unshift(type);
  }
  return own.join("$");
}
