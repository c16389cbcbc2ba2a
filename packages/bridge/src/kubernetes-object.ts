import { CATALOGUE } from "@plinth/core";
import * as pulumi from "@pulumi/pulumi";
import { isSecretObject, type Manifest, SECRET_FIELDS, typeToken } from "./manifest.js";

/** A Kubernetes object as a Pulumi resource, of any kind. `@pulumi/kubernetes` is not needed: its plug-in is. */
export class KubernetesObject extends pulumi.CustomResource {
  /** Metadata as the API server has them. */
  declare readonly metadata: pulumi.Output<Manifest["metadata"]>;
  /** Status at the last time that Pulumi read the object. Its shape is that of the kind. */
  declare readonly status: pulumi.Output<unknown>;

  /**
   * @param name name of the Pulumi resource
   * @param manifest the object; leaves may be Outputs
   * @param inert makes a resource that is never registered, for a chart that was refused. Its outputs wait for those of its
   *   parent and then stay unknown
   */
  constructor(name: string, manifest: Manifest, opts: pulumi.CustomResourceOptions, inert = false) {
    const secret = isSecretObject(manifest) ? { additionalSecretOutputs: [...SECRET_FIELDS] } : {};
    // what is not among the properties is not read back
    const props = { ...manifest, status: manifest.status };
    const version = CATALOGUE.providers.kubernetes;
    super(typeToken(manifest.apiVersion, manifest.kind), name, props, { version, ...secret, ...opts }, inert);
    if (!inert) return;
    const unknown = pulumi.output(opts.parent?.urn).apply(() => pulumi.unknown as unknown);
    Object.assign(this, { urn: unknown, id: unknown, metadata: unknown, status: unknown });
  }
}
