import { PlinthComponent, type PlinthComponentArgs } from "@plinth/bridge";
import { Check } from "@plinth/core";
import * as openstack from "@pulumi/openstack";
import * as pulumi from "@pulumi/pulumi";
import type { L3VPNDriverImplementation } from "./drivers/driver.js";
import { driverOf } from "./drivers/index.js";
import { existingNetwork, existingSubnet, type FoundNetwork, ownNetworkId } from "./existing.js";
import { RouteKeeper } from "./kept-routes.js";
import { type NetworkPlan, planNetwork, type ReturnRoute } from "./plan.js";
import { toIpRoute, toNetplan } from "./plan-return-routes.js";
import { DEFAULT_MTU } from "./plan-sites.js";
import type { NetworkProps } from "./props.js";
import { realMtu } from "./real-mtu.js";
import { type ChildFactory, joinRouter } from "./router.js";
import { securityGroup } from "./security-group.js";
import { makeSubnet, makeSubnetRoutes } from "./subnet.js";
import { guardedChild, guardedCidr, guardedValue } from "./subnet-guard.js";

/** Arguments of {@link L3VPNNetwork}. */
export type L3VPNNetworkArgs = NetworkProps<pulumi.Input<string>, L3VPNDriverImplementation> & PlinthComponentArgs;

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
  /** Largest packet that gets from a VM to every site, in bytes: at most what Neutron says that its network carries. */
  readonly mtu: pulumi.Output<number>;
  /** Largest packet of a pod, in bytes: `mtu` less what the encapsulation adds. What the pod network is to be set to. */
  readonly podMtu: pulumi.Output<number>;
  /** Id of the router, when one is made or adopted. */
  readonly routerId: pulumi.Output<string> | undefined;
  /** Id of the VMs' security group, when one is made or adopted. */
  readonly securityGroupId: pulumi.Output<string> | undefined;
  /** Name of the VMs' security group. Deckhouse finds them by name. */
  readonly securityGroupName: pulumi.Output<string> | undefined;
  readonly #driver: L3VPNDriverImplementation;
  readonly #plan: NetworkPlan | undefined;
  /** Name of the OpenStack network, when it is made. */
  #madeName: string | undefined;

  constructor(name: string, args: L3VPNNetworkArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("plinth:network:L3VPNNetwork", name, args, opts);
    const check = new Check(name);
    const { edit: _, ...props } = args;
    this.#driver = driverOf(args.driver);
    const planned = planNetwork(props, check, this.#driver);
    this.take(check);
    if (planned !== undefined) this.program.claim(planned.claims);
    this.#plan = planned?.plan;
    if (this.#plan === undefined) {
      [this.networkId, this.networkName, this.subnetId] = [this.refused(), this.refused(), this.refused()];
      [this.mtu, this.podMtu] = [this.refused(), this.refused()];
      return;
    }
    this.program.describe({ kind: "L3VPNNetwork", path: name, plan: this.#plan });

    const plan = this.#plan;
    const read = this.readOptions();
    const cidr = this.#subnetCidr(args, plan);
    const child = guardedChild(this.child, cidr);

    const { name: path } = this;
    const found = this.#network(args, plan, child);
    const real = found.mtu.apply((mtu) => realMtu(mtu, args, plan, path));
    [this.mtu, this.podMtu] = [real.mtu, real.podMtu];
    // nothing is made in a network whose MTU is refused
    const network = { id: pulumi.all([found.id, real]).apply(([id]) => id), name: found.name };
    const made = plan.adopted.subnet
      ? undefined
      : makeSubnet(args.subnet, plan, network.id, cidr, child(SUBNET_TYPE, "subnet"));
    const subnetId = made?.id ?? existingSubnet(args.subnet, network.id, plan, path, read);
    const keeper = RouteKeeper.of(this, path);
    makeSubnetRoutes(plan, { id: subnetId, made }, child, keeper);
    const router = joinRouter(args.router, plan, { name: path, networkId: network.id, subnetId }, child, read);
    const group = securityGroup(args.securityGroup, plan.securityGroup, child, read);
    const sure = <T>(value: pulumi.Output<T>): pulumi.Output<T> => guardedValue(value, cidr);
    [this.networkId, this.networkName, this.subnetId] = [sure(network.id), sure(network.name), sure(subnetId)];
    this.routerId = router && sure(router.id);
    this.securityGroupId = group && sure(group.id);
    this.securityGroupName = group && sure(group.name);
    const interfaces = router?.interfaces ?? [];
    this.#driver.make({ plan, networkId: network.id, subnetId, routerId: router?.id, interfaces, child, keeper, read });
    const { networkId, networkName, mtu } = this;
    this.registerOutputs({ networkId, networkName, subnetId: this.subnetId, mtu });
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
    return this.#driver.ticket(this.plan, this.#madeName);
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

  #network(args: L3VPNNetworkArgs, plan: NetworkPlan, child: ChildFactory): FoundNetwork {
    if (args.network?.existing === true) {
      const found = existingNetwork(args.network, this.readOptions());
      return { ...found, id: ownNetworkId(found, plan, this.name, this.readOptions()) };
    }
    const { resourceName, name, description, edited, options } = child(NETWORK_TYPE, "network");
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
    return { id: network.id, name: network.name, mtu: network.mtu };
  }

  /** The range of a subnet that is made: known when it is sure that no other is replaced by it. */
  #subnetCidr(args: L3VPNNetworkArgs, plan: NetworkPlan): pulumi.Output<string> | string {
    if (plan.adopted.subnet || args.subnetReplacement === "allowed") return plan.cidr.toString();
    const { description } = this.child(SUBNET_TYPE, "subnet");
    return guardedCidr(plan, description, this.name, this.readOptions());
  }
}
