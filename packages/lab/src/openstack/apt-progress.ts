/** How far `apt-get install` is. */
export interface AptProgress {
  /** What it does now, for example `unpacking python3-nova`. */
  readonly step: string;
  /** 0 to 1. @default - not known: apt has not told its plan */
  readonly fraction?: number;
}

const STEPS: readonly [RegExp, string][] = [
  [/^Get:\d+ \S+ \S+ \S+ (\S+) /, "fetching"],
  [/^Unpacking (\S+) /, "unpacking"],
  [/^Setting up (\S+) /, "setting up"],
];

/**
 * Follows the output of `apt-get install`: each new package is fetched, unpacked and set up.
 *
 * @returns a function that takes one line and tells the step that it speaks of, undefined when it speaks of none
 */
export function aptProgress(): (line: string) => AptProgress | undefined {
  let total = 0;
  let done = 0;
  return (line) => {
    const plan = /^(\d+) upgraded, (\d+) newly installed,/.exec(line);
    if (plan !== null) {
      total = STEPS.length * (Number(plan[1]) + Number(plan[2]));
      done = 0; // what was fetched before were apt's lists
    }
    for (const [pattern, verb] of STEPS) {
      const name = pattern.exec(line)?.[1];
      if (name === undefined) continue;
      done += 1;
      const step = `${verb} ${name}`;
      return total === 0 ? { step } : { step, fraction: Math.min(1, done / total) };
    }
    return undefined;
  };
}
