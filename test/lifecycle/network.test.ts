import { cp, mkdtemp, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Session } from "@plinth/lab";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { drift, errors, steps, summary, warnings } from "../support/engine-events.js";
import { type Inventory, inventory } from "../support/inventory.js";
import {
  addressesOfPorts,
  interfacesOf,
  NEUTRONS_OWN_RULES,
  type Network,
  type Router,
  rulesOf,
  theOnly,
} from "../support/openstack.js";
import { Project } from "../support/project.js";
import { Stack } from "../support/stack.js";
import { logIn, testLab } from "../support/test-lab.js";

const HERE = fileURLToPath(new URL("./", import.meta.url));
const RESOURCES = 37;

interface Route {
  readonly destination: string;
  readonly nexthop: string;
}
let admin: Session;
let before: Inventory;
let router: Router;
let theirs: string;
let stack: Stack;

beforeAll(async () => {
  const lab = await testLab();
  admin = await logIn(lab);
  ({ router } = await admin.post<{ router: Router }>("network", "/routers", { router: { name: "their-router" } }));
  theirs = await theirNetwork();
  before = await inventory(admin);
  const dir = await mkdtemp(join(tmpdir(), "plinth-l3vpn-"));
  await cp(join(HERE, "l3vpn"), dir, { recursive: true });
  await symlink(join(HERE, "../node_modules"), join(dir, "node_modules"));
  const config = { cidr: "192.168.200.0/24", racks: '["10.13.1.0/24","192.168.204.0/24"]' };
  stack = await Stack.init(new Project(dir), "lifecycle", lab.env, config);
});

afterAll(async () => {
  try {
    await stack?.remove();
    await stack?.project.remove();
  } finally {
    // other files find the only router of this cloud
    await admin?.delete("network", `/routers/${router.id}`);
    await admin?.delete("network", `/networks/${theirs}`);
  }
});

/** Routes of the router that exists, sorted. */
async function routes(): Promise<string[]> {
  const answer = await admin.get<{ router: { routes: Route[] } }>("network", `/routers/${router.id}`);
  return answer.router.routes.map(({ destination, nexthop }) => `${destination} via ${nexthop}`).sort();
}

async function setRoutes(change: (routes: readonly Route[]) => readonly Route[]): Promise<void> {
  const path = `/routers/${router.id}`;
  const answer = await admin.get<{ router: { routes: Route[] } }>("network", path);
  await admin.put("network", path, { router: { routes: change(answer.router.routes) } });
}

/** Subnets that have host routes, with them. */
async function hostRoutes(): Promise<readonly { id: string; host_routes: readonly Route[] }[]> {
  type Subnet = { id: string; host_routes: readonly Route[] };
  const { subnets } = await admin.get<{ subnets: Subnet[] }>("network", "/subnets");
  const having = subnets.filter((subnet) => subnet.host_routes.length > 0);
  return having.map(({ id, host_routes }) => ({ id, host_routes })).sort((a, b) => (a.id < b.id ? -1 : 1));
}

async function setHostRoutes(id: string, host_routes: readonly Route[]): Promise<void> {
  await admin.put("network", `/subnets/${id}`, { subnet: { host_routes } });
}

/** The only one that is not there any more. */
function missing(before: readonly string[], now: readonly string[]): string | undefined {
  return before.find((route) => !now.includes(route));
}

/** Rules of the security group. */
const rules = async (): Promise<string[]> => rulesOf(admin, await stack.output("securityGroupId"));

/** What Neutron says that a network carries. */
async function mtuOf(id: string): Promise<number> {
  return (await admin.get<{ network: Network }>("network", `/networks/${id}`)).network.mtu;
}

/** Makes a network with a subnet as a provider's administrators would. @returns its id */
async function theirNetwork(): Promise<string> {
  const { network } = await admin.post<{ network: Network }>("network", "/networks", {
    network: { name: "their-network" },
  });
  const pools = [{ start: "192.168.220.2", end: "192.168.220.251" }];
  const subnet = { network_id: network.id, ip_version: 4, cidr: "192.168.220.0/24", allocation_pools: pools };
  await admin.post("network", "/subnets", { subnet });
  return network.id;
}

/** A subnet as Neutron has it; its pools in order, because Neutron gives them in any. */
async function subnetOf(output: string): Promise<object> {
  const path = `/subnets?network_id=${await stack.output<string>(output)}`;
  type Subnet = { allocation_pools: { start: string }[] };
  const subnet = await theOnly<Subnet>(admin, "network", path, "subnets");
  return { ...subnet, allocation_pools: subnet.allocation_pools.sort((a, b) => (a.start < b.start ? -1 : 1)) };
}

const ingress = (range: string): string[] => [
  `ingress icmp null ${range}`,
  `ingress tcp 10250 ${range}`,
  `ingress tcp 30000 ${range}`,
  `ingress udp 30000 ${range}`,
  `ingress udp 8472 ${range}`,
];

