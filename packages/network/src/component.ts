import { PlinthComponent, type PlinthComponentArgs } from "@plinth/bridge";
import { Check } from "@plinth/core";
import * as openstack from "@pulumi/openstack";
import type * as pulumi from "@pulumi/pulumi";
import { existingNetwork, existingSubnet } from "./existing.js";
import { type NetworkPlan, planNetwork, type ReturnRoute } from "./plan.js";
import { toIpRoute, toNetplan } from "./plan-return-routes.js";
import { DEFAULT_MTU } from "./plan-sites.js";
import { toTicket } from "./plan-ticket.js";
import type { NetworkProps } from "./props.js";
import { makeRouter } from "./router.js";

/** Arguments of {@link L3VPNNetwork}. */
export interface L3VPNNetworkArgs extends NetworkProps<pulumi.Input<string>>, PlinthComponentArgs {}

/** Routes that the hosts of a site need, in the forms in which they are set. */
export interface ReturnRoutes {
  /** The routes as data: one for each range of the site. */
  readonly routes: readonly ReturnRoute[];
  /** For `/etc/netplan/*.yaml`, below the interface that is in the site's network. */
  readonly netplan: string;
  /** Commands, until the next reboot. */
  readonly ipRoute: readonly string[];
}

const NETWORK_TYPE = "openstack:networking/network:Network";
const SUBNET_TYPE = "openstack:networking/subnet:Subnet";
const ROUTE_TYPE = "openstack:networking/subnetRoute:SubnetRoute";

/**
 * An OpenStack network in which VMs are ordered, joined to other sites by an L3VPN router: subnet, allocation pools that
 * spare the routers, routes in both directions, and the way out.
 *
 * Refuses, before anything is sent: overlapping ranges, a next hop outside the subnet, pools that cover a reserved address
 * and all else in `docs/refusals.md`, PL30xx.
 */
export class L3VPNNetwork extends PlinthComponent {
  /** Id of the OpenStack network. */
  readonly networkId: pulumi.Output<string>;
  /** Name of the OpenStack network. Deckhouse finds networks by name. */
  readonly networkName: pulumi.Output<string>;
  /** Id of the subnet. */
  readonly subnetId: pulumi.Output<string>;
  /** Id of the router, when one is made. */
  readonly routerId: pulumi.Output<string> | undefined;
  readonly #plan: NetworkPlan | undefined;
  /** Name of the OpenStack network, when it is made. */
  #madeName: string | undefined;

  constructor(name: string, args: L3VPNNetworkArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("plinth:network:L3VPNNetwork", name, args, opts);
    const check = new Check(name);
    const { edit: _, ...props } = args;
    const planned = planNetwork(props, check);
    this.take(check);
    if (planned !== undefined) this.program.claim(planned.claims);
    this.#plan = planned?.plan;
    if (this.#plan === undefined) {
      [this.networkId, this.networkName, this.subnetId] = [this.refused(), this.refused(), this.refused()];
      return;
    }
    this.program.describe({ kind: "L3VPNNetwork", path: name, plan: this.#plan });

    const network = this.#network(args, this.#plan);
    this.networkId = network.id;
    this.networkName = network.name;
    const subnet = this.#subnet(args, this.#plan);
    this.subnetId = subnet.id;
    this.#routes(this.#plan, subnet.made);
    this.routerId =
      args.router === undefined
        ? undefined
        : makeRouter(args.router, this.#plan, this.subnetId, this.child, this.readOptions());
    this.registerOutputs({ networkId: this.networkId, networkName: this.networkName, subnetId: this.subnetId });
  }

  /**
   * What was computed.
   * @throws PlinthReport when the network was refused
   */
  get plan(): NetworkPlan {
    if (this.#plan === undefined) this.program.throwIfRefused();
    return this.#plan as NetworkPlan;
  }

  /** Whether the network was refused: then it has no plan, and constructs that need one say nothing more. */
  get isRefused(): boolean {
    return this.#plan === undefined;
  }

  /**
   * Text to send to whoever runs the L3VPN router.
   * @throws PlinthReport when the network was refused
   */
  get ticket(): string {
    return toTicket(this.plan, this.#madeName);
  }

  /**
   * The routes that the hosts of a site need so that their answers find the VMs. Empty for a managed site.
   * @param site name of one of the sites
   * @throws RangeError when no site has that name
   * @throws PlinthReport when the network was refused
   */
  returnRoutes(site: string): ReturnRoutes {
    if (!this.plan.sites.some(({ name }) => name === site)) {
      throw new RangeError(`No site is named ${site}: ${this.plan.sites.map(({ name }) => name).join(", ")}`);
    }
    const routes = this.plan.returnRoutes.filter((route) => route.site === site);
    return { routes, netplan: toNetplan(routes), ipRoute: toIpRoute(routes) };
  }

  #network(args: L3VPNNetworkArgs, plan: NetworkPlan): { id: pulumi.Output<string>; name: pulumi.Output<string> } {
    if (args.network?.existing === true) return existingNetwork(args.network, this.readOptions());
    const { resourceName, name, description, edited, options } = this.child(NETWORK_TYPE, "network");
    this.#madeName = args.network?.name ?? name;
    const network = new openstack.networking.Network(
      resourceName,
      edited({
        name: this.#madeName,
        description,
        adminStateUp: true,
        ...(plan.mtu === DEFAULT_MTU && args.mtu === undefined ? {} : { mtu: plan.mtu }),
      }),
      options,
    );
    return { id: network.id, name: network.name };
  }

  #subnet(
    args: L3VPNNetworkArgs,
    plan: NetworkPlan,
  ): { readonly id: pulumi.Output<string>; readonly made: pulumi.Resource | undefined } {
    if (plan.adopted.subnet) {
      const id = existingSubnet(args.subnet, this.networkId, plan, this.name, this.readOptions());
      return { id, made: undefined };
    }
    const { resourceName, name, description, edited, options } = this.child(SUBNET_TYPE, "subnet");
    const subnet = new openstack.networking.Subnet(
      resourceName,
      edited({
        name: args.subnet?.name ?? name,
        description,
        networkId: this.networkId,
        cidr: plan.cidr.toString(),
        ipVersion: plan.cidr.version,
        gatewayIp: plan.gateway.toString(),
        enableDhcp: true,
        allocationPools: plan.pools.map(({ first, last }) => ({ start: first.toString(), end: last.toString() })),
        dnsNameservers: plan.dnsServers.map(String),
      }),
      options,
    );
    return { id: subnet.id, made: subnet };
  }

  #routes(plan: NetworkPlan, subnet: pulumi.Resource | undefined): void {
    for (const { destination, nextHop } of plan.routes) {
      const suffix = `route-${destination.toString().replace(/[^0-9a-f]/g, "-")}`;
      const { resourceName, edited, options } = this.child(ROUTE_TYPE, suffix);
      new openstack.networking.SubnetRoute(
        resourceName,
        edited({ subnetId: this.subnetId, destinationCidr: destination.toString(), nextHop: nextHop.toString() }),
        // with the subnet its routes go; the provider fails to delete one that somebody else has removed
        { ...options, ...(subnet === undefined ? {} : { deletedWith: subnet }) },
      );
    }
  }
}
