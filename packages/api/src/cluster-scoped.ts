import { ApiObject, type ApiObjectMetadata, type ApiObjectProps, JsonPatch } from "cdk8s";
import type { Construct } from "constructs";

/** Metadata of an object that belongs to no namespace. */
export type ClusterScopedMetadata = ApiObjectMetadata & { readonly namespace?: never };

/**
 * An API object that belongs to no namespace. cdk8s gives every object the namespace of its chart, which is wrong for
 * these: the API server drops it, so that it would be a difference for ever.
 */
export class ClusterScopedObject extends ApiObject {
  constructor(scope: Construct, id: string, props: ApiObjectProps & { readonly metadata?: ClusterScopedMetadata }) {
    super(scope, id, props);
    if (this.metadata.namespace !== undefined) this.addJsonPatch(JsonPatch.remove("/metadata/namespace"));
  }
}
