import type { Rule } from "@plinth/core";

/** Rules of a network that an L3VPN router joins to other sites. */
export const NETWORK = {
  nextHopOutside: {
    code: "PL3001",
    rule: "The next hop of a route is a host address of the subnet",
    cause: "Neutron accepts a next hop outside the subnet, hands it to the VMs, and no packet ever reaches it",
    source: "openstack/neutron:neutron/db/db_base_plugin_v2.py",
  },
  nextHopIsGateway: {
    code: "PL3002",
    rule: "The next hop towards the sites is another address than the gateway",
    cause: "Routes through the gateway are the default route already; the L3VPN router would never be used",
  },
  gatewayOutside: {
    code: "PL3003",
    rule: "The gateway is a host address of the subnet",
    cause: "Neutron refuses a network or broadcast address as gateway, after the network has been made",
    source: "openstack/neutron:neutron/db/db_base_plugin_v2.py",
  },
  reservedOutside: {
    code: "PL3004",
    rule: "Service addresses are host addresses of the subnet, each used once",
    cause: "The provider's router answers on them; one outside the subnet, or used twice, is a mistake in the plan",
  },
  poolCovers: {
    code: "PL3005",
    rule: "An allocation pool covers neither the gateway, nor a next hop, nor a service address",
    cause: "Neutron spares only the gateway by itself: a VM would sooner or later get the L3VPN router's address",
    source: "openstack/neutron:neutron/ipam/utils.py, generate_pools",
  },
  poolInvalid: {
    code: "PL3006",
    rule: "An allocation pool runs upwards inside the subnet's host addresses and overlaps no other",
    cause: "Neutron refuses it, after the network has been made",
    source: "openstack/neutron:neutron/db/ipam_backend_mixin.py",
  },
  noAddresses: {
    code: "PL3007",
    rule: "The subnet has addresses for VMs left, beside the reserved ones",
    cause: "The first VM would wait for an address until its creation times out",
  },
  destinationIsSubnet: {
    code: "PL3008",
    rule: "A route leads outside the subnet",
    cause: "A route to the subnet itself, or a part of it, sends neighbours' packets through the router",
  },
  duplicateDestination: {
    code: "PL3009",
    rule: "Each destination has one route",
    cause: "Which of two routes to one destination a VM takes depends on its DHCP client",
  },
  defaultRoute: {
    code: "PL3010",
    rule: "The default route is the subnet's gateway, never a host route",
    cause: "The DHCP agent drops a host route 0.0.0.0/0 beside a gateway; OVN sends two default routes",
    source: "openstack/neutron:neutron/agent/linux/dhcp.py; plugins/ml2/drivers/ovn/mech_driver/ovsdb/ovn_client.py",
  },
  tooManyRoutes: {
    code: "PL3011",
    rule: "A subnet has at most 20 host routes",
    cause: "Neutron's default limit, max_subnet_host_routes, refuses the rest one by one",
    source: "openstack/neutron:neutron/conf/common.py",
  },
  dhcpPrefix: {
    code: "PL3012",
    rule: "A subnet with DHCP has a prefix length of at most 30",
    cause: "Neutron refuses DHCP on smaller subnets, and host routes reach the VMs by DHCP only",
    source: "openstack/neutron:neutron/db/db_base_plugin_v2.py",
  },
  ipVersion: {
    code: "PL3013",
    rule: "All ranges and addresses of one subnet have the same IP version",
    cause: "Neutron keeps IPv4 and IPv6 in subnets of their own",
  },
  siteName: {
    code: "PL3014",
    rule: "Each site has a name of its own and at least one range",
    cause: "Return routes and pictures are found by the site's name",
  },
  existingDiffers: {
    code: "PL3015",
    rule: "What exists and is adopted has the CIDR, gateway and MTU given, and pools that spare the L3VPN router",
    cause:
      "Its owner has set other values than the program assumes; routes and addresses computed from them would be wrong",
  },
  siteRouterOutside: {
    code: "PL3016",
    rule: "A site's router address is a host address of one of the site's ranges",
    cause: "It is the next hop of the site's return routes, and a host reaches only next hops in its own network",
    source: "torvalds/linux:net/ipv4/fib_semantics.c, fib_check_nh",
  },
  subnetWithoutNetwork: {
    code: "PL3017",
    rule: "A subnet that is adopted lies in a network that is adopted",
    cause: "A network that is about to be made has no subnets: the look-up fails when the network has been made",
  },
  podMtu: {
    code: "PL3018",
    rule: "A pod's largest packet is at most the network's less what the encapsulation adds",
    cause:
      "Larger packets are dropped on the way without a word where ICMP is filtered: small ones pass, big ones hang",
    source: "RFC 7348, section 4.3",
  },
  ipv6Mtu: {
    code: "PL3019",
    rule: "What carries IPv6 carries packets of at least 1280 bytes",
    cause: "IPv6 does not divide packets on the way; Neutron refuses IPv6 subnets on networks with less",
    source: "RFC 8200, section 5; openstack/neutron:neutron/db/db_base_plugin_v2.py",
  },
  podNetworkPort: {
    code: "PL3020",
    rule: "The encapsulation's port is a whole number from 1 to 65535, of an encapsulation that has one",
    cause: "The security group opens this port between the nodes: a wrong one cuts pods off from each other",
  },
  driverNeedsRouter: {
    code: "PL3021",
    rule: "Routes of a router, and a router's place in a BGP VPN, need a router in the program",
    cause: "The driver keeps the way to the sites in the Neutron router that is the VMs' gateway",
    source: "openstack/neutron:neutron/db/extraroute_db.py",
  },
  nextHopIsRouter: {
    code: "PL3022",
    rule: "The next hop of a router's route is not the router itself",
    cause: "Neutron refuses such a route (RouterInterfaceInvalid), after the router has been made",
    source: "openstack/neutron:neutron/db/extraroute_db.py, _validate_routes_nexthop",
  },
  tooManyRouterRoutes: {
    code: "PL3023",
    rule: "A router has at most 30 extra routes",
    cause: "Neutron's default limit, max_routes, refuses the rest one by one",
    source: "openstack/neutron:neutron/conf/db/extraroute_db.py",
  },
  nextHopByDriver: {
    code: "PL3024",
    rule: "There is a nextHop exactly where a router at an address of the subnet leads to the sites",
    cause: "In a BGP VPN the gateway leads there; with any other driver the routes would lead nowhere",
    source: "openstack/networking-bgpvpn:doc/source/user/overview.rst",
  },
  bgpvpnUnsupported: {
    code: "PL3025",
    rule: "The driver bgpvpn is used with a @pulumi/openstack that has the resources of BGP VPNs",
    cause: "@pulumi/openstack 3 has none; they came with 4.1.0, and got the names that are used here with 5.0.4",
    source: "terraform-provider-openstack/terraform-provider-openstack:docs/resources/bgpvpn_network_associate_v2.md",
  },
  ipv6Mode: {
    code: "PL3026",
    rule: "An IPv6 address mode is given for IPv6 only, and one in which VMs make up their addresses for a /64",
    cause: "An address that a VM makes up has 64 bits of its own; Neutron refuses other prefixes",
    source: "openstack/neutron:neutron/db/db_base_plugin_v2.py, _validate_eui64_applicable",
  },
  subnetReplaced: {
    code: "PL3027",
    rule: "A change does not replace a subnet that is there, unless it says so",
    cause:
      "Neutron cannot change a subnet's range: it would be deleted, which it is not while a VM has an address of it",
    source: "openstack/neutron:neutron/db/db_base_plugin_v2.py, delete_subnet (SubnetInUse)",
  },
  gatewayNotJoined: {
    code: "PL3028",
    rule: "A router that is said to have the subnet's gateway address has it",
    cause: "Otherwise nobody answers at the gateway, and the VMs' packets to the outside get lost",
  },
  sharedNetwork: {
    code: "PL3029",
    rule: "Pods' packets without encapsulation pass in a network of one's own project only",
    cause:
      "Neutron lets only a network's owner allow addresses of pods on its ports: in a network that is merely shared no machine is made",
    source: "openstack/neutron:neutron/conf/policies/port.py, create_port:allowed_address_pairs",
  },
  routeGone: {
    code: "PL3030",
    rule: "A route that is made stays in Neutron, or can be put back",
    cause:
      "Somebody has removed it. Pulumi's provider fails to read a subnet's route that is gone, and takes a router's for there: neither comes back by itself",
    source:
      "terraform-provider-openstack/terraform-provider-openstack:openstack/resource_openstack_networking_subnet_route_v2.go; openstack/resource_openstack_networking_router_route_v2.go",
  },
} as const satisfies Record<string, Rule>;
