import { PlinthError } from "@plinth/core";
import { ApiObject } from "cdk8s";
import type { IConstruct } from "constructs";
import { groupOf, isMap, type Manifest } from "./manifest.js";
import { BRIDGE } from "./rules.js";

/** Why a unit comes after another: `dependency` is one that the program declares. */
export type Reason = "dependency" | "namespace" | "definition";

/** What is made, in order: an API object, or a barrier that stands for a set of them. */
export interface Unit {
  /** Construct path; of a barrier, that of its set and `/start` or `/done`. Unique among objects and among barriers. */
  readonly path: string;
  /** @default - a barrier: comes after all that it depends on, so that a set can come after a set in linear time */
  readonly object?: ApiObject;
  /** What must have been made before. */
  readonly dependencies: Map<Unit, Reason>;
}

/** One end of a dependency: a construct with all below it, or an object without what is below it. */
interface End {
  readonly construct: IConstruct;
  readonly alone: boolean;
}

/**
 * The dependencies between the objects of a tree. `node.addDependency` is followed on any construct: all objects below
 * the one come after all objects below the other. Where both are sets the edges go through barriers, so their number is
 * linear in constructs and declared dependencies. A construct may depend on a part of itself: the rest of it then does.
 */
export class Dependencies {
  /** Units of all objects, in the order of the tree. */
  readonly objects: Unit[] = [];
  readonly #root: IConstruct;
  readonly #refuse: (refusal: PlinthError) => void;
  readonly #units = new Map<IConstruct, Unit>();
  readonly #sizes = new Map<IConstruct, number>();
  readonly #declared = new Map<IConstruct, End[]>();
  readonly #declaredAlone = new Map<IConstruct, End[]>();
  readonly #targets = new Set<IConstruct>();
  readonly #done = new Map<IConstruct, Unit>();

  /** @param root of the tree. Dependencies on constructs of the same App outside of it are left to their own order */
  constructor(root: IConstruct, refuse: (refusal: PlinthError) => void) {
    this.#root = root;
    this.#refuse = refuse;
    this.#measure(root);
    this.#declare(root);
    this.#connect(root, []);
  }

  /** Adds what the objects themselves imply: a Namespace before what is in it, a definition before its kind. */
  imply(manifests: ReadonlyMap<ApiObject, Manifest>): void {
    const namespaces = new Map<string, Unit>();
    const definitions = new Map<string, Unit>();
    for (const unit of this.objects) {
      const manifest = unit.object && manifests.get(unit.object);
      if (manifest === undefined) continue;
      if (manifest.kind === "Namespace" && manifest.apiVersion === "v1") namespaces.set(manifest.metadata.name, unit);
      const kind = definedKind(manifest);
      if (kind !== undefined) definitions.set(kind, unit);
    }
    for (const unit of this.objects) {
      const manifest = unit.object && manifests.get(unit.object);
      if (manifest === undefined) continue;
      const { namespace } = manifest.metadata;
      if (namespace !== undefined) add(unit, namespaces.get(namespace), "namespace");
      add(unit, definitions.get(`${groupOf(manifest.apiVersion)}/${manifest.kind}`), "definition");
    }
  }

