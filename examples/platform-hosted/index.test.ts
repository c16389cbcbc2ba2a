import { captureProgram } from "@plinth/bridge/testing";
import { beforeAll, describe, expect, it } from "vitest";

interface HelmReleaseSpec {
  readonly dependsOn?: readonly { readonly name: string; readonly namespace: string }[];
  readonly values?: object;
  readonly valuesFrom?: readonly object[];
}

describe("the program", () => {
  let program: Awaited<ReturnType<typeof captureProgram>>;
  let releases: ReadonlyMap<string, HelmReleaseSpec>;

  beforeAll(async () => {
    program = await captureProgram(async () => ({ ...(await import("./index.js")) }), {
      project: "platform-hosted",
      config: { host: "example.com" },
    });
    const found = program.resources.filter(({ type }) => type.endsWith(":HelmRelease"));
    releases = new Map(
      found.map(({ inputs }) => [(inputs.metadata as { name: string }).name, inputs.spec as HelmReleaseSpec]),
    );
  });

  it("is accepted; what is left out is not there", () => {
    expect(releases.has("monitoring")).toBe(true);
    expect(releases.has("telepresence")).toBe(false);
  });

  it("leaves network, volumes and Flux to the cluster", () => {
    for (const name of ["cilium", "kubeovn", "linstor", "cozy-fluxcd"]) expect(releases.has(name), name).toBe(false);
  });

  it("has the shop wait for those who bring its kinds, with its settings and its secret by reference", () => {
    const shop = releases.get("shop");
    expect(shop?.dependsOn?.map(({ name }) => name)).toEqual(["victoria-metrics-operator", "postgres-operator"]);
    expect(shop?.values).toEqual({ replicaCount: 3, host: "shop.example.com" });
    expect(shop?.valuesFrom).toMatchObject([{ kind: "Secret", name: "shop-payment" }]);
    expect(program.outputs.shopWaitsFor).toContain("postgres-operator: defines Cluster.postgresql.cnpg.io");
  });
});
