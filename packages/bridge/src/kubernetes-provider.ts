import { CATALOGUE } from "@plinth/core";
import * as pulumi from "@pulumi/pulumi";

/** Which cluster, and how it is reached. */
export interface KubernetesProviderArgs {
  /** Contents of a kubeconfig, or path of the file. Kept secret. @default - `KUBECONFIG`, or the one in the home folder */
  readonly kubeconfig?: pulumi.Input<string>;
  /** Context of the kubeconfig. @default - its current context */
  readonly context?: pulumi.Input<string>;
  /** Namespace of objects that name none. @default - the context's namespace, or `default` */
  readonly namespace?: pulumi.Input<string>;
}

/**
 * Pulumi's provider for a cluster, without `@pulumi/kubernetes`, in the version that Plinth was run with.
 *
 * ConfigMaps and Secrets are changed in place. Pulumi's own default deletes such an object and makes it anew for each
 * change of its data (pulumi/pulumi-kubernetes:provider/pkg/provider/diff.go): while a cluster's credentials are gone,
 * controllers fail or take their owner for deleted. Those with `immutable: true` are still replaced.
 */
export class KubernetesProvider extends pulumi.ProviderResource {
  constructor(name: string, args: KubernetesProviderArgs = {}, opts: pulumi.ResourceOptions = {}) {
    const { kubeconfig, ...rest } = args;
    super(
      "kubernetes",
      name,
      {
        ...rest,
        ...(kubeconfig === undefined ? {} : { kubeconfig: pulumi.secret(kubeconfig) }),
        // settings of providers are texts, in JSON where they are something else
        enableConfigMapMutable: "true",
        enableSecretMutable: "true",
      },
      { version: CATALOGUE.providers.kubernetes, ...opts },
    );
  }
}
