import { Gate, PlinthComponent, registerChart } from "@plinth/bridge";
import { Check } from "@plinth/core";
import type { L3VPNNetwork } from "@plinth/network";
import { checkName } from "@plinth/network/plan";
import * as pulumi from "@pulumi/pulumi";
import { CLOUD_NAME } from "./cloud-name.js";
import type { CloudProviderArgs } from "./cloud-provider-args.js";
import { type CloudConnection, CONNECTION_FIELDS, cloudScope } from "./cloud-scope.js";
import { cloudsYaml } from "./clouds-yaml.js";
import { engineCharts } from "./engines/charts.js";
import { DEFAULT_ENGINE } from "./engines/plans.js";
import { KEY_PAIR_FIELDS, type KeyPair, keyPair } from "./key-pair.js";
import { type AutoscalerSettings, autoscalerSettings } from "./plan.js";
import { type CloudPlan, planCloud } from "./plan-cloud.js";
import { Together } from "./plan-together.js";
import { CLOUD_FIELDS, type Engine } from "./props.js";
import { type ServiceUser, serviceUser, USER_FIELDS } from "./service-user.js";

/**
 * What lets a cluster that exists order machines in an OpenStack: a service user with its role, a key pair, and the
 * configuration of the controllers that order. One a cluster; node groups refer to it.
 *
 * With the engine `clusterApi` the program's Kubernetes provider is the cluster that runs Cluster API's controllers; it may be
 * the one that the machines join.
 *
 * Refuses, before anything is sent: pods' packets without encapsulation, ranges of pods or Services that overlap any other,
 * a password in plain text and all else in `docs/refusals.md`, PL40xx.
 */
export class CloudProvider extends PlinthComponent {
  /** `clouds.yaml` for the service user, with one cloud named `plinth`. Secret. */
  readonly cloudsYaml: pulumi.Output<string>;
  /** Name of the key pair. */
  readonly keyPairName: pulumi.Output<string>;
  /** Project in which machines are ordered. */
  readonly projectId: pulumi.Output<string>;
  /** The network in which machines are ordered, as given. */
  readonly network: L3VPNNetwork;
  /** Which controllers order the machines: as given, or the default. */
  readonly engine: Engine;
  /** Name of the key pair as given; `undefined` where it is derived. */
  readonly keyPairGiven: string | undefined;
  /**
   * What the cluster autoscaler is told so that it goes through the groups in the order of their priorities: its arguments, or
   * values for its Helm chart. `undefined` without `engine.autoscaler`.
   */
  readonly autoscaler: pulumi.Output<AutoscalerSettings> | undefined;
  readonly #plan: CloudPlan | undefined;

  constructor(name: string, args: CloudProviderArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("plinth:nodes:CloudProvider", name, args, opts);
    this.network = args.network;
    this.engine = args.engine ?? DEFAULT_ENGINE;
    this.keyPairGiven = args.keyPair.name;
    const check = new Check(name);
    check.fields<CloudProviderArgs>(args, CLOUD_FIELDS);
    this.#check(args, check);
    const network = { name: args.network.name, plan: args.network.isRefused ? undefined : args.network.plan };
    const { plan, claims } = planCloud(args, network, check);
    this.take(check);
    this.program.claim(claims);
    this.#plan = plan;
    if (plan === undefined) {
      [this.cloudsYaml, this.keyPairName, this.projectId] = [this.refused(), this.refused(), this.refused()];
      return;
    }
    this.program.describe({ kind: "CloudProvider", path: name, plan });

    const scope = cloudScope(name, args.connection ?? {}, this.readOptions());
    const user = serviceUser(args.user, scope, this.child, this.readOptions());
    this.projectId = scope.projectId;
    this.keyPairName = keyPair(args.keyPair, user, scope.userName, name, this.child);
    this.cloudsYaml = cloudsYaml(CLOUD_NAME, scope, { name: user.name, password: args.user.password });
    const { keyPairName } = this;
    const { password } = args.user;
    const together = Together.of(this.program);
    const { clusterApi } = plan;
    if (clusterApi?.autoscaler !== undefined) {
      // known when the program has made all its groups
      const checked = Gate.of(this.program).dependency;
      this.autoscaler = checked.apply(() => autoscalerSettings(clusterApi, together.fallback(name).close()));
    }
    const given = {
      path: name,
      together,
      args,
      plan,
      scope,
      userName: user.name,
      keyPairName,
      autoscaler: this.autoscaler,
      cloudsYaml: cloudsYaml(CLOUD_NAME, scope, { name: user.name, id: user.id, password }),
    };
    const charts = engineCharts(plan.engine);
    // a machine that is ordered before the routes are there would not reach the cluster
    const options = { edit: this.edit, dependsOn: [args.network, ...user.ready] };
    registerChart(this, charts.cloud(given), options);
    const joined = charts.joined(given);
    const { provider } = args.cluster;
    if (joined !== undefined) registerChart(this, joined, { ...options, ...(provider && { provider }) });
    this.registerOutputs({ keyPairName: this.keyPairName, projectId: this.projectId });
  }

  /** Whether it was refused: then it has no plan, and groups that need one say nothing more. */
  get isRefused(): boolean {
    return this.#plan === undefined;
  }

  /**
   * What was computed.
   * @throws PlinthReport when it was refused
   */
  get plan(): CloudPlan {
    if (this.#plan === undefined) this.program.throwIfRefused();
    return this.#plan as CloudPlan;
  }

  #check({ user, keyPair, connection, cluster }: CloudProviderArgs, check: Check): void {
    check.fields<ServiceUser>(user, USER_FIELDS, "user");
    check.fields<KeyPair>(keyPair, KEY_PAIR_FIELDS, "keyPair");
    if (connection !== undefined) check.fields<CloudConnection>(connection, CONNECTION_FIELDS, "connection");
    checkName("user.name", user.name, check);
    checkName("keyPair.name", keyPair.name, check, "keyPair");
    check.secret("user.password", user.password, pulumi.Output.isInstance(user.password));
    if (cluster.kubeconfig !== undefined) {
      check.secret("cluster.kubeconfig", cluster.kubeconfig, pulumi.Output.isInstance(cluster.kubeconfig));
    }
  }
}
