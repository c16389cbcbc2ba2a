// The address plan of a program: many sites in one network, many ranges that are registered, many blocks that are placed.
import { Check, Cidr, Program } from "@plinth/core";
import { planNetwork } from "@plinth/network/plan";
import { table } from "./table.mjs";

const ROUNDS = 7;
/** The third and fourth part of an address of 10.0.0.0/8, in steps of so many addresses. */
const at = (base, i, step) => {
  const value = base + i * step;
  return `10.${(value >> 16) & 255}.${(value >> 8) & 255}.${value & 255}`;
};

/** Plans a network with so many sites, and claims its ranges. */
function sites(count) {
  const check = new Check("net");
  const program = Program.of({});
  const planned = planNetwork(
    {
      cidr: "192.168.200.0/24",
      nextHop: "192.168.200.252",
      maxRoutes: count,
      sites: Array.from({ length: count }, (_, i) => ({ name: `site-${i}`, cidrs: [`${at(0, i, 256)}/24`] })),
    },
    check,
  );
  program.take(check);
  program.claim(planned.claims);
  program.throwIfRefused();
}

/** Registers ranges, in an order in which no two neighbours follow each other. */
function claims(count) {
  const program = Program.of({});
  const ranges = Array.from({ length: count }, (_, i) => {
    const cidr = Cidr.parse(`${at(0, (i * 7919) % count, 256)}/24`);
    return { cidr, owner: `owner-${i}`, property: "cidr", use: "network" };
  });
  program.claim(ranges);
  program.throwIfRefused();
}

/** Places blocks from a pool, of four sizes. */
function blocks(count) {
  const program = Program.of({});
  program.pool({ name: "tenants", cidrs: [Cidr.parse("10.0.0.0/8")] });
  for (let i = 0; i < count; i++) {
    program.allocate({ owner: `owner-${i}`, name: "pods", pool: "tenants", prefix: 22 + (i % 4) });
  }
  program.throwIfRefused();
}

/** Processor time of a run, in milliseconds: other work on the machine is not in it. */
function cost(run, count) {
  const before = process.cpuUsage();
  run(count);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const rows = [];
for (const [what, run, wanted] of [
  ["sites in a network", sites, 1000],
  ["ranges registered", claims, 10_000],
  ["blocks placed", blocks, 10_000],
]) {
  run(wanted);
  let half;
  for (const count of [wanted / 4, wanted / 2, wanted, 2 * wanted]) {
    const milliseconds = Math.min(...Array.from({ length: ROUNDS }, () => cost(run, count)));
    const aim = count === wanted ? " (aim: well under 1000)" : "";
    const ratio = half === undefined ? "" : (milliseconds / half).toFixed(1);
    rows.push([
      what,
      `${count}`,
      `${milliseconds.toFixed(0)}${aim}`,
      ((milliseconds / count) * 1000).toFixed(1),
      ratio,
    ]);
    half = milliseconds;
  }
}
table(
  `Address plan (processor time, cheapest of ${ROUNDS})`,
  ["what", "how many", "ms", "µs each", "of half as many"],
  rows,
);
