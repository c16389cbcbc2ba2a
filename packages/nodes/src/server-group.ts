import type { ChildContext } from "@plinth/bridge";
import * as openstack from "@pulumi/openstack";
import * as pulumi from "@pulumi/pulumi";
import type { ServerGroup } from "./props.js";

const SERVER_GROUP_TYPE = "openstack:compute/serverGroup:ServerGroup";

/** Makes the server group, or adopts it, and returns its name; the id of one that is given by it. */
export function serverGroup(
  args: ServerGroup,
  child: (type: string, suffix: string) => ChildContext,
): pulumi.Output<string> {
  if (args.existing === true) return pulumi.output(args.name ?? args.id);
  const { resourceName, uniqueName, edited, options } = child(SERVER_GROUP_TYPE, "server-group");
  const made = new openstack.compute.ServerGroup(
    resourceName,
    edited({ name: args.name ?? uniqueName, policies: [args.policy ?? "soft-anti-affinity"] }),
    options,
  );
  return made.name;
}
