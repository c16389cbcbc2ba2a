import type * as pulumi from "@pulumi/pulumi";
import { expectTypeOf, it } from "vitest";
import type { CloudProviderArgs } from "../cloud-provider-args.js";
import type { ClusterApiEngine, DeckhouseEngine, Engine } from "../props.js";

declare const common: Pick<CloudProviderArgs, "network" | "user" | "keyPair">;
declare const kubeconfig: pulumi.Output<string>;

const ranges = { podCidr: "10.111.0.0/16", serviceCidr: "10.222.0.0/16" } as const;
const joined = { ...ranges, endpoint: "10.13.1.10:6443", version: "v1.35.2", caCertificate: "PEM" } as const;

it("an engine has its own properties only, and asks of the cluster what it needs", () => {
  // compiled, never run
  const given = (): CloudProviderArgs[] => [
    { ...common, engine: { type: "deckhouse" }, cluster: ranges },
    { ...common, cluster: { ...joined, kubeconfig } },
    { ...common, engine: { type: "clusterApi", tokenLifetime: "30m" }, cluster: { ...joined, kubeconfig } },
    // @ts-expect-error how pods' packets travel is Deckhouse's own; for Cluster API the network says it
    { ...common, engine: { type: "clusterApi", podNetworkMode: "VXLAN" }, cluster: { ...joined, kubeconfig } },
    // @ts-expect-error the default engine wants an endpoint, a version, a certificate and a kubeconfig
    { ...common, cluster: ranges },
    // @ts-expect-error a kubeconfig is a secret: an Output
    { ...common, cluster: { ...joined, kubeconfig: "plain" } },
    // @ts-expect-error Deckhouse is not told how Cluster API joins
    { ...common, engine: { type: "deckhouse" }, cluster: { ...joined, kubeconfig } },
    // @ts-expect-error tolerations are Deckhouse's
    { ...common, engine: { type: "clusterApi", customTolerationKeys: [] }, cluster: { ...joined, kubeconfig } },
    // @ts-expect-error the life of tokens is Cluster API's
    { ...common, engine: { type: "deckhouse", tokenLifetime: "30m" }, cluster: ranges },
    // @ts-expect-error a version has three numbers
    { ...common, cluster: { ...joined, version: "1.35", kubeconfig } },
    // @ts-expect-error there are two engines
    { ...common, engine: { type: "gardener" }, cluster: ranges },
  ];
  expectTypeOf(given).returns.toEqualTypeOf<CloudProviderArgs[]>();
  expectTypeOf<Engine>().toEqualTypeOf<ClusterApiEngine | DeckhouseEngine>();
});
