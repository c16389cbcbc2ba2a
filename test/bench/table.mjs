// Tables of measurements, with ratios: what is compared runs in one go, so that a slow machine slows both.

/** Median of some numbers. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** Runs the given functions in turn, `rounds` times each. @returns for each its seconds */
export async function inTurn(functions, rounds) {
  const seconds = functions.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, run] of functions.entries()) {
      const start = performance.now();
      await run();
      seconds[i].push((performance.now() - start) / 1000);
    }
  }
  return seconds;
}

/** Milliseconds of processor time of the cheapest of several runs, and what the last one gave. */
export function time(runs, prepare, run) {
  let best = Number.POSITIVE_INFINITY;
  let result;
  for (let i = 0; i < runs; i++) {
    const input = prepare();
    const before = process.cpuUsage();
    result = run(input);
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / 1000);
  }
  return [best, result];
}

/** Prints rows of cells as a Markdown table. */
export function table(title, head, rows) {
  console.log(`\n### ${title}\n`);
  for (const cells of [head, head.map(() => "---"), ...rows]) console.log(`| ${cells.join(" | ")} |`);
}
