import { validateObject } from "@plinth/api/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { labelWay } from "./engines/cluster-api/labels.js";
import { metalNodeSettings } from "./metal-node.js";
import { objectsOf } from "./testing/cluster-api-objects.js";

describe("a node of metal", () => {
  const settings = metalNodeSettings("rack-1");

  it("is none that a cloud controller knows, routes to, balances to or deletes", () => {
    expect(settings).toMatchObject({
      kubeletExtraArgs: [{ name: "provider-id", value: "metal://rack-1" }],
      labels: { "node.kubernetes.io/exclude-from-external-load-balancers": "" },
      cloudControllerArgs: ["--controllers=*,-node-route-controller"],
    });
    // kubernetes/cloud-provider-openstack:pkg/openstack/instances.go, instanceIDFromProviderID
    expect(settings.kubeletExtraArgs[0]?.value).not.toMatch(/^openstack:\/\/[^/]*\/([^/]+)$/);
    expect(settings.kubeletExtraArgs.map(({ name }) => name)).not.toContain("cloud-provider");
    for (const key of Object.keys(settings.labels)) expect(labelWay(key)).toBe("kubelet");
  });

  it("has none of the cloud's CSI drivers, which are on every machine of a group", async () => {
    const daemonSet = {
      apiVersion: "apps/v1",
      kind: "DaemonSet",
      metadata: { name: "csi-cinder-nodeplugin", namespace: "kube-system" },
      spec: {
        selector: { matchLabels: { app: "csi" } },
        template: {
          metadata: { labels: { app: "csi" } },
          spec: { containers: [{ name: "csi", image: "csi" }], ...settings.cloudNodesOnly },
        },
      },
    };
    expect(validateObject(daemonSet)).toEqual([]);
    const [term] =
      settings.cloudNodesOnly.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms;
    const key = term?.matchExpressions[0]?.key ?? "";
    expect(Object.keys(settings.labels)).not.toContain(key);
    const { "join-template": joining } = await objectsOf("burst", { group: {} });
    expect(JSON.stringify(joining?.spec)).toContain(`${key}=burst`);
  });

  it("is never looked at by the health check of a group, which selects what that group's machines have and nothing else", async () => {
    const label = fc.constantFrom("team", "node-role/burst", "node-role.kubernetes.io/burst", "node.kubernetes.io/own");
    await fc.assert(
      fc.asyncProperty(fc.dictionary(label, fc.constantFrom("", "infra"), { maxKeys: 3 }), async (labels) => {
        const all = await objectsOf("burst", { group: { labels } });
        const check = all["health-check"]?.spec as { selector: { matchLabels: Record<string, string> } };
        const { matchLabels } = check.selector;
        // an empty selector would be every machine of the cluster
        expect(Object.entries(matchLabels)).toEqual([["plinth.dev/node-group", "burst"]]);
        expect(check.selector).toEqual({ matchLabels });
        const deployment = all["machines-ru-3a"]?.spec as { template: { metadata: { labels: object } } };
        expect(deployment.template.metadata.labels).toMatchObject(matchLabels);
      }),
      { numRuns: 5 },
    );
  });
});
