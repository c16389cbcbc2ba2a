import { isOutput, PlinthError } from "@plinth/core";
import { formatKeyPath, type KeyPath } from "./key-path.js";
import { isSecretObject, type Manifest, SECRET_FIELDS } from "./manifest.js";
import { mapLeaves } from "./map-leaves.js";
import { BRIDGE } from "./rules.js";
import type { OutputTokens } from "./tokens.js";

/** A leaf that must not, or cannot, stand in a rendered file. */
export interface WithheldLeaf {
  /** Construct path of the object. */
  readonly path: string;
  /** The object, with placeholders where Outputs are. */
  readonly object: Manifest;
  /** Where the leaf stands in the object, for example `stringData.password`. */
  readonly property: string;
  /** `secret`: data of a Secret; `unresolved`: an Output, which is secret or not known while rendering. */
  readonly reason: "secret" | "unresolved";
  /** The Output, or the plain value of a leaf of a Secret. */
  readonly value: unknown;
}

/**
 * What stands in a file instead of a value that must not: for example `${DB_PASSWORD}`, which Flux replaces from a
 * Secret (`spec.postBuild.substituteFrom` of a Kustomization). Beside other text the reference must be a text too.
 * @returns `undefined` to have the leaf refused
 */
export type Reference = (leaf: WithheldLeaf) => unknown;

/**
 * An object with references in place of leaves that must not be rendered.
 * @param path construct path of the object @param refuse takes a refusal for each leaf without a reference
 */
export function withhold(
  object: Manifest,
  path: string,
  tokens: OutputTokens,
  reference: Reference | undefined,
  refuse: (refusal: PlinthError) => void,
): Manifest {
  const instead = (keys: KeyPath, reason: WithheldLeaf["reason"], value: unknown): unknown => {
    const leaf: WithheldLeaf = { path, object, property: formatKeyPath(keys), reason, value };
    const given = reference?.(leaf);
    if (given !== undefined) return given;
    refuse(refusal(leaf));
    return null;
  };
  const secretObject = isSecretObject(object);
  return mapLeaves(object, (value, keys) => {
    if (isOutput(value)) return instead(keys, "unresolved", value);
    const pieces = piecesOf(value, tokens);
    if (pieces !== undefined) {
      const parts = pieces.map((piece) =>
        typeof piece === "string" || "strange" in piece ? piece : instead(keys, "unresolved", piece.output),
      );
      return parts.length === 1 ? parts[0] : parts.join("");
    }
    const secret = secretObject && SECRET_FIELDS.some((field) => field === keys[0]);
    return secret && keys.length > 1 ? instead(keys, "secret", value) : value;
  });
}

function piecesOf(value: unknown, tokens: OutputTokens): ReturnType<OutputTokens["pieces"]> {
  if (typeof value === "string") return tokens.pieces(value);
  const piece = typeof value === "number" ? tokens.numbered(value) : undefined;
  return piece && [piece];
}

function refusal({ path, object, property, reason }: WithheldLeaf): PlinthError {
  const name = `${object.kind} ${object.metadata.name}`;
  return new PlinthError(BRIDGE.renderedOutput, {
    path,
    property,
    message:
      reason === "secret"
        ? `${property} of ${name} is secret`
        : `${property} of ${name} is an Output: secret, or not known while rendering`,
    fix:
      reason === "secret"
        ? "give the option reference, for example a text that Flux replaces from a Secret; or have the Secret made elsewhere"
        : "give the chart a plain value, or give the option reference",
  });
}
