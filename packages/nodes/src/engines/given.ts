import type { OutputTokens } from "@plinth/bridge";
import type { L3VPNNetwork } from "@plinth/network";
import type * as pulumi from "@pulumi/pulumi";
import type { App } from "cdk8s";
import type { CloudProviderArgs } from "../cloud-provider-args.js";
import type { CloudScope } from "../cloud-scope.js";
import type { AutoscalerSettings, CloudPlan, NodeGroupPlan, Together } from "../plan.js";
import type { NodeGroupProps } from "../props.js";

/** What a cloud provider has made or read for the objects of its engine. */
export interface CloudGiven {
  /** Name of the component. */
  readonly path: string;
  readonly together: Together;
  readonly args: CloudProviderArgs;
  readonly plan: CloudPlan;
  readonly scope: CloudScope;
  readonly userName: pulumi.Input<string>;
  readonly keyPairName: pulumi.Output<string>;
  /**
   * `clouds.yaml` for the controllers; with the user's id, where it is known: they keep a log-in as long as its `clouds.yaml` is
   * the same, and a user made anew is another one, to whom the new key pair belongs.
   */
  readonly cloudsYaml: pulumi.Output<string>;
  /** What the cluster autoscaler is told, known when all groups are; `undefined` where the cloud describes none. */
  readonly autoscaler: pulumi.Output<AutoscalerSettings> | undefined;
}

/** What a group has made or read for the objects of its engine. */
export interface GroupGiven {
  readonly args: NodeGroupProps;
  readonly plan: NodeGroupPlan;
  readonly cloud: CloudPlan;
  readonly network: L3VPNNetwork;
  /** Networks of the program in which machines have further ports, each once. */
  readonly networks: readonly L3VPNNetwork[];
  readonly flavorName: pulumi.Output<string>;
  /** Its id where it was given by that. */
  readonly imageName: pulumi.Output<string>;
  readonly keyPairName: pulumi.Output<string>;
  /** Name of the key pair as given; `undefined` where it is derived. */
  readonly keyPair: string | undefined;
  /** Name of the server group, where there is one; its id where it was given by that. */
  readonly serverGroupName: pulumi.Output<string> | undefined;
}

/** Makes charts in an App; Outputs go in through the tokens. A refusal that it throws is one of the program's. */
export type Build = (app: App, tokens: OutputTokens) => void;

/** What an engine emits: the part that `EnginePlan` leaves out. */
export interface EngineCharts {
  /** What exists once a cloud, in the cluster of its controllers. */
  cloud(given: CloudGiven): Build;
  /** What of it is in the cluster that the machines join. @returns `undefined` where nothing is */
  joined(given: CloudGiven): Build | undefined;
  /** What a group is made of. */
  group(given: GroupGiven): Build;
}
