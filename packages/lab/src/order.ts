import { PlinthError } from "@plinth/core";
import type { Part } from "./part.js";
import { LAB } from "./rules.js";

/**
 * The named parts with all that they need, each after what it needs.
 *
 * @param all every part that there is
 * @param names which are wanted; empty means all
 * @throws PlinthError for a name that no part has (PL9002) and for parts that need each other in a circle (PL9003)
 */
export function withNeeds(all: readonly Part[], names: readonly string[]): Part[] {
  const byName = new Map(all.map((part) => [part.name, part]));
  const order = new Map<string, Part>();
  const visit = (name: string, path: readonly string[]) => {
    if (order.has(name)) return;
    if (path.includes(name)) throw circle([...path.slice(path.indexOf(name)), name]);
    const part = byName.get(name);
    if (part === undefined) throw unknown(name, [...byName.keys()]);
    for (const need of part.needs) visit(need, [...path, name]);
    order.set(name, part);
  };
  for (const name of names.length === 0 ? byName.keys() : names) visit(name, []);
  return [...order.values()];
}

/** The named parts with all that need them, each before what it needs: the order in which they are stopped. */
export function withDependants(all: readonly Part[], names: readonly string[]): Part[] {
  const ordered = withNeeds(all, []);
  if (names.length === 0) return ordered.reverse();
  withNeeds(all, names); // refuses unknown names
  const wanted = new Set(names);
  for (const part of ordered) if (part.needs.some((need) => wanted.has(need))) wanted.add(part.name);
  return ordered.filter((part) => wanted.has(part.name)).reverse();
}

function unknown(name: string, known: readonly string[]): PlinthError {
  return new PlinthError(LAB.part, {
    path: "lab",
    property: "parts",
    value: name,
    message: `There is no part "${name}".`,
    fix: `Name one of: ${known.join(", ")}.`,
  });
}

function circle(path: readonly string[]): PlinthError {
  return new PlinthError(LAB.needs, {
    path: "lab",
    property: "needs",
    value: path.join(" -> "),
    message: `These parts need each other in a circle: ${path.join(" -> ")}.`,
    fix: "Take one of them out of the needs of the one before it.",
  });
}
