// What must not compile: `tsc` fails where a line below an @ts-expect-error is accepted.
import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import type { CloudProviderArgs, HybridNodeGroupArgs, L3VPNNetworkArgs } from "./index.js";

/** Makes each row one to be checked by itself. */
const all = (...rows: readonly unknown[]): number => rows.length;

const network: L3VPNNetworkArgs = {
  cidr: "192.168.200.0/24",
  nextHop: "192.168.200.252",
  sites: [{ name: "racks", cidrs: ["10.13.1.0/24"] }],
};
type Network = Partial<L3VPNNetworkArgs>;
type Cloud = Partial<CloudProviderArgs>;
type Group = Partial<HybridNodeGroupArgs>;

test("a wrong network does not compile", () => {
  const count = all(
    // @ts-expect-error a driver that there is not
    { driver: { type: "tunnel" } } satisfies Network,
    // @ts-expect-error a driver with another driver's property
    { driver: { type: "provider", bgpvpnId: "b" } } satisfies Network,
    // @ts-expect-error what exists has a name or an id
    { network: { existing: true } } satisfies Network,
    // @ts-expect-error what is made gets its id from the cloud
    { network: { id: "n" } } satisfies Network,
    // @ts-expect-error what exists has a name or an id
    { subnet: { existing: true } } satisfies Network,
    // @ts-expect-error an external network has a name or an id
    { router: { externalNetwork: {} } } satisfies Network,
    // @ts-expect-error a router that exists has a name or an id, not both
    { router: { existing: true, name: "r", id: "r" } } satisfies Network,
    // @ts-expect-error a security group that exists has a name or an id, not both
    { securityGroup: { existing: true, name: "g", id: "g" } } satisfies Network,
    // @ts-expect-error a security group that is made gets its id from the cloud
    { securityGroup: { id: "g" } } satisfies Network,
    // @ts-expect-error a BGP VPN has no other next hop than the gateway
    { nextHop: "192.168.200.252", driver: { type: "bgpvpn", bgpvpnId: "b" } } satisfies Network,
    // @ts-expect-error a range without prefix length
    { cidr: "192.168.200.0" } satisfies Network,
    // @ts-expect-error whose hosts there are not
    { sites: [{ name: "racks", cidrs: [], hosts: "theirs" }] } satisfies Network,
    // @ts-expect-error a misspelt property
    { nexthop: "192.168.200.252" } satisfies Network,
    // @ts-expect-error a misspelt property of a site
    { sites: [{ name: "racks", cidr: "10.13.1.0/24" }] } satisfies Network,
    // @ts-expect-error what decides the shape is a plain value
    { nextHop: pulumi.output("192.168.200.252") } satisfies Network,
    // @ts-expect-error undefined is not absent
    { gateway: undefined } satisfies Network,
    // @ts-expect-error all three are required
    { cidr: "192.168.200.0/24", nextHop: "192.168.200.252" } satisfies L3VPNNetworkArgs,
  );
  // @ts-expect-error everything is readonly
  network.nextHop = "192.168.200.253";

  const right: readonly Network[] = [
    { driver: { type: "provider" } },
    { network: { existing: true, id: pulumi.output("n") } },
    { network: { existing: true, name: "n" } },
    { network: { name: "n", existing: Boolean(count) } },
    { router: { existing: true, id: pulumi.output("r") } },
    { securityGroup: { name: "g", existing: Boolean(count) } },
    { driver: { type: "bgpvpn", bgpvpnId: pulumi.output("b") } },
  ];
  expect([count, right.length]).toEqual([17, 7]);
});

