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

/** Prints rows of cells as a Markdown table. */
export function table(title, head, rows) {
  console.log(`\n### ${title}\n`);
  for (const cells of [head, head.map(() => "---"), ...rows]) console.log(`| ${cells.join(" | ")} |`);
}
