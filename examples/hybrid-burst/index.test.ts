import { captureProgram } from "@plinth/bridge/testing";
import { beforeAll, describe, expect, it } from "vitest";

const CONFIG = { publicKey: "ssh-ed25519 AAAA", password: "x", kubeconfig: "x", caCertificate: "x" };

// what the program asks of the cloud: where its identity service is
const identity = { type: "identity", endpoints: [{ interface: "public", url: "https://keystone/v3", region: "one" }] };
const call = ({ args }: { readonly args: object }) => ({ serviceCatalogs: [identity], ids: [], ...args });

describe("the program", () => {
  let program: Awaited<ReturnType<typeof captureProgram>>;

  beforeAll(async () => {
    program = await captureProgram(async () => ({ ...(await import("./index.js")) }), {
      project: "hybrid-burst",
      config: CONFIG,
      secretConfig: ["password", "kubeconfig"],
      call,
    });
  });

  it("is accepted, and lets the autoscaler start each group from none", () => {
    const deployments = program.resources.filter(({ type }) => type.endsWith(":MachineDeployment"));
    const sizes = deployments.map(({ inputs }) => {
      const { name, annotations } = inputs.metadata as { name: string; annotations: Record<string, string> };
      const size = "cluster.x-k8s.io/cluster-api-autoscaler-node-group";
      const cpu = annotations["capacity.cluster-autoscaler.kubernetes.io/cpu"];
      return [name, annotations[`${size}-min-size`], annotations[`${size}-max-size`], cpu];
    });
    expect(sizes).toEqual([
      ["small-nova", "0", "10", "4"],
      ["large-nova", "0", "2", "16"],
    ]);
  });

  it("tells the racks the way back, pods the way to the VMs, and the autoscaler the way to the last group", () => {
    const { returnRoutes, placement, autoscalerArgs } = program.outputs;
    expect(returnRoutes).toContain("- to: 192.168.200.0/24\n    via: 10.13.1.1\n");
    expect(placement).toEqual({
      nodeSelector: { "node-role/burst": "" },
      tolerations: [{ key: "dedicated", operator: "Equal", value: "burst", effect: "NoSchedule" }],
    });
    expect(autoscalerArgs).toEqual(expect.arrayContaining(["--cloud-provider=clusterapi", "--expander=priority"]));
  });
});
