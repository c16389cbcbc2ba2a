import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { providerSettings } from "./provider-settings.js";
import { attemptProgram } from "./testing.js";

class Kubernetes extends pulumi.ProviderResource {
  constructor(args: object) {
    super("kubernetes", "theirs", args);
  }
}

/** What is found of a component with such options. */
async function settings(options: () => pulumi.ComponentResourceOptions): Promise<unknown> {
  let found: Promise<unknown> | undefined;
  const program = (): void => {
    const parent = new pulumi.ComponentResource("test:index:Parent", "parent", {}, options());
    const component = new pulumi.ComponentResource("test:index:Child", "child", {}, { parent });
    found = providerSettings(component, "kubernetes");
  };
  const config = { "kubernetes:context": "configured", "openstack:cloud": "c" };
  expect((await attemptProgram(program, { config })).errors).toEqual([]);
  return found;
}

test("of a provider that the component was given, Outputs and secrets included", async () => {
  const args = { kubeconfig: pulumi.secret("theirs"), context: pulumi.output("mine"), enableConfigMapMutable: "true" };
  expect(await settings(() => ({ providers: [new Kubernetes(args)] }))).toMatchObject({
    kubeconfig: "theirs",
    context: "mine",
  });
});

test("of Pulumi's default provider, those of the stack's configuration", async () => {
  expect(await settings(() => ({}))).toEqual({ context: "configured" });
});
