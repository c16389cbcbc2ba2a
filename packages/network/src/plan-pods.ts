import type { Check, IpVersion } from "@plinth/core";
import { checkMtu, overhead, podMtu } from "./plan-mtu.js";
import type { Encapsulation, PodNetwork } from "./props-pods.js";
import { NETWORK } from "./rules.js";

/** The pod network above a network. */
export interface PlannedPodNetwork {
  /** How pods' packets are carried between nodes. */
  readonly encapsulation: Encapsulation;
  /** UDP port of the encapsulation, where it has one. */
  readonly port: number | undefined;
  /** Bytes that it adds to each packet. */
  readonly overhead: number;
  /** Largest packet of a pod, in bytes. */
  readonly mtu: number;
}

/** Ports as the usual implementations have them: flannel and Cilium; IANA; the Linux tools. */
const PORTS: Readonly<Partial<Record<Encapsulation, number>>> = {
  vxlan: 8472,
  geneve: 6081,
  wireguard: 51820,
  ipsec: 4500,
};

/** RFC 8200, section 5. */
const IPV6_MIN_MTU = 1280;

/** Computes what pods have left of the network's packets. @param mtu of the network @param version of the subnet */
export function planPodNetwork(given: PodNetwork, mtu: number, version: IpVersion, check: Check): PlannedPodNetwork {
  const { encapsulation = "vxlan", ipFamilies = [`IPv${version}`] } = given;
  const added = overhead(encapsulation, version);
  const largest = podMtu(mtu, encapsulation, version);
  const sum = `network ${mtu} - ${encapsulation} ${added} = ${largest}`;
  if (given.mtu !== undefined && checkMtu("podNetwork.mtu", given.mtu, check) && given.mtu > largest) {
    check.refuse(NETWORK.podMtu, {
      property: "podNetwork.mtu",
      value: given.mtu,
      message: `Pods' packets of ${given.mtu} bytes do not pass: ${sum}`,
      fix: `leave it out for ${largest}, or use less`,
    });
  }
  const pods = given.mtu ?? largest;
  if (version === 6 && mtu < IPV6_MIN_MTU) {
    refuseIpv6("mtu", mtu, `The network carries packets of ${mtu} bytes, too few for its IPv6 subnet`, check);
  } else if (ipFamilies.includes("IPv6") && pods < IPV6_MIN_MTU) {
    refuseIpv6("podNetwork", pods, `Pods get packets of ${pods} bytes (${sum}), too few for IPv6`, check);
  }
  return { encapsulation, port: planPort(given.port, encapsulation, check), overhead: added, mtu: pods };
}

function refuseIpv6(property: string, value: number, message: string, check: Check): void {
  const fix = `have every network on the way carry more, so that at least ${IPV6_MIN_MTU} are left`;
  check.refuse(NETWORK.ipv6Mtu, { property, value, message, fix });
}

function planPort(given: number | undefined, encapsulation: Encapsulation, check: Check): number | undefined {
  const usual = PORTS[encapsulation];
  if (given === undefined) return usual;
  const isPort = Number.isInteger(given) && given >= 1 && given <= 65535;
  if (usual !== undefined && isPort) return given;
  check.refuse(NETWORK.podNetworkPort, {
    property: "podNetwork.port",
    value: given,
    message: usual === undefined ? `The encapsulation ${encapsulation} has no port` : `${given} is not a port`,
    fix: usual === undefined ? "leave port out" : `leave port out for ${usual}, or use what the pod network is set to`,
  });
  return usual;
}
