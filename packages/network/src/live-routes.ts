import { PlinthError } from "@plinth/core";
import * as openstack from "@pulumi/openstack";
import * as pulumi from "@pulumi/pulumi";
import { NETWORK } from "./rules.js";

interface Route {
  readonly destinationCidr: string;
  readonly nextHop: string;
}

/**
 * The id of a subnet, once the routes that the program has made are seen in it. One that somebody has removed is refused:
 * the engine takes it for made, and for this kind a refresh does not heal but fails.
 *
 * @param routes the resources; looked for when they are made
 * @param path component name
 */
export function withLiveRoutes(
  subnetId: pulumi.Output<string>,
  routes: readonly openstack.networking.SubnetRoute[],
  path: string,
  options: pulumi.InvokeOutputOptions,
): pulumi.Output<string> {
  if (routes.length === 0) return subnetId;
  const made = pulumi.all(routes.map(({ id, destinationCidr, nextHop }) => ({ id, destinationCidr, nextHop })));
  const live = openstack.networking.getSubnetOutput(
    { subnetId: pulumi.all([subnetId, made]).apply(([id]) => id) },
    options,
  );
  return pulumi.all([subnetId, made, live]).apply(([id, expected, { hostRoutes }]) => {
    const gone = missing(expected, hostRoutes);
    if (gone.length === 0) return id;
    throw new PlinthError(NETWORK.routeGone, {
      path,
      property: "sites",
      value: gone.map(({ destinationCidr }) => destinationCidr).join(", "),
      message: `Somebody has removed from the subnet ${id}: ${gone.map(toText).join(" and ")}`,
      fix: `openstack subnet set ${gone.map(toArgument).join(" ")} ${id}`,
    });
  });
}

/** @param live `undefined` under mocks that answer nothing */
function missing(expected: readonly Route[], live: readonly Route[] | undefined): readonly Route[] {
  if (live === undefined) return [];
  const there = new Set(live.map(toText));
  return expected.filter((route) => !there.has(toText(route)));
}

function toText({ destinationCidr, nextHop }: Route): string {
  return `${destinationCidr} via ${nextHop}`;
}

function toArgument({ destinationCidr, nextHop }: Route): string {
  return `--host-route destination=${destinationCidr},gateway=${nextHop}`;
}
