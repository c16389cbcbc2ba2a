import type { Check } from "@plinth/core";
import type { Reference } from "@plinth/network";
import { checkName } from "@plinth/network/plan";
import type { EnginePlan } from "./engines/engine.js";
import { REFERENCE_FIELDS } from "./props.js";
import { NODES } from "./rules.js";

interface Named {
  readonly name?: string | undefined;
  readonly id?: string | undefined;
}

/** Refuses something that exists of which both name and id are given, or neither. */
export function checkAdopted(property: string, given: Named & { readonly existing?: boolean }, check: Check): void {
  if (given.existing !== true && given.id === undefined) return;
  if (given.existing === true && (given.name === undefined) !== (given.id === undefined) && given.id !== "") return;
  check.refuse(NODES.reference, {
    property,
    value: given,
    message:
      given.existing === true
        ? "It exists, and has not exactly one of name and id"
        : "Something that is made has no id yet",
    fix: 'use { existing: true, name: "..." } or { existing: true, id: "..." }',
  });
}

/** Refuses an id where the controllers look up by name. */
export function refuseId(property: string, value: string, check: Check): void {
  check.refuse(NODES.byName, {
    property,
    value,
    message: "Deckhouse finds it by name only",
    fix: "give its name instead of its id, or use the engine clusterApi",
  });
}

/** Refuses references that lead nowhere or to one thing twice. */
export function checkReferences(
  property: string,
  references: readonly Reference<string>[] | undefined,
  engine: EnginePlan,
  check: Check,
): void {
  const seen = new Set<string>();
  references?.forEach((reference, i) => {
    const at = `${property}[${i}]`;
    const { name, id } = reference;
    const key = JSON.stringify([name, id]);
    if (seen.has(key)) {
      check.refuse(NODES.reference, {
        property: at,
        value: reference,
        message: `${name ?? id} is named twice`,
        fix: "leave one of the two out",
      });
    } else checkReference(at, reference, engine, check);
    seen.add(key);
  });
}

/** Refuses a reference that leads nowhere. */
export function checkReference(at: string, reference: Reference<string>, engine: EnginePlan, check: Check): void {
  check.fields<Named>(reference, REFERENCE_FIELDS, at);
  const { name, id } = reference;
  if ((name === undefined) === (id === undefined) || id === "") {
    check.refuse(NODES.reference, {
      property: at,
      value: reference,
      message: "It has not exactly one of name and id",
      fix: 'use { name: "..." } or { id: "..." }',
    });
  } else if (id !== undefined && !engine.findsById) refuseId(`${at}.id`, id, check);
  checkName(`${at}.name`, name, check);
}
