import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Address, Cidr } from "./address.js";
import { AddressPlan, type AddressPool, type BlockRequest } from "./address-plan.js";
import { AddressRegistry } from "./address-registry.js";
import type { PlinthError } from "./errors.js";

function cidr(text: string): Cidr {
  const parsed = Cidr.parse(text);
  if (!(parsed instanceof Cidr)) throw new Error(parsed.message);
  return parsed;
}

const request = (name: string, prefix: number, pool = "p"): BlockRequest => ({ owner: "own", name, pool, prefix });

/** Plans blocks in one pool. */
function planned(pool: AddressPool, fixed: readonly string[] = []): AddressPlan {
  const registry = new AddressRegistry();
  for (const text of fixed) registry.claim({ cidr: cidr(text), owner: "fixed", property: "cidr", use: "fixed" });
  const plan = new AddressPlan(registry);
  expect(plan.pool(pool)).toBeUndefined();
  return plan;
}

const texts = (plan: AddressPlan): string[] => plan.placements.map(({ name, cidr: at }) => `${name} ${at}`);

describe("AddressPlan", () => {
  it("puts each block into the first gap that takes it, around what is registered", () => {
    const plan = planned({ name: "p", cidrs: [cidr("10.0.0.0/22")] }, ["10.0.0.0/25", "10.0.1.0/24"]);
    for (const [name, prefix] of [
      ["a", 24],
      ["b", 26],
      ["c", 26],
      ["d", 25],
    ] as const)
      plan.allocate(request(name, prefix));
    expect(texts(plan)).toEqual(["a 10.0.2.0/24", "b 10.0.0.128/26", "c 10.0.0.192/26", "d 10.0.3.0/25"]);
  });

  it("goes on in the pool's next range, and works with IPv6 without counting addresses", () => {
    const plan = planned({ name: "p", cidrs: [cidr("fd00:1::/63"), cidr("fd00:2::/48")] });
    for (const name of ["a", "b", "c"]) plan.allocate(request(name, 64));
    expect(texts(plan)).toEqual(["a fd00:1::/64", "b fd00:1:0:1::/64", "c fd00:2::/64"]);
  });

  it("refuses what a pool has no room for, naming pool and owner", () => {
    const plan = planned({ name: "p", cidrs: [cidr("10.0.0.0/24")] });
    plan.allocate(request("a", 25));
    plan.allocate(request("b", 26));
    expect(plan.allocate(request("c", 25))).toMatchObject({
      code: "PL1012",
      path: "own",
      property: "c",
      value: "/25",
      summary: "The pool p (10.0.0.0/24) has no room for a /25 of own: 2 ranges are in it",
    });
    expect(plan.allocate(request("c", 26))).toEqual(cidr("10.0.0.192/26"));
  });

  it("refuses a request that cannot be met as it stands", () => {
    const plan = planned({ name: "p", cidrs: [cidr("10.0.0.0/24")] });
    plan.allocate(request("a", 25));
    const refused = [request("x", 25, "q"), request("x", 23), request("x", 33), request("x", 24.5), request("a", 26)];
    expect(
      refused
        .map((one) => plan.allocate(one))
        .map((error) => [(error as PlinthError).code, (error as PlinthError).fix]),
    ).toEqual([
      ["PL1013", "use p"],
      ["PL1013", "use a prefix length from 24 to 32"],
      ["PL1013", "use a prefix length from 24 to 32"],
      ["PL1013", "use a prefix length from 24 to 32"],
      ["PL1013", "give each block of an owner a name of its own"],
    ]);
    expect(new AddressPlan(new AddressRegistry()).allocate(request("x", 24))).toMatchObject({
      fix: "name the pool's ranges before blocks are taken from it",
    });
  });

  it("refuses a pool that is none, or another of the same name", () => {
    const plan = planned({ name: "p", cidrs: [cidr("10.0.0.0/24")] });
    const pools = [["p", "10.0.0.0/24"], ["p", "10.0.1.0/24"], ["q"], ["q", "10.1.0.0/24", "fd00::/64"]] as const;
    expect(pools.map(([name, ...cidrs]) => plan.pool({ name, cidrs: cidrs.map(cidr) })?.summary)).toEqual([
      undefined,
      "The pool p has the ranges 10.0.0.0/24 already",
      "The pool q has no range",
      "The pool q has ranges of both IP versions",
    ]);
  });

  it("lets whoever gets a block register it, once", () => {
    const registry = new AddressRegistry();
    const plan = new AddressPlan(registry);
    plan.pool({ name: "p", cidrs: [cidr("10.0.0.0/23")] });
    const block = plan.allocate(request("a", 24)) as Cidr;
    const claim = (owner: string) => registry.claim({ cidr: block, owner, property: "cidr", use: "subnet" });
    expect(claim("net")).toBeUndefined();
    expect(registry.claims.map(({ owner }) => owner)).toEqual(["net"]);
    expect(claim("other")?.code).toBe("PL1005");
    expect(plan.allocate(request("b", 24))).toEqual(cidr("10.0.1.0/24"));
  });

  it("keeps a pin that nobody asks for free, and refuses to move one that somebody else has registered", () => {
    const pool = { name: "p", cidrs: [cidr("10.0.0.0/22")] };
    const pin = { owner: "own", name: "a", pool: "p", cidr: cidr("10.0.0.0/24") };
    const plan = planned(pool);
    expect(plan.pin([pin])).toEqual([]);
    expect(plan.allocate(request("b", 24))).toEqual(cidr("10.0.1.0/24"));
    expect(plan.allocate(request("a", 24))).toEqual(cidr("10.0.0.0/24"));
    expect(() => plan.pin([pin])).toThrow("before the first block");

    const taken = planned(pool, ["10.0.0.0/25"]);
    taken.pin([pin]);
    expect(taken.allocate(request("a", 24))).toMatchObject({ code: "PL1005", path: "own", property: "a" });
  });

  it("places a pinned block anew when it is another size or another pool", () => {
    const plan = planned({ name: "p", cidrs: [cidr("10.0.0.0/22")] });
    plan.pin([
      { owner: "own", name: "a", pool: "p", cidr: cidr("10.0.0.0/24") },
      { owner: "own", name: "b", pool: "q", cidr: cidr("10.9.0.0/24") },
    ]);
    expect(plan.allocate(request("a", 25))).toEqual(cidr("10.0.1.0/25"));
    expect(plan.allocate(request("b", 24))).toEqual(cidr("10.0.2.0/24"));
  });

  it("refuses pins that overlap", () => {
    const plan = planned({ name: "p", cidrs: [cidr("10.0.0.0/22")] });
    const pin = (name: string, at: string) => ({ owner: "own", name, pool: "p", cidr: cidr(at) });
    expect(
      plan
        .pin([pin("a", "10.0.0.0/24"), pin("b", "10.0.0.0/25")])
        .map(({ code, path, property }) => [code, path, property]),
    ).toEqual([["PL1014", "own", "b"]]);
  });
});

