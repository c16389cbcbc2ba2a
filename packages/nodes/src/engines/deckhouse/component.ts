import * as pulumi from "@pulumi/pulumi";
import type { EngineCharts } from "../given.js";
import { DeckhouseCloudProviderChart } from "./chart.js";
import { DeckhouseNodeGroupChart } from "./group-chart.js";

/** What Deckhouse is told. */
export const DECKHOUSE_CHARTS: EngineCharts = {
  cloud({ args, plan, scope, userName, keyPairName }) {
    const certificate = args.connection?.caCertificate;
    const { securityGroupName } = args.network;
    return (app, tokens) => {
      new DeckhouseCloudProviderChart(app, "deckhouse", {
        plan,
        networkName: tokens.text(args.network.networkName),
        keyPairName: tokens.text(keyPairName),
        ...(securityGroupName === undefined ? {} : { securityGroupName: tokens.text(securityGroupName) }),
        connection: {
          authUrl: tokens.text(scope.authUrl),
          region: tokens.text(scope.region),
          domainName: tokens.text(scope.domainName),
          projectId: tokens.text(scope.projectId),
          userName: tokens.text(pulumi.output(userName)),
          password: tokens.text(pulumi.secret(args.user.password)),
          ...(certificate === undefined ? {} : { caCertificate: tokens.text(pulumi.output(certificate)) }),
        },
      });
    };
  },

  // its controllers run in the cluster that the machines join
  joined: () => undefined,

  group({ plan, network, networks, flavorName, imageName }) {
    return (app, tokens) => {
      new DeckhouseNodeGroupChart(app, "deckhouse", {
        plan,
        flavorName: tokens.text(flavorName),
        imageName: tokens.text(imageName),
        networkName: tokens.text(network.networkName),
        additionalNetworks: plan.additionalPorts.map((port) => {
          if (!("component" in port.network)) return port.network.name ?? "";
          const { component } = port.network;
          return tokens.text(networks.find(({ name }) => name === component)?.networkName ?? network.networkName);
        }),
      });
    };
  },
};
