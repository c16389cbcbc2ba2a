import { PlinthComponent, type PlinthComponentArgs, providerSettings, registerChart } from "@plinth/bridge";
import { Check } from "@plinth/core";
import type { L3VPNNetwork } from "@plinth/network";
import type * as pulumi from "@pulumi/pulumi";
import type { CloudProvider } from "./cloud-provider.js";
import { engineCharts } from "./engines/charts.js";
import { enginePlan } from "./engines/plans.js";
import { flavor } from "./flavor.js";
import { image } from "./image.js";
import { type NodeGroupPlan, planNodeGroup, Together } from "./plan.js";
import { type Placement, placementOf } from "./plan-labels.js";
import { isOwn } from "./plan-ports.js";
import type { NodeGroupProps } from "./props.js";
import type { AdditionalPort } from "./props-ports.js";
import { serverGroup } from "./server-group.js";
import { type GroupStatus, readGroups } from "./status.js";
import { waitFor } from "./wait.js";

/** Arguments of {@link HybridNodeGroup}. */
export interface HybridNodeGroupArgs extends NodeGroupProps, PlinthComponentArgs {
  /** Whom machines are ordered from. */
  readonly cloud: CloudProvider;
  readonly additionalPorts?: readonly AdditionalPort<L3VPNNetwork>[];
}

/**
 * VMs on demand for a cluster whose other nodes are bare metal: a flavor of the machine's shape, an image, and the group
 * that the cluster's controllers keep at its size.
 *
 * With `size: { min, max }` the number of machines is the autoscaler's: `up` leaves what it has set. `wait` has `up` wait for Nodes;
 * `plinth status` and the function `status` tell which machines fail, and why.
 *
 * Refuses, before anything is sent: min above max, an empty zone list, taints that Deckhouse's agents do not tolerate, more
 * machines than the subnet has addresses for all groups together, and all else in `docs/refusals.md`, PL40xx.
 */
export class HybridNodeGroup extends PlinthComponent {
  /** Name of the flavor. */
  readonly flavorName: pulumi.Output<string>;
  /** Name of the image; its id where it was given by that. */
  readonly imageName: pulumi.Output<string>;
  readonly #plan: NodeGroupPlan | undefined;

  constructor(name: string, args: HybridNodeGroupArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("plinth:nodes:HybridNodeGroup", name, args, opts);
    const { cloud, edit: _, ...props } = args;
    const check = new Check(name);
    this.#plan = planNodeGroup(
      props,
      {
        cloud: cloud.name,
        networkName: cloud.network.name,
        zones: cloud.isRefused ? [] : cloud.plan.zones,
        network: cloud.isRefused ? undefined : cloud.network.plan,
        engine: cloud.engine,
        autoscaler: cloud.isRefused ? undefined : cloud.plan.clusterApi?.autoscaler,
        limits: cloud.isRefused ? {} : (cloud.plan.limits ?? {}),
        together: Together.of(this.program),
      },
      check,
    );
    this.take(check);
    if (this.#plan === undefined) {
      [this.flavorName, this.imageName] = [this.refused(), this.refused()];
      return;
    }
    const plan = this.#plan;
    this.program.describe({ kind: "HybridNodeGroup", path: name, plan });

    const ofFlavor = flavor(plan.machine, cloud.projectId, name, this.child, this.readOptions());
    this.flavorName = ofFlavor.name;
    const engine = enginePlan(cloud.plan.engine);
    const use = { path: name, unique: engine.wantsUniqueImage };
    this.imageName = image(args.machine.image, use, this.child, this.readOptions());
    const ofServers = args.serverGroup === undefined ? undefined : serverGroup(args.serverGroup, this.child);
    const { network, keyPairName, keyPairGiven: keyPair } = cloud;
    const { flavorName, imageName } = this;
    const networks = ownNetworks(args.additionalPorts ?? []);
    registerChart(
      this,
      engineCharts(cloud.plan.engine).group({
        args: props,
        plan,
        cloud: cloud.plan,
        network,
        networks,
        flavorName,
        imageName,
        keyPairName,
        keyPair,
        serverGroupName: ofServers,
      }),
      {
        ...waitFor(plan, engine, { path: name, edit: this.edit, readGroups: () => this.#readGroups() }),
        dependsOn: [cloud, ...networks, ...ofFlavor.ready],
      },
    );
    this.registerOutputs({ flavorName: this.flavorName, imageName: this.imageName });
  }

  /**
   * What was computed.
   * @throws PlinthReport when the group was refused
   */
  get plan(): NodeGroupPlan {
    if (this.#plan === undefined) this.program.throwIfRefused();
    return this.#plan as NodeGroupPlan;
  }

  /** What a workload says to land on the nodes of this group: goes into a pod's `spec` as it is. */
  get placement(): Placement {
    return placementOf(this.plan);
  }

  /** Of the cluster and the cloud to which the component's providers lead. */
  async #readGroups(): Promise<readonly GroupStatus[]> {
    const [cluster, cloud] = await Promise.all(["kubernetes", "openstack"].map((name) => providerSettings(this, name)));
    return readGroups({ ...(cluster && { cluster }), ...(cloud && { cloud }) });
  }
}

function ownNetworks(ports: readonly AdditionalPort<L3VPNNetwork>[]): readonly L3VPNNetwork[] {
  return [...new Set(ports.flatMap(({ network }) => (isOwn(network) ? [network] : [])))];
}
