import type { Check } from "@plinth/core";
import * as openstack from "@pulumi/openstack";
import type * as pulumi from "@pulumi/pulumi";
import { BGPVPN_RULES } from "../plan-driver.js";
import type { BgpvpnDriver } from "../props-driver.js";
import { NETWORK } from "../rules.js";
import type { L3VPNDriverImplementation } from "./driver.js";

const NETWORK_TYPE = "openstack:bgpvpn/networkAssociateV2:NetworkAssociateV2";
const ROUTER_TYPE = "openstack:bgpvpn/routerAssociateV2:RouterAssociateV2";

type Association = new (name: string, args: object, options: pulumi.CustomResourceOptions) => pulumi.CustomResource;

/** What `@pulumi/openstack` has from 5.0.4 on. The SDK that this is compiled with is older. */
export interface BgpvpnSdk {
  readonly bgpvpn?: { readonly NetworkAssociateV2: Association; readonly RouterAssociateV2: Association };
}

/**
 * A BGP VPN that exists: the network, or its router with all its networks, is associated with it.
 * @param sdk where the resources are. @default - the SDK that is installed
 */
export function bgpvpn(
  { bgpvpnId, associate = "network" }: BgpvpnDriver<pulumi.Input<string>>,
  sdk: BgpvpnSdk = openstack as BgpvpnSdk,
): L3VPNDriverImplementation {
  return {
    ...BGPVPN_RULES,
    validate(plan, props, check) {
      BGPVPN_RULES.validate(plan, props, check);
      if (sdk.bgpvpn === undefined) refuseOldProvider(check);
    },
    make({ networkId, routerId, interfaces, child }) {
      // one that is missing is refused
      if (sdk.bgpvpn === undefined) return;
      const [type, Class, target] =
        associate === "router"
          ? [ROUTER_TYPE, sdk.bgpvpn.RouterAssociateV2, { routerId }]
          : [NETWORK_TYPE, sdk.bgpvpn.NetworkAssociateV2, { networkId }];
      const { resourceName, edited, options } = child(type, `bgpvpn-${associate}`);
      new Class(resourceName, edited({ bgpvpnId, ...target }), { ...options, dependsOn: [...interfaces] });
    },
    ticket: (plan, network = plan.names.network ?? "(its id)") =>
      [
        `Please let our project use the BGP VPN with which the ${associate} of ${network}, subnet ${plan.cidr}, is associated,`,
        "and import the routes of these sites into it, and export ours to them:",
        ...plan.sites.flatMap(({ name, cidrs }) => cidrs.map((cidr) => `  - ${name}: ${cidr}`)),
        `Packets of ${plan.mtu} bytes must pass undivided.`,
        "",
      ].join("\n"),
  };
}

function refuseOldProvider(check: Check): void {
  check.refuse(NETWORK.bgpvpnUnsupported, {
    property: "driver",
    value: "bgpvpn",
    message: "The @pulumi/openstack that is installed has no resources of BGP VPNs",
    fix: "install @pulumi/openstack 5.0.4 or later, or have the association made and use the driver provider",
  });
}
