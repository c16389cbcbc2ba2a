import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Cidr } from "./address.js";
import { addressChanges } from "./address-changes.js";
import type { AddressLock, Placement } from "./address-lock.js";
import { Program } from "./program.js";

const block = (owner: string, cidr: string, pool = "tenants"): Placement => ({
  owner,
  name: "pods",
  pool,
  cidr: Cidr.parse(cidr) as Cidr,
});

/** Plans blocks of these owners and prefix lengths, in this order, beside an earlier plan. */
function plan(requests: readonly (readonly [owner: string, prefix: number])[], pins: AddressLock = []): AddressLock {
  const program = Program.of({});
  program.addressPlan.pin(pins);
  program.pool({ name: "tenants", cidrs: [Cidr.parse("10.64.0.0/12") as Cidr] });
  for (const [owner, prefix] of requests) program.allocate({ owner, name: "pods", pool: "tenants", prefix });
  expect(program.refusals).toEqual([]);
  return program.addressPlan.lock;
}

describe("addressChanges", () => {
  it("tells blocks that are kept, new, gone and elsewhere apart", () => {
    const before = [block("a", "10.64.0.0/20"), block("b", "10.64.16.0/20"), block("c", "10.64.32.0/20")];
    const after = [block("d", "10.64.16.0/20"), block("c", "10.64.64.0/18"), block("a", "10.64.0.0/20")];
    expect(addressChanges(before, after)).toEqual({
      kept: [after[2]],
      added: [after[0]],
      removed: [before[1]],
      moved: [{ from: before[2], to: after[1] }],
    });
    const other = [block("a", "10.64.0.0/20", "others")];
    expect(addressChanges(before.slice(0, 1), other).moved).toEqual([{ from: before[0], to: other[0] }]);
  });

  it("finds no block elsewhere that is asked for as before, whatever is inserted, removed and reordered", () => {
    const owners = fc.uniqueArray(fc.nat({ max: 40 }), { maxLength: 20 });
    const prefix = (owner: number): number => 18 + (owner % 7);
    const requests = (all: readonly number[]) => all.map((owner) => [`owner-${owner}`, prefix(owner)] as const);
    fc.assert(
      fc.property(owners, owners, (first, second) => {
        const before = plan(requests(first));
        const changes = addressChanges(before, plan(requests(second), before));
        expect(changes.moved).toEqual([]);
        const stay = second.filter((owner) => first.includes(owner)).map((owner) => `owner-${owner}`);
        expect(changes.kept.map(({ owner }) => owner)).toEqual(stay);
        expect(changes.added).toHaveLength(second.length - stay.length);
        expect(changes.removed).toHaveLength(first.length - stay.length);
      }),
    );
  });
});
