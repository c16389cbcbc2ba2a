import { describe, expect, it } from "vitest";
import { DECKHOUSE, run } from "./program.js";

describe("machines that are made, kept and removed", () => {
  it("deckhouse/deckhouse#8240: a group goes before the class and the credentials that its controller needs to remove it", async () => {
    const outcome = await run({ cloud: DECKHOUSE, groups: { one: {}, two: {} } });
    for (const group of ["one", "two"]) {
      const of = (kind: string) => outcome.resource(kind, `${group}-deckhouse/`);
      expect(outcome.waitsFor(of("NodeGroup"))).toContain(of("OpenStackInstanceClass").name);
      expect(outcome.waitsFor(of("OpenStackInstanceClass"))).toContain("cloud-deckhouse/module-config");
    }
  });

  it("deckhouse/deckhouse#5958: machines are spread over hosts, or the program is refused where an engine cannot", async () => {
    const groups = { burst: { serverGroup: { policy: "anti-affinity" } } } as const;
    const outcome = await run({ groups });
    const [group] = outcome.inputs("compute/serverGroup:ServerGroup");
    expect(group).toMatchObject({ policies: ["anti-affinity"] });
    expect(outcome.spec("OpenStackMachineTemplate")).toMatchObject({
      template: { spec: { serverGroup: { filter: { name: group?.name } } } },
    });
    expect((await run({ cloud: DECKHOUSE, groups })).refusals).toEqual([["PL4022", "burst", "serverGroup"]]);
  });

  it("kubernetes-sigs/cluster-api-provider-openstack#1404: no more machines than ports and addresses, and no more leaks", async () => {
    const network = { cidr: "192.168.200.0/29", nextHop: "192.168.200.6" } as const;
    // of six host addresses two are routers' and one is Neutron's
    expect((await run({ network })).refusals).toEqual([["PL4008", "burst", "size"]]);
    expect((await run({ network, groups: { burst: { surge: 0 } } })).refusals).toEqual([]);
    const ports = await run({ cloud: { quota: { ports: 3 } } });
    expect(ports.refusals).toEqual([["PL4024", "burst", "size"]]);
  });

  it("gardener/machine-controller-manager#318: of three machines there are at most four, and no sweep removes what it does not know", async () => {
    const groups = { burst: { size: { replicas: 3 } } } as const;
    const outcome = await run({ groups });
    expect(outcome.objects("MachineDeployment").map(({ spec }) => spec)).toMatchObject([
      { replicas: 3, rollout: { strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } } } },
    ]);
    // a Machine and its server are one object each; by default no controller of the other kind is told anything
    expect(outcome.program.resources.filter(({ type }) => type.includes("deckhouse"))).toEqual([]);
  });
});
