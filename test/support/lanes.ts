/** How many test files run side by side, each lane of them with a lab of its own. */
export const LANES = Number(process.env.PLINTH_TEST_LANES ?? 3);

const BASE = process.env.PLINTH_TEST_LAB ?? "test";

/** Name of the lab of a lane, counted from 1. */
export function labOf(lane: number): string {
  return lane === 1 ? BASE : `${BASE}-${lane}`;
}
