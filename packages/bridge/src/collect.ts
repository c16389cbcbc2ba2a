import { PlinthError } from "@plinth/core";
import type { ApiObject } from "cdk8s";
import type { IConstruct } from "constructs";
import { Dependencies, type Unit } from "./dependencies.js";
import { applyEdit, type Edit } from "./edit.js";
import { groupOf, isMap, type Manifest, typeToken } from "./manifest.js";
import { inOrder } from "./order.js";
import { BRIDGE } from "./rules.js";
import { checkIdentity, type Serialized, serialize } from "./serialize.js";
import { OutputTokens, type Token } from "./tokens.js";

/** How {@link collect} finishes the objects of a tree. */
export interface CollectOptions {
  /** Puts values in place of placeholders; called for objects that have any. @default - placeholders stay */
  readonly restore?: (serialized: Serialized, tokens: OutputTokens) => Manifest;
  /** Name that the edit is told. @param path of the construct */
  readonly name: (path: string) => string;
  /** The user's edit. @default - nothing is changed */
  readonly edit?: Edit | undefined;
}

/** The objects of a tree. */
export interface Collected {
  /** Objects and barriers, each after all that it depends on. Empty when something was refused. */
  readonly units: readonly Unit[];
  /** The finished objects. */
  readonly manifests: ReadonlyMap<ApiObject, Manifest>;
  /** Those that have placeholders, or had them before they were restored. */
  readonly unresolved: ReadonlySet<ApiObject>;
  /** What is wrong with the tree, all of it. */
  readonly refusals: readonly PlinthError[];
}

/**
 * Takes the API objects out of a tree: validated, serialised once, checked, edited and in order. Each construct and each
 * dependency is visited once; `App.synth` and `Chart.toJson` of cdk8s walk the whole App again for each chart.
 */
export function collect(root: IConstruct, options: CollectOptions): Collected {
  const refusals: PlinthError[] = [];
  const refuse = (refusal: PlinthError): void => {
    refusals.push(refusal);
  };
  const tokens = OutputTokens.of(root);
  const manifests = new Map<ApiObject, Manifest>();
  const unresolved = new Set<ApiObject>();
  const back = new Set<Token>();
  validate(root, tokens, refuse);
  const dependencies = new Dependencies(root, refuse);
  for (const { object } of dependencies.objects) {
    if (object === undefined) continue;
    const serialized = serialize(object, tokens, refuse);
    if (serialized === undefined) continue;
    if (serialized.tokens.size > 0) unresolved.add(object);
    for (const token of serialized.tokens) back.add(token);
    const manifest = finish(object, serialized, tokens, options, refuse);
    if (manifest !== undefined) manifests.set(object, manifest);
  }
  // what was refused may have been what held them, and so may the rest of the App
  if (refusals.length === 0 && root.node.scope === undefined) {
    refuseLost(options.name("") || "(root)", tokens, back, refuse);
  }
  refuseTwice(manifests, refuse);
  dependencies.imply(manifests);
  const units = inOrder(dependencies.objects, refuse);
  return { units: refusals.length === 0 ? units : [], manifests, unresolved, refusals };
}

function validate(construct: IConstruct, tokens: OutputTokens, refuse: (refusal: PlinthError) => void): void {
  const { id, path } = construct.node;
  if (tokens.pieces(id) !== undefined) {
    refuse(
      new PlinthError(BRIDGE.outputInId, {
        path,
        message: "The id of this construct is an Output",
        fix: "use a plain text as id",
      }),
    );
  }
  for (const message of construct.node.validate()) {
    refuse(
      new PlinthError(BRIDGE.validation, { path, message, fix: "change what the message names, at this construct" }),
    );
  }
  for (const child of construct.node.children) validate(child, tokens, refuse);
}

function finish(
  object: ApiObject,
  serialized: Serialized,
  tokens: OutputTokens,
  { restore, edit, name }: CollectOptions,
  refuse: (refusal: PlinthError) => void,
): Manifest | undefined {
  const { path } = object.node;
  const { apiVersion, kind } = serialized.manifest;
  const value = serialized.tokens.size > 0 && restore !== undefined ? restore(serialized, tokens) : serialized.manifest;
  if (edit === undefined) return value;
  const edited = applyEdit(edit, { type: typeToken(apiVersion, kind), name: name(path), value }) as unknown;
  let passed = true;
  const report: Parameters<typeof checkIdentity>[1] = (rule, breach) => {
    passed = false;
    refuse(new PlinthError(rule, { path, ...breach }));
  };
  const manifest = isMap(edited) ? edited : {};
  checkIdentity(manifest, report, BRIDGE.edited, tokens);
  if (passed && (manifest.apiVersion !== apiVersion || manifest.kind !== kind)) {
    report(BRIDGE.edited, {
      message: `The edit makes ${manifest.apiVersion} ${manifest.kind} of ${apiVersion} ${kind}`,
      fix: "leave apiVersion and kind as they are; make another kind of object with a construct of its own",
    });
  }
  return passed ? (manifest as unknown as Manifest) : undefined;
}

function refuseLost(
  path: string,
  tokens: OutputTokens,
  back: ReadonlySet<Token>,
  refuse: (refusal: PlinthError) => void,
): void {
  for (const { name } of tokens.lost(back)) {
    refuse(
      new PlinthError(BRIDGE.lostOutput, {
        path,
        property: name,
        message: `The Output given as ${name} is in no object`,
        fix: "mint a token only for a value that the chart uses, and pass it on unchanged to a leaf of an object",
      }),
    );
  }
}

function refuseTwice(manifests: ReadonlyMap<ApiObject, Manifest>, refuse: (refusal: PlinthError) => void): void {
  const first = new Map<string, ApiObject>();
  for (const [object, { apiVersion, kind, metadata }] of manifests) {
    const identity = [groupOf(apiVersion), kind, metadata.namespace, metadata.name].join("\n");
    const other = first.get(identity);
    if (other === undefined) first.set(identity, object);
    else {
      const where = metadata.namespace === undefined ? "" : ` in namespace ${metadata.namespace}`;
      refuse(
        new PlinthError(BRIDGE.twice, {
          path: object.node.path,
          property: "metadata.name",
          value: metadata.name,
          message: `${kind} ${metadata.name}${where} is emitted by ${other.node.path} and by ${object.node.path}`,
          fix: "give one of them another name, or leave one out",
        }),
      );
    }
  }
}