describe("networks with the driver neutron behind a router that exists", () => {
  it("are made by up, with routes in the router and rules in the security group", async () => {
    const { code, events } = await stack.up();
    expect(errors(events)).toEqual([]);
    expect(code).toBe(0);
    expect(summary(events)).toEqual({ create: RESOURCES });
    expect(await interfacesOf(admin, router)).toEqual(["192.168.200.1"]);
    expect(await routes()).toEqual([
      "10.13.1.0/24 via 192.168.200.252",
      "192.168.204.0/24 via 192.168.200.252",
      "192.168.205.0/24 via 192.168.200.252",
    ]);
    const expected = ["10.13.1.0/24", "192.168.200.0/24", "192.168.204.0/24"].flatMap(ingress);
    expect(await rules()).toEqual([...NEUTRONS_OWN_RULES, ...expected].sort());
    expect(await subnetOf("networkId")).toMatchObject({
      allocation_pools: [{ start: "192.168.200.2", end: "192.168.200.251" }],
      host_routes: [],
    });
  });

  it("have an IPv6 subnet that hands out addresses by DHCPv6 around the routers", async () => {
    expect(await subnetOf("networkIdOfSix")).toMatchObject({
      cidr: "fd00:2::/64",
      gateway_ip: "fd00:2::1",
      ipv6_address_mode: "dhcpv6-stateful",
      ipv6_ra_mode: "dhcpv6-stateful",
      allocation_pools: [
        { start: "fd00:2::100", end: "fd00:2::ffff:ffff:ffff:ffff" },
        { start: "fd00:2::2", end: "fd00:2::fe" },
      ],
      host_routes: [{ destination: "fd00:1::/64", nexthop: "fd00:2::ff" }],
    });
  });

  it("hand out no reserved address", async () => {
    const addresses = await addressesOfPorts(admin, await stack.output("networkId"), 40);
    expect(new Set(addresses).size).toBe(40);
    expect(addresses.filter((address) => /\.(0|1|25[2-5])$/.test(address))).toEqual([]);
  });

  it("have the MTU that is given; where none is, what Neutron decides, with what that leaves for pods", async () => {
    expect(await mtuOf(await stack.output("networkIdOfSix"))).toBe(1400);
    expect(await stack.output("mtuOfSix")).toBe(1400);
    const decided = await mtuOf(await stack.output("networkId"));
    expect(decided).toBeLessThan(1500); // an overlay's
    expect([await stack.output("mtu"), await stack.output("podMtu")]).toEqual([decided, decided - 50]);
    expect(await stack.output("mtuOfAdopted")).toBe(await mtuOf(theirs));
    const told = warnings((await stack.run(["preview"])).events).join("\n");
    for (const name of ["net", "adopted"]) {
      expect(told).toContain(`${name}: Neutron's network carries packets of ${decided} bytes, not 1500`);
    }
  });

  it("are refused in a preview where an adopted one carries less than is given", async () => {
    await stack.configure({ mtuOfAdopted: "1500" });
    const refused = errors((await stack.run(["preview"])).events).join("\n");
    expect(refused).toContain(`The network carries packets of ${await mtuOf(theirs)} bytes, not 1500`);
    await stack.must(["config", "rm", "mtuOfAdopted", "--stack", stack.name]);
  });

  it("are left alone by a second up and by refresh", async () => {
    const second = await stack.up();
    expect([errors(second.events), steps(second.events)]).toEqual([[], []]);
    const refreshed = await stack.run(["refresh", "--yes", "--skip-preview"]);
    expect([errors(refreshed.events), drift(refreshed.events)]).toEqual([[], []]);
  });

  it("get routes back that somebody has removed: a preview tells, up puts them back, and nothing is replaced", async () => {
    const [all, ofSubnets] = [await routes(), await hostRoutes()];
    await setRoutes((each) => each.slice(1));
    await Promise.all(ofSubnets.map(({ id }) => setHostRoutes(id, [])));
    const preview = await stack.run(["preview"]);
    expect([errors(preview.events), steps(preview.events)]).toEqual([[], []]);
    const told = warnings(preview.events).filter((each) => each.includes("in Neutron. up puts"));
    expect(told.map((each) => each.slice(0, each.indexOf(" is gone"))).sort()).toEqual([
      "adopted: the route to 10.14.0.0/24 via 192.168.220.252",
      `net: the route to ${missing(all, await routes())}`,
      "six: the route to fd00:1::/64 via fd00:2::ff",
    ]);

    const up = await stack.up();
    expect([up.code, errors(up.events), steps(up.events)]).toEqual([0, [], []]);
    expect([await routes(), await hostRoutes()]).toEqual([all, ofSubnets]);
    expect(warnings((await stack.run(["preview"])).events).join()).not.toContain("is gone");
  });

  it("change a route without touching subnet or router", async () => {
    await stack.configure({ racks: '["10.13.1.0/24","192.168.206.0/24"]' });
    const { code, events } = await stack.up();
    expect(errors(events)).toEqual([]);
    expect(code).toBe(0);
    const changed = steps(events).filter(([, resource]) => !resource.startsWith("SecGroupRule::"));
    expect(changed.sort()).toEqual([
      ["create", "RouterRoute::net-router-route-192-168-206-0-24"],
      ["delete", "RouterRoute::net-router-route-192-168-204-0-24"],
    ]);
    expect(await routes()).toContain("192.168.206.0/24 via 192.168.200.252");
  });

  it("are not replaced by another range: it is refused, and nothing is sent", async () => {
    await stack.configure({ cidr: "192.168.200.0/23" });
    for (const run of [await stack.run(["preview"]), await stack.up()]) {
      expect(errors(run.events).join("\n")).toMatch(/PL3027 {2}The subnet has the range 192.168.200.0\/24/);
      expect(steps(run.events)).toEqual([]);
    }
    await stack.configure({ cidr: "192.168.200.0/24" });
  });

  it("are gone after destroy, and the router that exists is as it was", async () => {
    const { code, events } = await stack.run(["destroy", "--yes", "--skip-preview"]);
    expect(errors(events)).toEqual([]);
    expect(code).toBe(0);
    expect(await inventory(admin)).toEqual(before);
    expect([await routes(), await interfacesOf(admin, router)]).toEqual([[], []]);
  });
});
