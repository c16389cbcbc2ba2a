import { MachineDeployment, MachineHealthCheck } from "@plinth/api/cluster-api";
import { KubeadmConfigTemplate, type KubeadmConfigTemplateProps } from "@plinth/api/cluster-api-kubeadm";
import { OpenStackMachineTemplate, type OpenStackMachineTemplateProps } from "@plinth/api/cluster-api-openstack";
import type { Reference } from "@plinth/network";
import { Chart } from "cdk8s";
import type { Construct } from "constructs";
import type { NodeGroupPlan } from "../../plan.js";
import { groupLabel } from "../../plan-labels.js";
import { autoscalerAnnotations } from "./autoscaler.js";
import { labelsBy } from "./labels.js";
import { contentName, deploymentName } from "./names.js";
import type { ClusterApiCloudPlan } from "./plan.js";
import { found, type PortsGiven, portsOf } from "./ports.js";

/** Properties of {@link ClusterApiNodeGroupChart}. Texts may be the bridge's tokens for Outputs. */
export interface ClusterApiNodeGroupChartProps extends PortsGiven {
  /** What was computed. */
  readonly plan: NodeGroupPlan;
  /** What was computed for the cloud that it orders from. */
  readonly cloud: ClusterApiCloudPlan;
  /** Whether the number of machines is not the program's but the autoscaler's. */
  readonly autoscaled: boolean;
  /** Name of the Nova flavor. */
  readonly flavorName: string;
  /** The Glance image. */
  readonly image: Reference<string>;
  /** Name of the key pair. */
  readonly keyPairName: string;
  /** The server group. @default - there is none */
  readonly serverGroup?: Reference<string>;
  /**
   * What the immutable template is made of, as far as it is known: its name changes when this does, and with it the machines
   * are replaced.
   */
  readonly content: object;
}

const DRAIN_SECONDS = 600;
const DETACH_SECONDS = 300;
/** How long a Node may be unwell before its machine is replaced. */
const UNHEALTHY_SECONDS = 300;

/** A group of machines that Cluster API orders: one MachineDeployment a zone, of one shape, joined by kubeadm. */
export class ClusterApiNodeGroupChart extends Chart {
  /** One for each zone, in the order of the zones. */
  readonly deployments: readonly MachineDeployment[];

  constructor(scope: Construct, id: string, props: ClusterApiNodeGroupChartProps) {
    super(scope, id);
    const template = this.#machineTemplate(props);
    const config = this.#joining(props);
    this.deployments = props.plan.zones.map((zone) => this.#deployment(zone, template, config, props));
    for (const deployment of this.deployments) deployment.node.addDependency(template, config);
    this.#healthCheck(props).node.addDependency(...this.deployments);
  }

  #machineTemplate(props: ClusterApiNodeGroupChartProps): OpenStackMachineTemplate {
    const { plan, cloud, addressPairs, securityGroupId, serverGroup } = props;
    const ports = portsOf(props);
    const spec: OpenStackMachineTemplateProps["spec"] = {
      template: {
        spec: {
          flavor: props.flavorName,
          image: found(props.image),
          sshKeyName: props.keyPairName,
          ...(serverGroup === undefined ? {} : { serverGroup: found(serverGroup) }),
          ...(ports.length === 0 ? {} : { ports }),
        },
      },
    };
    return new OpenStackMachineTemplate(this, "machine-template", {
      metadata: {
        name: contentName(plan.name, {
          ...props.content,
          addressPairs,
          hasSecurityGroup: securityGroupId !== undefined,
          ...given(plan.additionalSecurityGroups, "additionalSecurityGroups"),
          ...given(plan.additionalPorts, "additionalPorts"),
          ...(plan.port === undefined ? {} : { port: plan.port }),
        }),
        namespace: cloud.clusterName,
      },
      spec,
    });
  }

  #joining({ plan, cloud }: ClusterApiNodeGroupChartProps): KubeadmConfigTemplate {
    const labels = { ...groupLabel(plan), ...labelsBy("kubelet", plan.labels) };
    const args = {
      ...(cloud.cloudController === "external" ? { "cloud-provider": "external" } : {}),
      "node-labels": Object.entries(labels)
        .map((pair) => pair.join("="))
        .join(","),
      // by it Cluster API knows the Node of a Machine; cloud-init fills it in
      "provider-id": "openstack:///{{ instance_id }}",
    };
    const spec: KubeadmConfigTemplateProps["spec"] = {
      template: {
        spec: {
          joinConfiguration: {
            nodeRegistration: {
              name: "{{ local_hostname }}",
              kubeletExtraArgs: Object.entries(args).map(([name, value]) => ({ name, value })),
              taints: plan.taints.map((taint) => ({ ...taint })),
            },
          },
        },
      },
    };
    return new KubeadmConfigTemplate(this, "join-template", {
      metadata: { name: contentName(plan.name, spec), namespace: cloud.clusterName },
      spec,
    });
  }

  #deployment(
    zone: string,
    template: OpenStackMachineTemplate,
    config: KubeadmConfigTemplate,
    { plan, cloud, autoscaled }: ClusterApiNodeGroupChartProps,
  ): MachineDeployment {
    const { clusterName, version } = cloud;
    const name = deploymentName(plan.name, zone);
    const own = { "cluster.x-k8s.io/cluster-name": clusterName, "cluster.x-k8s.io/deployment-name": name };
    const { surge, min } = plan.perZone;
    return new MachineDeployment(this, `machines-${zone}`, {
      metadata: {
        name,
        namespace: clusterName,
        ...(autoscaled ? { annotations: autoscalerAnnotations(plan, cloud) } : {}),
      },
      spec: {
        clusterName,
        ...(autoscaled ? {} : { replicas: min }),
        selector: { matchLabels: own },
        rollout: {
          strategy: {
            type: "RollingUpdate",
            rollingUpdate: { maxSurge: surge, maxUnavailable: surge === 0 ? 1 : 0 },
          },
        },
        template: {
          metadata: { labels: { ...own, ...groupLabel(plan), ...labelsBy("machine", plan.labels) } },
          spec: {
            clusterName,
            version,
            failureDomain: zone,
            deletion: { nodeDrainTimeoutSeconds: DRAIN_SECONDS, nodeVolumeDetachTimeoutSeconds: DETACH_SECONDS },
            bootstrap: {
              configRef: {
                apiGroup: "bootstrap.cluster.x-k8s.io",
                kind: KubeadmConfigTemplate.gvk.kind,
                name: config.name,
              },
            },
            infrastructureRef: {
              apiGroup: "infrastructure.cluster.x-k8s.io",
              kind: OpenStackMachineTemplate.gvk.kind,
              name: template.name,
            },
          },
        },
      },
    });
  }

  /** Replaces machines of this group, and no others: a node of metal has no Machine. */
  #healthCheck({ plan, cloud }: ClusterApiNodeGroupChartProps): MachineHealthCheck {
    return new MachineHealthCheck(this, "health-check", {
      metadata: { name: plan.name, namespace: cloud.clusterName },
      spec: {
        clusterName: cloud.clusterName,
        selector: { matchLabels: groupLabel(plan) },
        checks: {
          nodeStartupTimeoutSeconds: cloud.provisioningSeconds,
          unhealthyNodeConditions: ["Unknown", "False"].map((status) => ({
            type: "Ready",
            status,
            timeoutSeconds: UNHEALTHY_SECONDS,
          })),
        },
      },
    });
  }
}

/** Left out where there are none: a template's name changes with all that is in it. */
function given(list: readonly object[], key: string): object {
  return list.length === 0 ? {} : { [key]: list };
}
