import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Address, Cidr } from "./address.js";
import { type AddressClaim, AddressRegistry } from "./address-registry.js";

function claim(text: string, owner: string, shared?: string): AddressClaim {
  const cidr = Cidr.parse(text);
  if (!(cidr instanceof Cidr)) throw new Error(cidr.message);
  return { cidr, owner, property: "cidr", use: `range of ${owner}`, ...(shared === undefined ? {} : { shared }) };
}

describe("AddressRegistry", () => {
  it("names both owners of an overlap", () => {
    const registry = new AddressRegistry();
    expect(registry.claim(claim("10.0.0.0/8", "racks"))).toBeUndefined();
    const refusal = registry.claim(claim("10.13.1.0/24", "cloud"));
    expect(refusal).toMatchObject({ code: "PL1005", path: "cloud", property: "cidr", value: "10.13.1.0/24" });
    expect(refusal?.summary).toBe("10.13.1.0/24 (range of cloud) overlaps 10.0.0.0/8 (range of racks of racks, cidr)");
  });

  it("takes a shared range twice, and only the same one", () => {
    const registry = new AddressRegistry();
    expect(registry.claim(claim("10.0.0.0/8", "a", "site racks"))).toBeUndefined();
    expect(registry.claim(claim("10.0.0.0/8", "b", "site racks"))).toBeUndefined();
    expect(registry.claim(claim("10.0.0.0/9", "b", "site racks"))?.code).toBe("PL1005");
    expect(registry.claim(claim("10.0.0.0/8", "b", "site other"))?.code).toBe("PL1005");
    expect(registry.claims).toHaveLength(1);
  });

  it("refuses exactly what overlaps a claim that stands", () => {
    const any = fc.tuple(fc.bigInt(0n, 0xffffn), fc.integer({ min: 16, max: 32 })).map(([offset, length]) => {
      const size = 1n << BigInt(32 - length);
      return new Cidr(new Address(4, (offset / size) * size), length);
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 40 }), (cidrs) => {
        const registry = new AddressRegistry();
        const standing: Cidr[] = [];
        for (const cidr of cidrs) {
          const refused = registry.claim({ cidr, owner: "o", property: "p", use: "u" }) !== undefined;
          expect(refused).toBe(standing.some((other) => other.overlaps(cidr)));
          if (!refused) standing.push(cidr);
        }
        expect(registry.claims).toHaveLength(standing.length);
      }),
    );
  });
});
