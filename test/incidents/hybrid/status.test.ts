import { diagnose, isFailing } from "@plinth/nodes/status";
import { describe, expect, it } from "vitest";
import { run } from "./program.js";

type Objects = Parameters<typeof diagnose>[0];

const NOW = { now: new Date("2026-11-24T10:01:00Z") };
const QUOTA = "Quota exceeded for cores: Requested 4, but already used 20 of 20 cores";

/** A group of one machine of Cluster API, as its controllers leave it when the cloud refuses the server. */
function refusedByCloud(message: string): Objects {
  const labels = { "plinth.dev/node-group": "burst", "cluster.x-k8s.io/cluster-name": "cloud" };
  const metadata = { name: "burst-one-a-x7k2p", namespace: "cloud", labels, creationTimestamp: "2026-11-24T10:00:00Z" };
  const waits = { type: "Ready", status: "Unknown", reason: "WaitingForBootstrapData" };
  const failed = { type: "InstanceReady", status: "False", severity: "Error", reason: "InstanceCreateFailed", message };
  const objects: readonly object[] = [
    {
      apiVersion: "cluster.x-k8s.io/v1beta2",
      kind: "MachineDeployment",
      metadata: { name: "burst-one-a", namespace: "cloud" },
      spec: { clusterName: "cloud", replicas: 1, template: { metadata: { labels } } },
    },
    {
      apiVersion: "cluster.x-k8s.io/v1beta2",
      kind: "Machine",
      metadata,
      spec: { clusterName: "cloud", infrastructureRef: { name: metadata.name } },
      status: { conditions: [waits] },
    },
    {
      apiVersion: "infrastructure.cluster.x-k8s.io/v1alpha1",
      kind: "OpenStackServer",
      metadata,
      status: { conditions: [failed] },
    },
  ];
  return objects as Objects;
}

describe("a server that is not made", () => {
  it("deckhouse/deckhouse#13091: is told of, with its cause, though its Machine is gone", () => {
    const lastOperation = { state: "Failed", type: "Create", description: `cannot create VM: ${QUOTA}` };
    const group: object = {
      apiVersion: "deckhouse.io/v1",
      kind: "NodeGroup",
      metadata: { name: "burst" },
      spec: { nodeType: "CloudEphemeral", cloudInstances: { minPerZone: 0, maxPerZone: 3, zones: ["one-a"] } },
      status: { desired: 1, ready: 0, lastMachineFailures: [{ name: "burst-abc", lastOperation }] },
    };
    const groups = diagnose([group] as Objects, NOW);
    expect(isFailing(groups)).toBe(true);
    expect(groups[0]?.machines).toMatchObject([
      {
        name: "burst-abc",
        state: "failing",
        cause: { reason: "QuotaExceeded", message: expect.stringContaining(QUOTA) },
      },
    ]);
  });

  it("gardener/machine-controller-manager#181: is told of by the cloud's own words, where its Machine only says that it waits", () => {
    const groups = diagnose(
      refusedByCloud(`Expected HTTP response code [202], got 403: {"forbidden": {"message": "${QUOTA}"}}`),
      NOW,
    );
    expect(groups[0]?.machines[0]?.cause).toEqual({
      reason: "QuotaExceeded",
      message: QUOTA,
      from: "OpenStackServer/burst-one-a-x7k2p, condition InstanceReady",
      fix: expect.stringContaining("kubectl -n cloud delete machine burst-one-a-x7k2p"),
    });
  });

  it("kubermatic/machine-controller#2080: is ordered anew, so that a raised quota is enough", async () => {
    const outcome = await run();
    expect(outcome.spec("MachineHealthCheck")).toMatchObject({
      selector: { matchLabels: { "plinth.dev/node-group": "burst" } },
      checks: { nodeStartupTimeoutSeconds: 600 },
    });
    expect(outcome.objects("MachineDeployment")[0]?.spec).toMatchObject({
      template: { metadata: { labels: { "plinth.dev/node-group": "burst" } } },
    });
  });
});
