import { totalmem } from "node:os";

/** What a lane takes at most: its lab (1.7 GiB), that of the file which runs, and the engine with its providers. */
const BYTES_PER_LANE = 5 * 1024 ** 3;

/**
 * How many test files run side by side, each lane of them with a lab of its own. A lane uses half a core, since most of the
 * time it waits for controllers and for OpenStack: three keep two cores busy, and leave some room for bursts.
 */
export const LANES = Number(
  process.env.PLINTH_TEST_LANES ?? Math.max(1, Math.min(3, Math.floor(totalmem() / BYTES_PER_LANE))),
);

const BASE = process.env.PLINTH_TEST_LAB ?? "test";

/** Name of the lab of a lane, counted from 1. */
export function labOf(lane: number): string {
  return lane === 1 ? BASE : `${BASE}-${lane}`;
}
