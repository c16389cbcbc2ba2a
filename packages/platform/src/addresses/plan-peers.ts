import { type Check, type Cidr, isDnsLabel } from "@plinth/core";
import { PLATFORM_SETUP } from "../setup-rules.js";
import type { BgpPeer } from "./props.js";

const MAX_ASN = 2 ** 32 - 1;

/** Checks routers: names, addresses, numbers, and that a session can come about. */
export function checkPeers(peers: readonly BgpPeer[], subnets: readonly Cidr[], check: Check): void {
  peers.forEach((peer, i) => {
    const property = `addresses.peers[${i}]`;
    const refuse = (field: keyof BgpPeer, message: string, fix: string): void =>
      check.refuse(PLATFORM_SETUP.bgp, { property: `${property}.${field}`, value: peer[field], message, fix });
    if (!isDnsLabel(peer.name) || peers.findIndex(({ name }) => name === peer.name) < i) {
      refuse("name", `${JSON.stringify(peer.name)} is no name or is taken`, "give each peer a name like tor-1");
    }
    for (const field of ["myAsn", "peerAsn"] as const) {
      const asn = peer[field];
      if (Number.isInteger(asn) && asn >= 1 && asn <= MAX_ASN) continue;
      refuse(field, `${asn} is no number of an autonomous system`, "use one of 64512 to 65534 where it is your own");
    }
    const address = check.address(`${property}.address`, peer.address);
    if (address === undefined || peer.multiHop || peer.myAsn === peer.peerAsn) return;
    if (subnets.some((subnet) => subnet.contains(address))) return;
    refuse(
      "address",
      `${peer.address} is in no subnet of the nodes: it is not their next hop`,
      "set multiHop: true, or give the router's address in a node subnet",
    );
  });
}