/** Blocks of random sizes, each once; a pool in which they have room; ranges that are fixed. */
const program = fc.record({
  six: fc.boolean(),
  blocks: fc.uniqueArray(fc.record({ name: fc.nat({ max: 60 }), size: fc.integer({ min: 0, max: 4 }) }), {
    selector: ({ name }) => name,
    maxLength: 24,
  }),
  fixed: fc.uniqueArray(fc.nat({ max: 15 }), { maxLength: 6 }),
});
type Shape = { readonly six: boolean; readonly fixed: readonly number[] };

const poolOf = (six: boolean): Cidr => cidr(six ? "fd00::/52" : "10.0.0.0/16");
const fixedOf = ({ six, fixed }: Shape): string[] =>
  fixed.map((i) => (six ? `fd00:0:0:${(i * 0x20).toString(16)}::/60` : `10.0.${i * 2}.0/24`));
const requestsOf = (six: boolean, blocks: readonly { name: number; size: number }[]): BlockRequest[] =>
  blocks.map(({ name, size }) => request(`block-${name}`, (six ? 60 : 24) - size + 2));

function run(shape: Shape, requests: readonly BlockRequest[], lock: AddressPlan["lock"]): AddressPlan {
  const plan = planned({ name: "p", cidrs: [poolOf(shape.six)] }, fixedOf(shape));
  expect(plan.pin(lock)).toEqual([]);
  for (const one of requests) expect(plan.allocate(one)).toBeInstanceOf(Cidr);
  return plan;
}

describe("every plan", () => {
  it("places blocks inside the pool, at multiples of their size, without overlap, the same each time", () => {
    fc.assert(
      fc.property(program, ({ blocks, ...shape }) => {
        const requests = requestsOf(shape.six, blocks);
        const plan = run(shape, requests, []);
        expect(plan.placements.map(({ cidr: { prefix } }) => prefix)).toEqual(requests.map(({ prefix }) => prefix));
        const all = [...plan.placements.map((placement) => placement.cidr), ...fixedOf(shape).map(cidr)];
        for (const [i, one] of all.entries()) {
          expect(Cidr.parse(one.toString())).toEqual(one);
          expect(all.slice(i + 1).some((other) => other.overlaps(one))).toBe(false);
        }
        expect(plan.placements.every((placement) => poolOf(shape.six).contains(placement.cidr))).toBe(true);
        expect(texts(run(shape, requests, []))).toEqual(texts(plan));
      }),
    );
  });

  it("moves no block when others are inserted, removed or reordered", () => {
    const changed = program.chain((before) =>
      fc.record({
        before: fc.constant(before),
        kept: fc.shuffledSubarray(before.blocks),
        added: fc.array(fc.record({ at: fc.nat(), size: fc.integer({ min: 0, max: 4 }) }), { maxLength: 8 }),
      }),
    );
    fc.assert(
      fc.property(changed, ({ before, kept, added }) => {
        const first = run(before, requestsOf(before.six, before.blocks), []);
        const blocks = [...kept];
        added.forEach(({ at, size }, i) => {
          blocks.splice(at % (blocks.length + 1), 0, { name: 1000 + i, size });
        });
        const second = run(before, requestsOf(before.six, blocks), first.lock);
        const placeIn = (plan: AddressPlan) => new Map(plan.placements.map((one) => [one.name, `${one.cidr}`]));
        const [was, is] = [placeIn(first), placeIn(second)];
        for (const { name } of kept) expect(is.get(`block-${name}`)).toBe(was.get(`block-${name}`));
      }),
    );
  });

  it("refuses a block exactly when no place of its size is free", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 26, max: 30 }), { maxLength: 40 }), (prefixes) => {
        const plan = planned({ name: "p", cidrs: [cidr("10.0.0.0/25")] });
        prefixes.forEach((prefix, i) => {
          const size = 1n << BigInt(32 - prefix);
          const first = cidr("10.0.0.0/25").first.value;
          const places = Array.from(
            { length: Number(128n / size) },
            (_, j) => new Cidr(new Address(4, first + BigInt(j) * size), prefix),
          );
          const free = places.filter((place) => !plan.placements.some((one) => one.cidr.overlaps(place)));
          const placed = plan.allocate(request(`${i}`, prefix));
          if (free[0] === undefined) expect(placed).toMatchObject({ code: "PL1012" });
          else expect(placed).toEqual(free[0]);
        });
      }),
    );
  });
});
