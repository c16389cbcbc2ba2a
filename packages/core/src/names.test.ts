import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findOwnerHash, isDnsLabel, nameFromPath, ownedName, ownerHash, ownerText } from "./names.js";

const owner = {
  project: "hybrid",
  stack: "dev",
  urn: "urn:pulumi:dev::hybrid::plinth:network:L3VPNNetwork$openstack:networking/network:Network::k8s-network",
};

describe("names are frozen", () => {
  it("keeps the golden values", () => {
    expect(ownerHash(owner)).toBe("bd07255e4b16");
    expect(ownerText(owner)).toBe("made by plinth for hybrid/dev (owner bd07255e4b16)");
    expect(ownedName(owner, "cloud-worker-flavor")).toBe("cloud-worker-flavor-bd07255e4b16");
    expect(ownedName(owner, "a".repeat(100), 40)).toBe(`${"a".repeat(27)}-bd07255e4b16`);
    expect(nameFromPath("hybrid/dev/k8s-network")).toBe("hybrid-dev-k8s-network");
    expect(nameFromPath("Straße/Äpfel_1")).toBe("stra-e-pfel-1");
    expect(nameFromPath("x/".repeat(60))).toBe("x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-7cb6dce9");
    expect(nameFromPath("???")).toBe("a03b221c");
  });
});

describe("names", () => {
  it("are DNS labels of at most the length asked for", () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 20, max: 63 }), (path, max) => {
        for (const name of [nameFromPath(path, max), ownedName(owner, path, max)]) {
          expect(isDnsLabel(name)).toBe(true);
          expect(name.length).toBeLessThanOrEqual(max);
        }
      }),
    );
  });

  it("differ for long paths that begin alike", () => {
    const start = "a".repeat(80);
    expect(nameFromPath(`${start}1`)).not.toBe(nameFromPath(`${start}2`));
  });

  it("give the owner's hash back", () => {
    expect(findOwnerHash(ownerText(owner))).toBe(ownerHash(owner));
    expect(findOwnerHash(ownedName(owner, "key-pair"))).toBe(ownerHash(owner));
    expect(findOwnerHash("deckhouse")).toBeUndefined();
  });
});