test("a wrong cloud does not compile", () => {
  const password = pulumi.secret("tr0ub4dor");
  const count = all(
    // @ts-expect-error an engine that there is not
    { engine: { type: "gardener" } } satisfies Cloud,
    // @ts-expect-error a mode that Deckhouse does not have
    { engine: { type: "deckhouse", podNetworkMode: "Geneve" } } satisfies Cloud,
    // @ts-expect-error a misspelt property of an engine
    { engine: { type: "deckhouse", podNetwork: "VXLAN" } } satisfies Cloud,
    // @ts-expect-error a plain text where a secret belongs
    { user: { password: "tr0ub4dor" } } satisfies Cloud,
    // @ts-expect-error a promise of a plain text where a secret belongs
    { user: { password: Promise.resolve("tr0ub4dor") } } satisfies Cloud,
    // @ts-expect-error a user that exists has a name
    { user: { existing: true, password } } satisfies Cloud,
    // @ts-expect-error a user that exists has its role already
    { user: { existing: true, name: "u", password, role: "admin" } } satisfies Cloud,
    // @ts-expect-error a key pair that exists has a name
    { keyPair: { existing: true } } satisfies Cloud,
    // @ts-expect-error a key pair that is made has a key
    { keyPair: { name: "k" } } satisfies Cloud,
    // @ts-expect-error pods and Services have ranges of their own
    { cluster: { podCidr: "10.111.0.0/16" } } satisfies Cloud,
    // @ts-expect-error a network is one of Plinth's
    { network: { name: "k8s_l3vpn" } } satisfies Cloud,
  );
  const right: readonly Cloud[] = [
    { engine: { type: "deckhouse", podNetworkMode: "VXLAN" } },
    { user: { password, role: "admin" } },
    { user: { existing: Boolean(count), name: "u", password } },
    { keyPair: { existing: true, name: "k" } },
    { keyPair: { publicKey: pulumi.output("ssh-ed25519 AAAA") } },
  ];
  expect([count, right.length]).toEqual([11, 5]);
});

test("a wrong group does not compile", () => {
  const machine = { cores: 4, memory: "8Gi", disk: "50Gi", image: { existing: true, name: "ubuntu" } } as const;
  const zones: string[] = [];
  const count = all(
    // @ts-expect-error a size in both forms
    { size: { replicas: 2, min: 1, max: 3 } } satisfies Group,
    // @ts-expect-error a size of one half
    { size: { min: 1 } } satisfies Group,
    // @ts-expect-error no zone
    { zones: [] } satisfies Group,
    // @ts-expect-error a list of zones that may be empty
    { zones } satisfies Group,
    // @ts-expect-error an effect that Kubernetes does not know
    { taints: [{ key: "dedicated", effect: "NoRun" }] } satisfies Group,
    // @ts-expect-error a quantity of no known unit
    { machine: { ...machine, memory: "8GB" } } satisfies Group,
    // @ts-expect-error an image that exists has a name
    { machine: { ...machine, image: { existing: true } } } satisfies Group,
    // @ts-expect-error an image that is made has a file
    { machine: { ...machine, image: { name: "ubuntu" } } } satisfies Group,
    // @ts-expect-error a flavor that exists has a name
    { machine: { ...machine, flavor: { existing: true } } } satisfies Group,
    // @ts-expect-error a flavor that exists has a name or an id
    { machine: { ...machine, flavor: { existing: true, name: "c4", id: "f" } } } satisfies Group,
    // @ts-expect-error a shape of the catalogue, and numbers beside it
    { machine: { ...machine, shape: "c4m8d50" } } satisfies Group,
    // @ts-expect-error a shape that is not in the catalogue
    { machine: { shape: "c3m3d3", image: machine.image } } satisfies Group,
    // @ts-expect-error a misspelt property
    { label: { role: "burst" } } satisfies Group,
  );
  const right: readonly Group[] = [
    { size: { replicas: 2 } },
    { size: { min: 0, max: 3 } },
    { zones: ["ru-3a"] },
    { machine: { ...machine, flavor: { existing: Boolean(count), name: "c4m8d50" } } },
    { machine: { ...machine, image: { file: "ubuntu.qcow2" } } },
  ];
  expect([count, right.length]).toEqual([13, 5]);
});
