import { countAddresses } from "@plinth/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { placementOf } from "./plan.js";
import type { Taint } from "./props.js";
import { networkPlan, planGroup } from "./testing/refused.js";

type Toleration = ReturnType<typeof placementOf>["tolerations"][number];

/** Whether a toleration is one for a taint: kubernetes/api:core/v1/toleration.go, ToleratesTaint. */
function tolerates({ key, operator, value = "", effect }: Toleration, taint: Taint): boolean {
  return effect === taint.effect && key === taint.key && (operator === "Exists" || value === (taint.value ?? ""));
}

const taint: fc.Arbitrary<Taint> = fc.record(
  {
    key: fc.constantFrom("dedicated", "dedicated.deckhouse.io"),
    value: fc.constantFrom("", "burst", "other"),
    effect: fc.constantFrom("NoSchedule" as const, "PreferNoSchedule" as const, "NoExecute" as const),
  },
  { requiredKeys: ["key", "effect"] },
);
const labels = fc.dictionary(fc.constantFrom("node-role/burst", "team"), fc.constantFrom("", "infra"));

describe("every placement", () => {
  it("tolerates the taints of its group and no others", () => {
    fc.assert(
      fc.property(fc.array(taint, { maxLength: 4 }), taint, (taints, other) => {
        const { tolerations } = placementOf({ name: "burst", labels: {}, taints });
        for (const own of taints) expect(tolerations.some((one) => tolerates(one, own))).toBe(true);
        // for a taint without value its key and effect are tolerated, whatever the value
        const known = taints.some(
          ({ key, value, effect }) =>
            key === other.key && effect === other.effect && (value === undefined || value === (other.value ?? "")),
        );
        expect(tolerations.some((one) => tolerates(one, other))).toBe(known);
      }),
    );
  });

  it("selects nodes by the labels of its group, or by Deckhouse's label of the group", () => {
    fc.assert(
      fc.property(labels, (given) => {
        const { nodeSelector } = placementOf({ name: "burst", labels: given, taints: [] });
        const expected = Object.keys(given).length > 0 ? given : { "node.deckhouse.io/group": "burst" };
        expect(nodeSelector).toEqual(expected);
      }),
    );
  });
});

describe("every group", () => {
  const count = fc.nat({ max: 60 });
  const size = fc.oneof(
    fc.record({ replicas: count }),
    fc.tuple(count, count).map(([a, b]) => ({ min: Math.min(a, b), max: Math.max(a, b) })),
  );
  const zones = fc.integer({ min: 1, max: 4 });
  const network = networkPlan({ serviceAddresses: ["192.168.200.253"], sites: [] });
  const addresses = Number(countAddresses(network.pools));

  it("has the machines of all zones together, and is refused when they and Neutron need more addresses", () => {
    fc.assert(
      fc.property(size, zones, fc.option(fc.nat({ max: 5 }), { nil: undefined }), (given, zoneCount, surge) => {
        const names = Array.from({ length: zoneCount }, (_, i) => `zone-${i}`) as [string, ...string[]];
        const { plan, refusals } = planGroup(
          { size: given, zones: names, ...(surge === undefined ? {} : { surge }) },
          { network },
        );
        const { min, max } = "replicas" in given ? { min: given.replicas, max: given.replicas } : given;
        const withSurge = (max + (surge ?? 1)) * zoneCount;
        expect(plan?.perZone).toEqual({ min, max, surge: surge ?? 1 });
        expect(plan?.total).toEqual({ min: min * zoneCount, max: max * zoneCount, withSurge });
        expect(plan?.addresses).toBe(251n);
        expect(refusals.map(({ code }) => code)).toEqual(withSurge + 1 > addresses ? ["PL4008"] : []);
      }),
    );
  });

  it("has memory in MiB and disk in GiB, however they are written", () => {
    const amount = fc.integer({ min: 1, max: 2 ** 16 });
    fc.assert(
      fc.property(amount, amount, fc.boolean(), (memory, disk, small) => {
        const machine = {
          cores: 1,
          memory: small ? (`${memory * 1024}Mi` as const) : (`${memory}Gi` as const),
          disk: small ? (`${disk * 1024}Mi` as const) : (`${disk}Gi` as const),
          image: { existing: true, name: "ubuntu" },
        } as const;
        const { plan } = planGroup({ machine });
        expect(plan?.machine).toMatchObject({ cores: 1, memoryMiB: memory * 1024, diskGiB: disk });
      }),
    );
  });
});
