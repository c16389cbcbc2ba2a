/**
 * Follows the output of `apt-get install` and tells how far it is, 0 to 1: each new package is fetched, unpacked and set up.
 *
 * @returns a function that takes one line and gives the share that is done; undefined as long as nothing is known
 */
export function aptProgress(): (line: string) => number | undefined {
  let total: number | undefined;
  let done = 0;
  return (line) => {
    const plan = /^(\d+) upgraded, (\d+) newly installed,/.exec(line);
    if (plan !== null) total = 3 * (Number(plan[1]) + Number(plan[2]));
    if (/^(Get:\d+|Unpacking|Setting up) /.test(line)) done += 1;
    return total === undefined || total === 0 ? undefined : Math.min(1, done / total);
  };
}
