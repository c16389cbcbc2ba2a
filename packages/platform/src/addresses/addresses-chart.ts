import { BGPAdvertisement, BGPPeer, IPAddressPool, L2Advertisement } from "@plinth/api/metallb";
import { type ApiObject, Chart } from "cdk8s";
import { Construct } from "constructs";
import { rangeText } from "../plan-ranges.js";
import type { AddressesPlan, PlannedPool } from "./plan.js";
import type { BgpPeer } from "./props.js";

/** Properties of {@link AddressesChart}. */
export interface AddressesChartProps {
  /** What was computed. */
  readonly plan: AddressesPlan;
}

/** Pools of MetalLB, and what makes their addresses known: a pool without an announcement would give addresses that nobody reaches. */
export class AddressesChart extends Chart {
  constructor(scope: Construct, id: string, { plan }: AddressesChartProps) {
    super(scope, id);
    const routers = new Construct(this, "peers");
    const peers = new Map(plan.peers.map((peer) => [peer.name, bgpPeer(routers, peer, plan.namespace)]));
    const pools = new Construct(this, "pools");
    const announcements = new Construct(this, "announcements");
    for (const planned of plan.pools) {
      const { announce } = planned.pool;
      const pool = addressPool(pools, planned, plan.namespace);
      const announcement = announcementOf(announcements, planned, plan.namespace);
      const announcedTo = announce.type === "bgp" ? announce.peers.flatMap((peer) => peers.get(peer) ?? []) : [];
      announcement.node.addDependency(pool, ...announcedTo);
    }
  }
}

function addressPool(scope: Construct, { pool, ranges }: PlannedPool, namespace: string): ApiObject {
  const { name, namespaces, autoAssign = true, avoidBuggyIps = false } = pool;
  return new IPAddressPool(scope, name, {
    metadata: { name, namespace },
    spec: {
      addresses: ranges.map(rangeText),
      autoAssign,
      avoidBuggyIPs: avoidBuggyIps,
      ...(namespaces === undefined ? {} : { serviceAllocation: { namespaces: [...namespaces] } }),
    },
  });
}

function announcementOf(scope: Construct, { pool }: PlannedPool, namespace: string): ApiObject {
  const { name, announce } = pool;
  const metadata = { name, namespace };
  if (announce.type === "layer2") {
    const { interfaces, nodeLabels } = announce;
    return new L2Advertisement(scope, name, {
      metadata,
      spec: {
        ipAddressPools: [name],
        ...(interfaces === undefined ? {} : { interfaces: [...interfaces] }),
        ...selectors(nodeLabels),
      },
    });
  }
  const { peers, communities, localPreference } = announce;
  return new BGPAdvertisement(scope, name, {
    metadata,
    spec: {
      ipAddressPools: [name],
      peers: [...peers],
      ...(communities === undefined ? {} : { communities: [...communities] }),
      ...(localPreference === undefined ? {} : { localPref: localPreference }),
    },
  });
}

function bgpPeer(scope: Construct, peer: BgpPeer, namespace: string): ApiObject {
  const { name, address, myAsn, peerAsn, multiHop = false, passwordSecretName, nodeLabels } = peer;
  return new BGPPeer(scope, name, {
    metadata: { name, namespace },
    spec: {
      myASN: myAsn,
      peerASN: peerAsn,
      peerAddress: address,
      ...(multiHop ? { ebgpMultiHop: true } : {}),
      ...(passwordSecretName === undefined ? {} : { passwordSecret: { name: passwordSecretName } }),
      ...selectors(nodeLabels),
    },
  });
}

function selectors(labels: Readonly<Record<string, string>> | undefined): object {
  return labels === undefined ? {} : { nodeSelectors: [{ matchLabels: { ...labels } }] };
}
