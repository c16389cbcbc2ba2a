import * as pulumi from "@pulumi/pulumi";

/**
 * An argument of a look-up, known when what the look-up depends on is. The SDK of the OpenStack provider 3 pays no heed to
 * the `dependsOn` of its functions: without this, it would ask the cloud before the program has been checked.
 * @param read the look-up's options
 */
export function whenChecked(argument: pulumi.Input<string>, read: pulumi.InvokeOutputOptions): pulumi.Output<string> {
  return pulumi.all([argument, read.dependsOn]).apply(([value]) => value);
}
