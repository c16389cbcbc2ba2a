import { PlinthError } from "@plinth/core";
import type { Reference } from "@plinth/network";
import * as pulumi from "@pulumi/pulumi";
import type { ClusterApiCloudArgs } from "../../cloud-provider-args.js";
import type { CloudPlan } from "../../plan.js";
import { NODES } from "../../rules.js";
import type { CloudGiven, EngineCharts } from "../given.js";
import { ClusterApiCloudProviderChart } from "./cloud-chart.js";
import { ClusterApiNodeGroupChart } from "./group-chart.js";
import type { ClusterApiCloudPlan } from "./plan.js";
import { ClusterApiPrioritiesChart } from "./priorities-chart.js";

/** What Cluster API is told. */
export const CLUSTER_API_CHARTS: EngineCharts = {
  cloud(given: CloudGiven & { readonly args: ClusterApiCloudArgs }) {
    const { args, plan, cloudsYaml } = given;
    const certificate = args.connection?.caCertificate;
    return (app, tokens) => {
      if (own(plan).emitsDefinition) checkDefinition(given);
      const encoded = (text: pulumi.Input<string>): string =>
        tokens.text(pulumi.output(text).apply((plain) => Buffer.from(plain).toString("base64")));
      new ClusterApiCloudProviderChart(app, "cluster-api", {
        plan: own(plan),
        network: { networkId: tokens.text(args.network.networkId), subnetId: tokens.text(args.network.subnetId) },
        secrets: {
          cloudsYaml: encoded(cloudsYaml),
          kubeconfig: encoded(args.cluster.kubeconfig),
          clusterCertificate: encoded(args.cluster.caCertificate),
          ...(certificate === undefined ? {} : { cloudCertificate: encoded(certificate) }),
        },
      });
    };
  },

  joined({ plan, autoscaler }) {
    const planned = own(plan).autoscaler;
    if (planned === undefined || autoscaler === undefined) return undefined;
    return (app, tokens) => {
      new ClusterApiPrioritiesChart(app, "cluster-api", {
        namespace: planned.namespace,
        priorities: tokens.text(autoscaler.apply(({ priorities }) => priorities)),
      });
    };
  },

  group({
    args,
    plan,
    cloud,
    network: { securityGroupId },
    flavorName,
    imageName,
    keyPairName,
    keyPair,
    serverGroupName,
    networks,
  }) {
    const { cores, memoryMiB, diskGiB, flavor } = plan.machine;
    return (app, tokens) => {
      new ClusterApiNodeGroupChart(app, "cluster-api", {
        plan,
        cloud: own(cloud),
        autoscaled: args.size.replicas === undefined,
        flavorName: tokens.text(flavorName),
        image: by(plan.machine.image, tokens.text(imageName)),
        keyPairName: tokens.text(keyPairName),
        ...(securityGroupId === undefined ? {} : { securityGroupId: () => tokens.text(securityGroupId) }),
        ...(serverGroupName === undefined
          ? {}
          : { serverGroup: by(args.serverGroup ?? {}, tokens.text(serverGroupName)) }),
        networks: Object.fromEntries(
          networks.map(({ name, networkId, subnetId, securityGroupId: id }) => [
            name,
            {
              networkId: () => tokens.text(networkId),
              subnetId: () => tokens.text(subnetId),
              ...(id === undefined ? {} : { securityGroupId: () => tokens.text(id) }),
            },
          ]),
        ),
        addressPairs: cloud.podNetworkMode === "Routed" ? [own(cloud).podCidr] : [],
        content: {
          cores,
          memoryMiB,
          diskGiB,
          flavor,
          image: args.machine.image,
          keyPair,
          serverGroup: args.serverGroup,
        },
      });
    };
  },
};

function checkDefinition({ path, together }: CloudGiven): void {
  const first = together.first("definition of ExternalControlPlane", path);
  if (first === path) return;
  throw new PlinthError(NODES.definitionTwice, {
    path,
    property: "engine.definitionExists",
    message: `${first} and ${path} both make the definition of ExternalControlPlane`,
    fix: `set engine: { type: "clusterApi", definitionExists: true } of ${path}, and dependsOn: ${first}`,
  });
}

function own({ clusterApi }: CloudPlan): ClusterApiCloudPlan {
  if (clusterApi === undefined) throw new TypeError("A cloud of the engine clusterApi was planned as another");
  return clusterApi;
}

/** A reference of the kind that was given. @param text its name or its id */
function by({ id }: { readonly id?: string | undefined }, text: string): Reference<string> {
  return id === undefined ? { name: text } : { id: text };
}
