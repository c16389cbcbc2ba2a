import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Address, type AddressFault, Cidr, countAddresses } from "./address.js";

function kind(parsed: Address | Cidr | AddressFault): string {
  return parsed instanceof Address || parsed instanceof Cidr ? parsed.toString() : parsed.kind;
}

describe("Address.parse", () => {
  it.each([
    ["192.168.200.1", "192.168.200.1"],
    ["2001:DB8:0:0:0:0:0:1", "2001:db8::1"],
    ["::", "::"],
    ["010.0.0.1", "octal"],
    ["10.00.0.1", "octal"],
    ["10.0.0.256", "address"],
    ["10.0.0", "address"],
    [" 10.0.0.1", "address"],
    ["0x0a.0.0.1", "address"],
    ["fe80::1%eth0", "address"],
    ["::ffff:1.2.3", "address"],
    ["", "address"],
  ])("reads %j as %s", (text, expected) => {
    expect(kind(Address.parse(text))).toBe(expected);
  });

  it("reads back what it writes", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.tuple(fc.constant(4 as const), fc.bigInt(0n, 2n ** 32n - 1n)),
          fc.tuple(fc.constant(6 as const), fc.bigInt(0n, 2n ** 128n - 1n)),
        ),
        ([version, value]) => {
          const address = new Address(version, value);
          expect(Address.parse(address.toString())).toEqual(address);
        },
      ),
    );
  });
});

describe("Cidr.parse", () => {
  it.each([
    ["192.168.200.0/24", "192.168.200.0/24"],
    ["0.0.0.0/0", "0.0.0.0/0"],
    ["10.0.0.1/32", "10.0.0.1/32"],
    ["fd00::/8", "fd00::/8"],
    ["192.168.200.1/24", "hostBits"],
    ["10.0.0.0/08", "cidr"],
    ["10.0.0.0/33", "cidr"],
    ["10.0.0.0", "cidr"],
    ["10.0.0.0/", "cidr"],
    ["010.0.0.0/8", "octal"],
    ["10/8", "address"],
  ])("reads %j as %s", (text, expected) => {
    expect(kind(Cidr.parse(text))).toBe(expected);
  });

  it("says how to mend host bits", () => {
    expect(Cidr.parse("192.168.200.1/24")).toMatchObject({
      fix: "write 192.168.200.0/24 for the range, or 192.168.200.1/32 for the one address",
    });
  });
});

describe("Cidr", () => {
  const cidr = (text: string): Cidr => {
    const parsed = Cidr.parse(text);
    if (!(parsed instanceof Cidr)) throw new Error(parsed.message);
    return parsed;
  };

  it("knows its hosts", () => {
    const subnet = cidr("192.168.200.0/24");
    expect([subnet.firstHost, subnet.lastHost, subnet.last].map(String)).toEqual([
      "192.168.200.1",
      "192.168.200.254",
      "192.168.200.255",
    ]);
    expect(subnet.isHost(subnet.first)).toBe(false);
    expect(subnet.isHost(subnet.last)).toBe(false);
    expect(subnet.isHost(subnet.lastHost)).toBe(true);
    expect([cidr("10.0.0.0/31").firstHost, cidr("fd00::/64").lastHost].map(String)).toEqual([
      "10.0.0.0",
      "fd00::ffff:ffff:ffff:ffff",
    ]);
  });

  it("overlaps exactly when an address is in both", () => {
    const prefix = fc.integer({ min: 20, max: 30 });
    const any = fc.tuple(fc.bigInt(0n, 0xfffn), prefix).map(([offset, length]) => {
      const size = 1n << BigInt(32 - length);
      return new Cidr(new Address(4, (offset / size) * size), length);
    });
    fc.assert(
      fc.property(any, any, (a, b) => {
        expect(a.overlaps(b)).toBe(a.first.value <= b.last.value && b.first.value <= a.last.value);
      }),
    );
  });

  it("never meets a range of the other version", () => {
    expect(cidr("0.0.0.0/0").overlaps(cidr("::/0"))).toBe(false);
  });

  it("counts both ends of a run", () => {
    const subnet = cidr("10.0.0.0/30");
    expect(countAddresses([{ first: subnet.firstHost, last: subnet.lastHost }])).toBe(2n);
  });
});
