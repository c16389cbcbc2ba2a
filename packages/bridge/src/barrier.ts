import * as pulumi from "@pulumi/pulumi";

/** Pulumi type token of barriers. Part of their URNs: never changed without an alias. */
const BARRIER_TYPE = "plinth:bridge:Barrier";

/**
 * Stands between two sets of resources: it depends on all of the one, and each of the other depends on it. So 1,000 objects
 * after 1,000 objects are 2,000 dependencies and not a million, for the program, for the engine and in the state.
 * Nothing in the cloud corresponds to it.
 */
export class Barrier extends pulumi.ComponentResource {
  /** @param opts `dependsOn` is what the barrier waits for */
  constructor(name: string, opts: pulumi.ComponentResourceOptions) {
    super(BARRIER_TYPE, name, {}, opts);
    // The SDK does not depend on a component but on what is in it, and in a barrier there is nothing. Only components that
    // say they were made elsewhere are depended on as they are (pulumi/pulumi:sdk/nodejs/runtime/dependsOn.ts).
    (this as unknown as { __remote: boolean }).__remote = true;
    this.registerOutputs();
  }
}
