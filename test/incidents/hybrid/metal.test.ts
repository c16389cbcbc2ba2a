import { metalNodeSettings } from "plinth";
import { describe, expect, it } from "vitest";
import { DECKHOUSE, run } from "./program.js";

const metal = metalNodeSettings("rack-1");

/** Arguments of the kubelets of a group's machines. */
async function kubeletArgs(): Promise<Readonly<Record<string, string>>> {
  const { template } = (await run()).spec<{
    template: {
      spec: { joinConfiguration: { nodeRegistration: { kubeletExtraArgs: { name: string; value: string }[] } } };
    };
  }>("KubeadmConfigTemplate");
  const { kubeletExtraArgs } = template.spec.joinConfiguration.nodeRegistration;
  return Object.fromEntries(kubeletExtraArgs.map(({ name, value }) => [name, value]));
}

describe("nodes of metal", () => {
  it("deckhouse/deckhouse#11969: get no routes and are no members of load balancers", () => {
    expect(metal.cloudControllerArgs).toEqual(["--controllers=*,-node-route-controller"]);
    expect(metal.labels).toEqual({ "node.kubernetes.io/exclude-from-external-load-balancers": "" });
  });

  it("deckhouse/deckhouse#4890: keep what joins machines; it lands on no machine that comes and goes", async () => {
    const [group] = (await run({ cloud: DECKHOUSE })).objects("NodeGroup");
    expect(group?.spec).toMatchObject({
      nodeTemplate: { taints: [{ key: "dedicated", value: "burst", effect: "NoSchedule" }] },
    });
    const refused = async (change: object) => (await run({ cloud: DECKHOUSE, groups: { burst: change } })).refusals;
    expect(await refused({ taints: [] })).toEqual([["PL4049", "burst", "taints"]]);
    expect(await refused({ name: "master" })).toEqual([["PL4048", "burst", "name"]]);
    // by these Deckhouse finds the nodes of its own pods
    const label = "node-role.deckhouse.io/deckhouse";
    expect(await refused({ labels: { [label]: "" } })).toEqual([["PL4009", "burst", `labels["${label}"]`]]);
  });

  it("kubernetes/cloud-provider-openstack#2062: are not taken for servers that are gone, and machines are known by their servers", async () => {
    const [id] = metal.kubeletExtraArgs.filter(({ name }) => name === "provider-id");
    expect(id?.value).toBe("metal://rack-1");
    expect(await kubeletArgs()).toMatchObject({ "provider-id": "openstack:///{{ instance_id }}" });
  });

  it("kubernetes/cloud-provider#35: are ignored by the cloud controller, for which none of their kubelets waits", async () => {
    expect(metal.kubeletExtraArgs.map(({ name }) => name)).toEqual(["provider-id"]);
    // nor does that of a machine, unless the program says that there is one
    expect(await kubeletArgs()).not.toHaveProperty("cloud-provider");
  });

  it("kubernetes/cloud-provider-openstack#1947: have no CSI driver that asks for a server's metadata; machines have", async () => {
    const { nodeSelectorTerms } =
      metal.cloudNodesOnly.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution;
    const [key, ...more] = nodeSelectorTerms.flatMap(({ matchExpressions }) => matchExpressions.map((one) => one.key));
    expect(more).toEqual([]);
    expect(metal.labels).not.toHaveProperty([`${key}`]);
    expect((await kubeletArgs())["node-labels"]?.split(",")).toContain(`${key}=burst`);
  });
});
