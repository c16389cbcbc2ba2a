import * as pulumi from "@pulumi/pulumi";
import type { ClusterApiClusterArgs } from "../cloud-provider-args.js";
import type { ClusterApiCloudProps } from "../props.js";

/** A kubeconfig, as far as a test reads it. */
export const KUBECONFIG = "apiVersion: v1\nkind: Config\n";

/** A certificate, as far as a test reads it. */
export const CERTIFICATE = "-----BEGIN CERTIFICATE-----\n";

/** Plain properties of a cloud with the engine `clusterApi` in which nothing is wrong. */
export const CLUSTER_API_PROPS = {
  cluster: {
    podCidr: "10.111.0.0/16",
    serviceCidr: "10.222.0.0/16",
    endpoint: "10.13.1.10:6443",
    version: "v1.35.2",
  },
} as const satisfies ClusterApiCloudProps;

/** Arguments for `runCloud`: the engine is left out, so it is Cluster API. */
export const CLUSTER_API_ARGS = {
  engine: undefined as never,
  cluster: {
    ...CLUSTER_API_PROPS.cluster,
    kubeconfig: pulumi.secret(KUBECONFIG),
    caCertificate: CERTIFICATE,
  },
} as const satisfies { readonly engine: never; readonly cluster: ClusterApiClusterArgs };

/** A text as Secrets have it. */
export function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}
