import { expect, it } from "vitest";
import { explain } from "./explain.js";
import { describe, HYBRID_GROUP, HYBRID_NETWORK } from "./testing/hybrid-case.js";

const groups = {
  "on-demand": { ...HYBRID_GROUP, priority: 10 },
  spot: { ...HYBRID_GROUP, priority: 20, zones: ["ru-3a", "ru-3b"] },
} as const;
const cluster = { podCidr: "10.111.0.0/16", serviceCidr: "10.222.0.0/16" } as const;
const order = (text: string): string => text.slice(text.indexOf("Fallback order"));

it("says in which order groups are taken, how long each is waited for, and with what arguments", () => {
  const cloud = {
    engine: { type: "clusterApi", autoscaler: {} },
    cluster: { ...cluster, endpoint: "10.13.1.10:6443", version: "v1.35.2" },
  } as const;
  expect(order(explain(describe("k8s", HYBRID_NETWORK, groups, cloud)))).toMatchInlineSnapshot(`
    "Fallback order of cloud k8s-cloud

      A pod that finds no room is given a machine of the first of these groups that it may run on
        priority  group      zones         each
              20  spot       ru-3a, ru-3b  1-10
              10  on-demand  ru-3a         1-10

      How long each is waited for
        15m0s for the node of a machine; then the next zone, or group, is taken
        45m0s it is left alone then: all others are tried before it again

      Arguments of the cluster autoscaler
        --cloud-provider=clusterapi
        --node-group-auto-discovery=clusterapi:namespace=k8s,clusterName=k8s
        --namespace=kube-system
        --expander=priority
        --max-node-provision-time=15m0s
        --initial-node-group-backoff-duration=45m0s
        --max-node-group-backoff-duration=45m0s
        --node-group-backoff-reset-timeout=3h0m0s
    "
  `);
});

it("says what Deckhouse is told; and nothing where groups have no priorities", () => {
  const text = explain(describe("k8s", HYBRID_NETWORK, groups));
  expect(order(text)).toMatchInlineSnapshot(`
    "Fallback order of cloud k8s-cloud

      A pod that finds no room is given a machine of the first of these groups that it may run on
        priority  group      zones         each
              20  spot       ru-3a, ru-3b  1-10
              10  on-demand  ru-3a         1-10
        how long each is waited for is a matter of the autoscaler that the engine brings
    "
  `);
  expect(explain(describe("k8s", HYBRID_NETWORK, { burst: HYBRID_GROUP }))).not.toContain("Fallback order");
});

it("says when no pod could fall back, because each group's placement is another", () => {
  const note = "no placement fits two of them";
  expect(explain(describe("k8s", HYBRID_NETWORK, groups))).not.toContain(note);
  const apart = { ...groups, spot: { ...groups.spot, labels: { team: "infra" } } };
  expect(explain(describe("k8s", HYBRID_NETWORK, apart))).toContain(note);
});