  /** Counts the objects below each construct. */
  #measure(construct: IConstruct): number {
    let size = 0;
    if (ApiObject.isApiObject(construct)) {
      const unit: Unit = { path: construct.node.path, object: construct as ApiObject, dependencies: new Map() };
      this.objects.push(unit);
      this.#units.set(construct, unit);
      size = 1;
    }
    for (const child of construct.node.children) size += this.#measure(child);
    this.#sizes.set(construct, size);
    return size;
  }

  #declare(construct: IConstruct): void {
    for (const target of construct.node.dependencies) {
      if (target.node.root !== construct.node.root) {
        this.#refuse(
          new PlinthError(BRIDGE.otherApp, {
            path: construct.node.path,
            message: `${construct.node.path} depends on ${target.node.path}, a construct of another App`,
            fix: "give the component of this chart dependsOn: [the other component]",
          }),
        );
      } else if (target !== construct && this.#sizes.has(target)) this.#declareOne(construct, target);
    }
    for (const child of construct.node.children) this.#declare(child);
  }

  #declareOne(source: IConstruct, target: IConstruct): void {
    const sources = without(source, target);
    const targets = without(target, source);
    for (const end of sources) {
      const declared = end.alone ? this.#declaredAlone : this.#declared;
      const ends = declared.get(end.construct);
      if (ends === undefined) declared.set(end.construct, [...targets]);
      else ends.push(...targets);
    }
    for (const end of targets) if (!end.alone) this.#targets.add(end.construct);
  }

  /** Hands down what everything below a construct comes after. @param before one barrier, or few units */
  #connect(construct: IConstruct, before: readonly Unit[]): void {
    const declared = this.#declared.get(construct)?.flatMap((end) => this.#whenDone(end) ?? []);
    let all = declared === undefined ? before : [...new Set([...before, ...declared])];
    if (declared !== undefined && all.length > 1 && (this.#sizes.get(construct) ?? 0) > 1) {
      all = [barrier(`${construct.node.path}/start`, all)];
    }
    const unit = this.#units.get(construct);
    if (unit !== undefined) {
      for (const dependency of all) add(unit, dependency, "dependency");
      for (const end of this.#declaredAlone.get(construct) ?? []) add(unit, this.#whenDone(end), "dependency");
    }
    for (const child of construct.node.children) this.#connect(child, all);
  }

  /** The unit that stands for all objects of an end. @returns `undefined` when there are none */
  #whenDone({ construct, alone }: End): Unit | undefined {
    if (alone) return this.#units.get(construct);
    const known = this.#done.get(construct);
    if (known !== undefined) return known;
    const parts = this.#parts(construct);
    const unit = parts.length > 1 ? barrier(`${construct.node.path}/done`, parts) : parts[0];
    if (unit !== undefined) this.#done.set(construct, unit);
    return unit;
  }

  /** Units that together are all objects below a construct: sets below that have a unit of their own count as one. */
  #parts(construct: IConstruct): Unit[] {
    const parts: Unit[] = [];
    const own = this.#units.get(construct);
    if (own !== undefined) parts.push(own);
    for (const child of construct.node.children) {
      if (!this.#targets.has(child)) parts.push(...this.#parts(child));
      else {
        const done = this.#whenDone({ construct: child, alone: false });
        if (done !== undefined) parts.push(done);
      }
    }
    return parts;
  }
}

/** A construct less a part of it; all of it when the other is no part. */
function without(construct: IConstruct, part: IConstruct): End[] {
  const scopes = part.node.scopes;
  const start = scopes.indexOf(construct);
  if (start < 0 || construct === part) return [{ construct, alone: false }];
  const ends: End[] = [];
  for (let i = start; i < scopes.length - 1; i++) {
    const scope = scopes[i];
    if (scope === undefined) continue;
    if (ApiObject.isApiObject(scope)) ends.push({ construct: scope, alone: true });
    for (const child of scope.node.children) {
      if (child !== scopes[i + 1]) ends.push({ construct: child, alone: false });
    }
  }
  return ends;
}

function barrier(path: string, parts: readonly Unit[]): Unit {
  return { path, dependencies: new Map(parts.map((part) => [part, "dependency"])) };
}

function add(unit: Unit, dependency: Unit | undefined, reason: Reason): void {
  if (dependency === undefined || dependency === unit || unit.dependencies.has(dependency)) return;
  unit.dependencies.set(dependency, reason);
}

/** `<group>/<kind>` of what a CustomResourceDefinition defines. */
function definedKind({ apiVersion, kind, spec }: Manifest): string | undefined {
  if (kind !== "CustomResourceDefinition" || groupOf(apiVersion) !== "apiextensions.k8s.io") return undefined;
  return isMap(spec) && isMap(spec.names) ? `${spec.group}/${spec.names.kind}` : undefined;
}
