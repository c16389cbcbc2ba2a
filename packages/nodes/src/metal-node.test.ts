import { expect, it } from "vitest";
import { metalNodeSettings } from "./metal-node.js";

it("a node of metal is none that a cloud controller knows, routes to, balances to or deletes", () => {
  const settings = metalNodeSettings("rack-1");
  expect(settings).toEqual({
    kubeletExtraArgs: [{ name: "provider-id", value: "metal://rack-1" }],
    labels: { "node.kubernetes.io/exclude-from-external-load-balancers": "" },
    cloudControllerArgs: ["--controllers=*,-node-route-controller"],
  });
  // kubernetes/cloud-provider-openstack:pkg/openstack/instances.go, instanceIDFromProviderID
  expect(settings.kubeletExtraArgs[0]?.value).not.toMatch(/^openstack:\/\/[^/]*\/([^/]+)$/);
  expect(settings.kubeletExtraArgs.map(({ name }) => name)).not.toContain("cloud-provider");
});
