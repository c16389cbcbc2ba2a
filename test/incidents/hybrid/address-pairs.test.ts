import { describe, expect, it } from "vitest";
import { DECKHOUSE, run, type SentObject } from "./program.js";

const ROUTED = { podNetwork: { encapsulation: "none" } } as const;

function pairs({ spec }: SentObject): unknown {
  const { template } = spec as { template: { spec: { ports?: { allowedAddressPairs?: unknown }[] } } };
  return template.spec.ports?.map(({ allowedAddressPairs }) => allowedAddressPairs);
}

describe("anti-spoofing", () => {
  it("deckhouse/deckhouse#9196: machines of every group may send with pods' addresses, where those are not encapsulated", async () => {
    const groups = { burst: {}, fixed: { size: { replicas: 2 } }, spread: { serverGroup: {} } } as const;
    const templates = (await run({ network: ROUTED, groups })).objects("OpenStackMachineTemplate");
    expect(templates.map(pairs)).toEqual(templates.map(() => [[{ ipAddress: "10.111.0.0/16" }]]));
    expect(templates).toHaveLength(3);
  });

  it("deckhouse/deckhouse#9196: they need no leave for it, where pods' packets are encapsulated", async () => {
    const templates = (await run()).objects("OpenStackMachineTemplate");
    expect(templates.map(pairs)).toEqual([[undefined]]);
  });

  it("cloudnativelabs/kube-router#854: pods' own addresses are not sent where nobody lets them through", async () => {
    const direct = ["DirectRouting", "DirectRoutingWithPortSecurityEnabled"] as const;
    for (const podNetworkMode of direct) {
      const cloud = { ...DECKHOUSE, engine: { type: "deckhouse", podNetworkMode } } as const;
      expect((await run({ cloud })).refusals).toEqual([["PL4001", "cloud", "engine.podNetworkMode"]]);
    }
    expect((await run({ cloud: DECKHOUSE, network: ROUTED })).refusals).toEqual([["PL4023", "cloud", "network"]]);
  });
});
