import { NodeGroup, NodeGroupConfiguration, OpenStackInstanceClass } from "@plinth/api/deckhouse";
import type { Reference } from "@plinth/network";
import { Chart } from "cdk8s";
import type { Construct } from "constructs";
import type { NodeGroupPlan } from "../../plan.js";

/** Properties of {@link DeckhouseNodeGroupChart}. */
export interface DeckhouseNodeGroupChartProps {
  /** What was computed. */
  readonly plan: NodeGroupPlan;
  /** Name of the Nova flavor. */
  readonly flavorName: string;
  /** Name of the Glance image. */
  readonly imageName: string;
  /** Name of the OpenStack network in which machines are. */
  readonly networkName: string;
  /** Names of the networks in which machines have further ports. @default - they have none */
  readonly additionalNetworks?: readonly string[];
}

/** A group of machines that Deckhouse orders, their shape, and what runs on them. */
export class DeckhouseNodeGroupChart extends Chart {
  constructor(scope: Construct, id: string, props: DeckhouseNodeGroupChartProps) {
    super(scope, id);
    const { plan, additionalNetworks = [] } = props;
    const { deckhouse = {}, perZone } = plan;
    const { cri, kubelet, update, fencing, gpu, nodeDrainTimeoutSecond, annotations } = deckhouse;
    const { rootDiskSize, additionalTags, standby, standbyHolder } = deckhouse;
    // with neither one more nor one less than the size, nothing could ever be replaced
    const maxUnavailablePerZone = deckhouse.maxUnavailablePerZone ?? (perZone.surge === 0 ? 1 : undefined);
    const instanceClass = new OpenStackInstanceClass(this, "instance-class", {
      metadata: { name: plan.name },
      spec: {
        flavorName: props.flavorName,
        imageName: props.imageName,
        mainNetwork: props.networkName,
        ...given({ rootDiskSize, additionalTags }),
        ...(additionalNetworks.length === 0 ? {} : { additionalNetworks: [...additionalNetworks] }),
        ...named("additionalSecurityGroups", plan.additionalSecurityGroups),
      },
    });
    const group = new NodeGroup(this, "node-group", {
      metadata: { name: plan.name },
      spec: {
        nodeType: "CloudEphemeral",
        cloudInstances: {
          classReference: { kind: "OpenStackInstanceClass", name: plan.name },
          minPerZone: plan.perZone.min,
          maxPerZone: plan.perZone.max,
          maxSurgePerZone: plan.perZone.surge,
          zones: [...plan.zones],
          ...given({ priority: plan.priority, maxUnavailablePerZone, standby, standbyHolder }),
        },
        nodeTemplate: {
          labels: { ...plan.labels },
          taints: plan.taints.map((taint) => ({ ...taint })),
          ...given({ annotations }),
        },
        disruptions: deckhouse.disruptions ?? { approvalMode: "Automatic" },
        chaos: deckhouse.chaos ?? { mode: "Disabled" },
        ...given({ cri, kubelet, update, fencing, gpu, nodeDrainTimeoutSecond }),
      },
    });
    group.node.addDependency(instanceClass);
    for (const { name, content, weight = 100, bundles = ["*"] } of deckhouse.configurations ?? []) {
      // before the first machine: it runs when that is set up
      group.node.addDependency(
        new NodeGroupConfiguration(this, `configuration-${name}`, {
          metadata: { name },
          spec: { content, weight, bundles: [...bundles], nodeGroups: [plan.name] },
        }),
      );
    }
  }
}

/** The properties that have a value: the API server takes no others. */
function given<T extends object>(all: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: Exclude<T[Key], undefined>;
  };
}

function named(key: string, references: readonly Reference<string>[]): { readonly [key: string]: readonly string[] } {
  const names = references.flatMap(({ name }) => name ?? []);
  return names.length === 0 ? {} : { [key]: names };
}
