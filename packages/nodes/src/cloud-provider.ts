import { PlinthComponent, type PlinthComponentArgs, registerChart } from "@plinth/bridge";
import { Check } from "@plinth/core";
import type { L3VPNNetwork } from "@plinth/network";
import { checkName } from "@plinth/network/plan";
import * as pulumi from "@pulumi/pulumi";
import { DeckhouseCloudProviderChart } from "./chart.js";
import { type CloudConnection, type CloudScope, CONNECTION_FIELDS, cloudScope } from "./cloud-scope.js";
import { cloudsYaml } from "./clouds-yaml.js";
import { KEY_PAIR_FIELDS, type KeyPair, keyPair } from "./key-pair.js";
import { type CloudPlan, planCloud } from "./plan-cloud.js";
import { CLOUD_FIELDS, type CloudProviderProps } from "./props.js";
import { type ServiceUser, serviceUser, USER_FIELDS } from "./service-user.js";

/** Arguments of {@link CloudProvider}. */
export interface CloudProviderArgs extends CloudProviderProps, PlinthComponentArgs {
  /** The network in which machines are ordered. */
  readonly network: L3VPNNetwork;
  /** The OpenStack user as which the cluster orders machines. */
  readonly user: ServiceUser;
  /** The key with which one can log in to the machines. */
  readonly keyPair: KeyPair;
  /** Where the cloud is. @default - where the OpenStack provider's credentials lead */
  readonly connection?: CloudConnection;
}

/**
 * What lets a cluster that exists order machines in an OpenStack: a service user with its role, a key pair, and the
 * configuration of the controllers that order. One a cluster; node groups refer to it.
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
  /** Which controllers order the machines, as given. */
  readonly engine: CloudProviderProps["engine"];
  readonly #plan: CloudPlan | undefined;

  constructor(name: string, args: CloudProviderArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("plinth:nodes:CloudProvider", name, args, opts);
    this.network = args.network;
    this.engine = args.engine;
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
    this.cloudsYaml = cloudsYaml("plinth", scope, { name: user.name, password: args.user.password });
    this.#objects(args, scope, user, plan);
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

  #check({ user, keyPair, connection }: CloudProviderArgs, check: Check): void {
    check.fields<ServiceUser>(user, USER_FIELDS, "user");
    check.fields<KeyPair>(keyPair, KEY_PAIR_FIELDS, "keyPair");
    if (connection !== undefined) check.fields<CloudConnection>(connection, CONNECTION_FIELDS, "connection");
    checkName("user.name", user.name, check);
    checkName("keyPair.name", keyPair.name, check, "keyPair");
    check.secret("user.password", user.password, pulumi.Output.isInstance(user.password));
  }

  #objects(args: CloudProviderArgs, scope: CloudScope, user: ReturnType<typeof serviceUser>, plan: CloudPlan): void {
    registerChart(
      this,
      (scopeOfChart, tokens) => {
        new DeckhouseCloudProviderChart(scopeOfChart, "deckhouse", {
          plan,
          networkName: tokens.text(args.network.networkName),
          keyPairName: tokens.text(this.keyPairName),
          connection: {
            authUrl: tokens.text(scope.authUrl),
            region: tokens.text(scope.region),
            domainName: tokens.text(scope.domainName),
            projectId: tokens.text(scope.projectId),
            userName: tokens.text(pulumi.output(user.name)),
            password: tokens.text(pulumi.secret(args.user.password)),
            ...(args.connection?.caCertificate === undefined
              ? {}
              : { caCertificate: tokens.text(pulumi.output(args.connection.caCertificate)) }),
          },
        });
      },
      // a machine that is ordered before the routes are there would not reach the cluster
      { edit: this.edit, dependsOn: [args.network, ...user.ready] },
    );
  }
}
