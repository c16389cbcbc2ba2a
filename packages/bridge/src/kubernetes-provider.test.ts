import * as pulumi from "@pulumi/pulumi";
import { expect, it } from "vitest";
import { KubernetesProvider } from "./kubernetes-provider.js";
import { CapturedSecret, captureProgram } from "./testing.js";

it("KubernetesProvider keeps the kubeconfig secret and changes ConfigMaps and Secrets in place", async () => {
  const program = await captureProgram(() => {
    new KubernetesProvider("cluster", { kubeconfig: pulumi.output("k"), context: "admin" });
    new KubernetesProvider("ambient");
  });
  const mutable = { enableConfigMapMutable: "true", enableSecretMutable: "true" };
  expect(program.get("pulumi:providers:kubernetes", "cluster")).toMatchObject({
    inputs: { kubeconfig: new CapturedSecret("k"), context: "admin", ...mutable },
    options: { version: "4.25.0" },
  });
  expect(program.get("pulumi:providers:kubernetes", "ambient").inputs).toMatchObject(mutable);
});
