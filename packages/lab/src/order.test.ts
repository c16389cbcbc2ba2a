import { describe, expect, it } from "vitest";
import { withDependants, withNeeds } from "./order.js";
import type { Part } from "./part.js";

function part(name: string, ...needs: string[]): Part {
  return {
    name,
    title: name,
    needs,
    missing: async () => [],
    systemPackages: async () => [],
    acquire: async () => {},
    start: async () => {},
    health: async () => ({ state: "down" }),
    env: async () => ({}),
    stop: async () => {},
  };
}

const parts = [part("flux", "kubernetes"), part("pulumi"), part("kubernetes"), part("capo", "openstack", "kubernetes")];
const all = [...parts, part("openstack")];
const names = (list: readonly Part[]) => list.map(({ name }) => name);

describe("withNeeds", () => {
  it("takes what is needed along, before what needs it, and leaves the rest out", () => {
    expect(names(withNeeds(all, ["capo"]))).toEqual(["openstack", "kubernetes", "capo"]);
  });

  it("takes all when none is named", () => {
    expect(names(withNeeds(all, []))).toEqual(["kubernetes", "flux", "pulumi", "openstack", "capo"]);
  });

  it("refuses an unknown name, naming those that there are", () => {
    expect(() => withNeeds(all, ["k8s"])).toThrow(/PL9002 {2}There is no part "k8s".[\s\S]*flux, pulumi, kubernetes/);
  });

  it("refuses a circle, naming it", () => {
    expect(() => withNeeds([part("a", "b"), part("b", "c"), part("c", "b")], ["a"])).toThrow(
      "PL9003  These parts need each other in a circle: b -> c -> b.",
    );
  });
});

describe("withDependants", () => {
  it("stops what needs a part before the part", () => {
    expect(names(withDependants(all, ["kubernetes"]))).toEqual(["capo", "flux", "kubernetes"]);
  });

  it("follows needs over several steps", () => {
    const chain = [part("a"), part("b", "a"), part("c", "b"), part("d")];
    expect(names(withDependants(chain, ["a"]))).toEqual(["c", "b", "a"]);
  });

  it("stops all in the order opposite to the start", () => {
    expect(names(withDependants(all, []))).toEqual(names(withNeeds(all, [])).reverse());
  });
});
