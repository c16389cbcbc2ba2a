import { ModuleConfig } from "@plinth/api/deckhouse";
import { Chart } from "cdk8s";
import type { Construct } from "constructs";
import type { CloudPlan } from "../../plan.js";

/** Values that only the cloud knows, or that are secret. As plain texts, or as the bridge's tokens for Outputs. */
export interface DeckhouseConnection {
  /** URL of Keystone, version 3. */
  readonly authUrl: string;
  /** Region in which machines are ordered. */
  readonly region: string;
  /** Domain of the service user. */
  readonly domainName: string;
  /** Id of the project in which machines are ordered. */
  readonly projectId: string;
  /** Name of the service user. */
  readonly userName: string;
  /** Secret. The object has no place for a reference: the password stands in it. */
  readonly password: string;
  /** Certificate authority of the cloud, PEM. @default - a public one */
  readonly caCertificate?: string;
}

/** Properties of {@link DeckhouseCloudProviderChart}. */
export interface DeckhouseCloudProviderChartProps {
  /** What was computed. */
  readonly plan: CloudPlan;
  /** Where the cloud is and as whom machines are ordered. */
  readonly connection: DeckhouseConnection;
  /** Name of the OpenStack network in which machines are. */
  readonly networkName: string;
  /** Name of the key pair. */
  readonly keyPairName: string;
  /** Name of the machines' security group. @default - the project's own one, `default` */
  readonly securityGroupName?: string;
}

/** Deckhouse's module `cloud-provider-openstack`, configured. One a cluster. */
export class DeckhouseCloudProviderChart extends Chart {
  /** The one object. */
  readonly moduleConfig: ModuleConfig;

  constructor(scope: Construct, id: string, props: DeckhouseCloudProviderChartProps) {
    super(scope, id);
    const { plan, connection } = props;
    this.moduleConfig = new ModuleConfig(this, "module-config", {
      metadata: { name: "cloud-provider-openstack" },
      spec: {
        enabled: true,
        version: 1,
        settings: {
          connection: {
            authURL: connection.authUrl,
            domainName: connection.domainName,
            tenantID: connection.projectId,
            username: connection.userName,
            password: connection.password,
            region: connection.region,
            ...(connection.caCertificate === undefined ? {} : { caCert: connection.caCertificate }),
          },
          ...plan.deckhouse,
          internalNetworkNames: [props.networkName],
          podNetworkMode: plan.podNetworkMode,
          instances: {
            sshKeyPairName: props.keyPairName,
            mainNetwork: props.networkName,
            ...(props.securityGroupName === undefined ? {} : { securityGroups: [props.securityGroupName] }),
          },
          ...(plan.zones.length === 0 ? {} : { zones: [...plan.zones] }),
        },
      },
    });
  }
}
