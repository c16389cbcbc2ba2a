/**
 * Properties are tested with the same examples each time, so that what holds for one who runs the tests holds for all.
 * To look further: `PLINTH_SEED`, a number or `random`, and `PLINTH_PROPERTY_RUNS`, how many times as many examples. What
 * fails is printed with its seed; the same two settings show it again.
 */
import fc from "fast-check";
import { vi } from "vitest";

const DEFAULT_RUNS = 100;
const SEED = setting("PLINTH_SEED", "1", /^(random|-?\d+)$/);
const TIMES = Number(setting("PLINTH_PROPERTY_RUNS", "1", /^[1-9]\d*$/));

fc.configureGlobal({ numRuns: DEFAULT_RUNS * TIMES, ...(SEED === "random" ? {} : { seed: Number(SEED) }) });
if (TIMES > 1) vi.setConfig({ testTimeout: 0 });

// a test that sets its own number weighs it against what others take: it is multiplied too
vi.mock("fast-check", async (importOriginal) => {
  const original = await importOriginal<typeof import("fast-check")>();
  const assert = <T>(property: fc.IRawProperty<T>, { numRuns = DEFAULT_RUNS, ...others }: fc.Parameters<T> = {}) =>
    original.assert(property, { ...others, numRuns: numRuns * TIMES });
  return { ...original, assert, default: { ...original.default, assert } };
});

function setting(name: string, otherwise: string, form: RegExp): string {
  const text = process.env[name] ?? otherwise;
  if (!form.test(text)) throw new Error(`${name} is ${text}, which does not match ${form}`);
  return text;
}
