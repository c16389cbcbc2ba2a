import { PlinthError } from "@plinth/core";
import type { Reason, Unit } from "./dependencies.js";
import { BRIDGE } from "./rules.js";

/**
 * Units in an order in which each comes after all that it depends on, and otherwise as near to the given order as that
 * allows. Visits each unit and each dependency once, without recursion: a chain may be of any length.
 * @param refuse takes one refusal for each circle that was met
 */
export function inOrder(units: readonly Unit[], refuse: (refusal: PlinthError) => void): Unit[] {
  const order: Unit[] = [];
  const state = new Map<Unit, "open" | "done">();
  const open: { readonly unit: Unit; readonly rest: Iterator<Unit> }[] = [];
  const enter = (unit: Unit): void => {
    state.set(unit, "open");
    open.push({ unit, rest: unit.dependencies.keys() });
  };
  for (const start of units) {
    if (!state.has(start)) enter(start);
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const next = top.rest.next();
      if (next.done === true) {
        open.pop();
        state.set(top.unit, "done");
        order.push(top.unit);
      } else if (!state.has(next.value)) enter(next.value);
      else if (state.get(next.value) === "open") {
        const path = open.map(({ unit }) => unit);
        refuse(circle([...path.slice(path.indexOf(next.value)), next.value]));
      }
    }
  }
  return order;
}

const WHY: Record<Reason, string> = {
  dependency: "",
  namespace: " (its namespace)",
  definition: " (the definition of its kind)",
};

function circle(units: readonly Unit[]): PlinthError {
  const [first] = units;
  const text = units
    .map((unit, i) => {
      const why = units[i - 1]?.dependencies.get(unit);
      return `${unit.path}${why === undefined ? "" : WHY[why]}`;
    })
    .join(" -> ");
  return new PlinthError(BRIDGE.cycle, {
    path: first?.path ?? "",
    message: `Objects depend on each other in a circle: ${text}`,
    fix: "take away one of these dependencies; a namespace and a definition always come before what they hold",
  });
}
