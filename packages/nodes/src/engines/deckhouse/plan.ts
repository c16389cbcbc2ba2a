import type { Check } from "@plinth/core";
import type { NetworkPlan } from "@plinth/network/plan";
import { refuseLabel } from "../../plan-labels.js";
import {
  CLUSTER_FIELDS,
  type ClusterRanges,
  DECKHOUSE_FIELDS,
  type DeckhouseCloudProps,
  type DeckhouseEngine,
} from "../../props.js";
import { NODES } from "../../rules.js";
import type { EnginePlan } from "../engine.js";
import { checkDeckhouseGroup } from "./group.js";
import { checkModule } from "./module.js";

/** Taint keys that Deckhouse's own agents tolerate. */
const TOLERATED_KEYS = ["dedicated", "dedicated.deckhouse.io"];

/** What Deckhouse decides. */
export const DECKHOUSE_PLAN: EnginePlan = {
  // machine names are made of it. Source: deckhouse NodeGroup CRD
  maxGroupName: 42,
  controlPlaneGroup: "master",
  hasServerGroups: false,
  shapesPorts: false,
  readsPriorities: true,
  findsById: false,
  wantsUniqueImage: false,
  groupLabel: "node.deckhouse.io/group",
  readyNodes: { type: "kubernetes:deckhouse.io/v1:NodeGroup", field: "ready", per: "group" },

  objectNames: (group) => [group],

  planCloud(props: DeckhouseCloudProps, network: Network, check) {
    check.fields<DeckhouseEngine>(props.engine, DECKHOUSE_FIELDS, "engine");
    check.fields<ClusterRanges>(props.cluster, CLUSTER_FIELDS, "cluster");
    check.warn("production use of Deckhouse's module for OpenStack needs its enterprise licence");
    const { settings } = props.engine;
    if (settings !== undefined) checkModule(settings, check);
    const mode = props.engine.podNetworkMode ?? "VXLAN";
    if (mode !== "VXLAN") refuseMode(mode, network, check);
    if (network.plan === undefined) return undefined;
    const { encapsulation, mtu } = network.plan.podNetwork;
    if (encapsulation !== "vxlan") {
      check.refuse(NODES.podNetworkDiffers, {
        property: "network",
        value: encapsulation,
        message: `${network.name} counts with ${encapsulation}, and pods' packets travel by VXLAN`,
        fix: `leave podNetwork.encapsulation of ${network.name} out`,
      });
    }
    return { podNetworkMode: mode, podMtu: mtu, ...(settings === undefined ? {} : { deckhouse: settings }) };
  },

  checkLabel(key, value, check) {
    if (/(^|\.)deckhouse\.io\//.test(key)) refuseLabel(key, value, `${key} is in Deckhouse's own domain`, check);
  },

  checkGroup({ deckhouse }, size, check) {
    if (deckhouse !== undefined) checkDeckhouseGroup(deckhouse, size, check);
  },

  checkTaint({ key }, property, engine: DeckhouseEngine, check) {
    if ([...TOLERATED_KEYS, ...(engine.customTolerationKeys ?? [])].includes(key)) return;
    check.refuse(NODES.taintKey, {
      property: `${property}.key`,
      value: key,
      message: `Deckhouse's agents do not tolerate the key ${key}`,
      fix: 'use the key "dedicated", or name the key in the cluster\'s customTolerationKeys and in engine.customTolerationKeys',
    });
  },
};

interface Network {
  readonly name: string;
  readonly plan: NetworkPlan | undefined;
}

function refuseMode(mode: string, { name, plan }: Network, check: Check): void {
  const sites = plan?.sites.map((site) => site.name).join(", ") ?? "its sites";
  check.refuse(NODES.directRouting, {
    property: "engine.podNetworkMode",
    value: mode,
    message: `${mode} needs one layer 2 segment, and ${name} is joined to ${sites} by a router`,
    fix: 'leave it out, or set podNetworkMode: "VXLAN"',
  });
}
