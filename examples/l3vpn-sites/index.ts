// A cloud network, two data centres and a managed database, joined by a provider's L3VPN router.
import { L3VPNNetwork } from "plinth";

const network = new L3VPNNetwork("cloud", {
  cidr: "10.20.0.0/24",
  nextHop: "10.20.0.252", // the L3VPN router
  serviceAddresses: ["10.20.0.253", "10.20.0.254"], // its own two
  sites: [
    { name: "moscow", cidrs: ["10.21.0.0/24", "10.21.8.0/24"] },
    { name: "petersburg", cidrs: ["10.22.0.0/22"], routerAddress: "10.22.3.254", mtu: 1450 },
    { name: "postgres", cidrs: ["10.23.0.0/28"], hosts: "managed" },
  ],
});

/** What the hosts of each data centre put below their interface in /etc/netplan. */
export const returnRoutes = {
  moscow: network.returnRoutes("moscow").netplan,
  petersburg: network.returnRoutes("petersburg").netplan,
};

/** What to ask of whoever runs the router. */
export const ticket = network.ticket;

export const networkId = network.networkId;
