import * as pulumi from "@pulumi/pulumi";
import { isMap, isSecretObject, type Manifest, SECRET_FIELDS } from "./manifest.js";
import { mapLeaves } from "./map-leaves.js";
import type { Serialized } from "./serialize.js";
import type { OutputTokens, Piece, Token } from "./tokens.js";

/**
 * An object with Outputs where placeholders were: the same Output where it stands alone, `pulumi.concat` of it where it is
 * part of a text, and for a list that has others in it, the joined list.
 */
export function restore({ manifest }: Serialized, tokens: OutputTokens): Manifest {
  return value(manifest, tokens) as Manifest;
}

function value(from: unknown, tokens: OutputTokens): unknown {
  if (typeof from === "string") return text(from, tokens);
  if (typeof from === "number") return output(tokens.numbered(from)) ?? from;
  if (Array.isArray(from)) return list(from, tokens);
  if (!isMap(from)) return from;
  return Object.fromEntries(Object.entries(from).map(([key, field]) => [key, value(field, tokens)]));
}

function text(from: string, tokens: OutputTokens): unknown {
  const pieces = tokens.pieces(from);
  if (pieces === undefined) return from;
  const [first] = pieces;
  if (pieces.length === 1) return output(first);
  return pulumi.concat(...pieces.map((piece) => output(piece) ?? piece));
}

function list(items: readonly unknown[], tokens: OutputTokens): unknown {
  const spread = items.map((item) => listToken(item, tokens));
  if (spread.every((token) => token === undefined)) return items.map((item) => value(item, tokens));
  const [only] = spread;
  if (items.length === 1 && only !== undefined) return only.output;
  // a list whose length is not known has no leaves to be known by themselves
  return pulumi
    .all(items.map((item, i) => spread[i]?.output ?? [value(item, tokens)]) as pulumi.Input<unknown[]>[])
    .apply((lists) => lists.flat());
}

function listToken(item: unknown, tokens: OutputTokens): Token | undefined {
  const piece = typeof item === "string" ? tokens.pieces(item)?.[0] : undefined;
  return typeof piece === "object" && "form" in piece && piece.form === "list" ? piece : undefined;
}

function output(piece: Piece | undefined): unknown {
  return typeof piece === "object" && "output" in piece ? piece.output : undefined;
}

/** A Secret with every leaf of its data marked secret, whatever it came from; any other object as it is. */
export function markSecrets(manifest: Manifest): Manifest {
  if (!isSecretObject(manifest)) return manifest;
  const marked = SECRET_FIELDS.flatMap((field) =>
    manifest[field] === undefined ? [] : [[field, mapLeaves(manifest[field], (leaf) => pulumi.secret(leaf))]],
  );
  return { ...manifest, ...Object.fromEntries(marked) };
}
