import type { Address, Check, Cidr } from "@plinth/core";
import { checkName } from "./plan-names.js";
import type { NetworkProps } from "./props.js";
import { NETWORK } from "./rules.js";

/** Refuses names that OpenStack does not take. */
export function checkNames({ network, subnet, router, securityGroup }: NetworkProps, check: Check): void {
  checkName("network.name", network?.name, check);
  checkName("subnet.name", subnet?.name, check);
  checkName("router.name", router?.name, check);
  if (router?.existing !== true) checkName("router.externalNetwork.name", router?.externalNetwork.name, check);
  checkName("router.accessNetwork.name", router?.accessNetwork?.name, check);
  if (securityGroup !== "none") checkName("securityGroup.name", securityGroup?.name, check);
}

/** Refuses a subnet that is adopted in a network that is made. */
export function checkAdopted({ network, subnet }: NetworkProps, check: Check): void {
  if (subnet?.existing !== true || network?.existing === true) return;
  check.refuse(NETWORK.subnetWithoutNetwork, {
    property: "subnet",
    value: subnet,
    message: "The subnet exists, and its network is to be made",
    fix: "set network: { existing: true, name: ... } too, or leave subnet out",
  });
}

/** Refuses a range that is too small for DHCP. */
export function checkDhcp(property: string, cidr: Cidr, check: Check): void {
  if (cidr.version === 6 || cidr.prefix <= 30) return;
  check.refuse(NETWORK.dhcpPrefix, {
    property,
    value: cidr.toString(),
    message: `${cidr} is too small for DHCP`,
    fix: "use a range of at least four addresses, /30 or larger",
  });
}

/** Refuses name servers of another IP version than the subnet's. */
export function checkVersions(property: string, all: readonly (Address | undefined)[], cidr: Cidr, check: Check): void {
  all.forEach((address, i) => {
    if (address === undefined || address.version === cidr.version) return;
    check.refuse(NETWORK.ipVersion, {
      property: `${property}[${i}]`,
      value: address.toString(),
      message: `${address} is IPv${address.version} and the subnet is IPv${cidr.version}`,
      fix: `give the IPv${cidr.version} address of a name server`,
    });
  });
}

/** Refuses a gateway that no host can have. */
export function checkGateway(cidr: Cidr, gateway: Address, check: Check): void {
  if (cidr.isHost(gateway)) return;
  check.refuse(NETWORK.gatewayOutside, {
    property: "gateway",
    value: gateway.toString(),
    message: `The gateway ${gateway} is not a host address of ${cidr}`,
    fix: `use an address from ${cidr.firstHost} to ${cidr.lastHost}, or leave it out for ${cidr.firstHost}`,
  });
}

/** Refuses a next hop towards the sites that no host can have, or that the gateway has. */
export function checkNextHop(cidr: Cidr, nextHop: Address, gateway: Address | undefined, check: Check): void {
  if (!cidr.isHost(nextHop)) {
    check.refuse(NETWORK.nextHopOutside, {
      property: "nextHop",
      value: nextHop.toString(),
      message: `The next hop ${nextHop} is not a host address of ${cidr}`,
      fix: `use the L3VPN router's address in this subnet, from ${cidr.firstHost} to ${cidr.lastHost}`,
    });
  } else if (gateway?.equals(nextHop)) {
    check.refuse(NETWORK.nextHopIsGateway, {
      property: "nextHop",
      value: nextHop.toString(),
      message: `${nextHop} is the gateway as well as the next hop towards the sites`,
      fix: "give the L3VPN router's own address as nextHop, or the cloud router's as gateway",
    });
  }
}

/** Refuses an IPv6 address mode that does not fit the subnet; warns where routes do not reach the VMs. */
export function checkIpv6({ ipv6AddressMode }: NetworkProps, cidr: Cidr, hasHostRoutes: boolean, check: Check): void {
  if (ipv6AddressMode !== undefined) {
    const madeUp = ipv6AddressMode !== "dhcpv6-stateful";
    if (cidr.version === 4 || (madeUp && cidr.prefix !== 64)) {
      check.refuse(NETWORK.ipv6Mode, {
        property: "ipv6AddressMode",
        value: ipv6AddressMode,
        message:
          cidr.version === 4
            ? `${cidr} is IPv4, and ${ipv6AddressMode} a mode of IPv6`
            : `VMs make up their addresses by ${ipv6AddressMode}, and ${cidr} is not a /64`,
        fix: cidr.version === 4 ? "leave ipv6AddressMode out" : "use a /64, or ipv6AddressMode: dhcpv6-stateful",
      });
    } else if (madeUp) {
      check.warn(`${ipv6AddressMode}: VMs make up their addresses, the pools do not keep them from a reserved one`);
    }
  }
  if (cidr.version === 6 && hasHostRoutes) {
    check.warn(
      "DHCPv6 carries no routes: those of the VMs reach an image only by the metadata service; see driver neutron",
    );
  }
}
