import { attemptProgram } from "@plinth/bridge/testing";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { type NeutronRoute, type RouteHolder, RouteKeeper } from "./kept-routes.js";
import { NETWORK } from "./rules.js";

const ID = "1f0e3a52-7c1a-4a53-8c7e-1d2f3a4b5c6d";
const [A, B]: readonly [NeutronRoute, NeutronRoute] = [
  { destination: "10.13.1.0/24", nexthop: "192.168.200.252" },
  { destination: "192.168.204.0/24", nexthop: "192.168.200.252" },
];

/** A Neutron with one subnet and one router. */
function neutron(routes: readonly NeutronRoute[], refusal?: Error) {
  const there = { subnet: { host_routes: [...routes] }, router: { routes: [...routes] } };
  const asked: string[] = [];
  const session = {
    get: async <T>(_: string, path: string): Promise<T> => {
      asked.push(path);
      return there as T;
    },
    put: async <T>(_: string, path: string, body: unknown): Promise<T> => {
      if (refusal !== undefined) throw refusal;
      asked.push(`PUT ${path}`);
      return Object.assign(there, body) as T;
    },
  };
  return { there, asked, open: async () => session };
}

/** Runs a program that keeps the two routes. @param unknown how many of them are to be made */
async function run(
  cloud: ReturnType<typeof neutron>,
  { preview = false, holder = "subnet" as RouteHolder, id = ID, unknown = 0 } = {},
) {
  const { program, errors } = await attemptProgram(
    () => {
      const never = pulumi.output(new Promise<string>(() => {}));
      const routes = [A, B].map(({ destination, nexthop }, i) => ({
        id: i < unknown ? never : pulumi.output("id"),
        destinationCidr: pulumi.output(destination),
        nextHop: pulumi.output(nexthop),
      }));
      new RouteKeeper("net", cloud.open).keep(holder, id, routes);
    },
    { preview },
  );
  return {
    warnings: program.messages.filter(({ severity }) => severity === "warning").map(({ message }) => message),
    errors,
  };
}

describe("a route that somebody has removed", () => {
  it.each(["subnet", "router"] as const)("of a %s is put back by up, beside those that are there", async (holder) => {
    const cloud = neutron([A]);
    const { warnings, errors } = await run(cloud, { holder });
    expect(errors).toEqual([]);
    expect(warnings).toEqual([
      "net: the route to 192.168.204.0/24 via 192.168.200.252 is gone in Neutron, removed by somebody: put back",
    ]);
    expect(cloud.there[holder]).toEqual(holder === "subnet" ? { host_routes: [A, B] } : { routes: [A, B] });
    expect(cloud.asked.at(-1)).toBe(`PUT /${holder}s/${ID}`);
  });

  it("is told of by a preview, which sends nothing, also when another one is to be made", async () => {
    const cloud = neutron([]);
    const { warnings } = await run(cloud, { preview: true, unknown: 1 });
    expect(warnings).toEqual([
      "net: the route to 192.168.204.0/24 via 192.168.200.252 is gone in Neutron. up puts it back",
    ]);
    expect(cloud.asked.filter((each) => each.startsWith("PUT"))).toEqual([]);
  });

  it("that Neutron does not take back fails, with the command for it", async () => {
    const { errors } = await run(neutron([A], new Error("403 not yours")));
    expect(errors).toMatchObject([
      {
        code: NETWORK.routeGone.code,
        value: "192.168.204.0/24 via 192.168.200.252",
        summary: expect.stringContaining("403 not yours"),
        fix: `put it back by hand: openstack subnet set --host-route destination=192.168.204.0/24,gateway=192.168.200.252 ${ID}`,
      },
    ]);
  });
});

it("nothing is said or sent where all are there, where Neutron cannot be asked, and under mocks", async () => {
  const all = neutron([B, A]);
  expect(await run(all)).toEqual({ warnings: [], errors: [] });
  expect(all.asked).toEqual([`/subnets/${ID}`]);
  const none = { ...neutron([]), open: () => Promise.reject(new Error("no credentials")) };
  expect(await run(none)).toEqual({ warnings: [], errors: [] });
  const mocked = neutron([]);
  expect(await run(mocked, { id: "net-subnet-id" })).toEqual({ warnings: [], errors: [] });
  expect(mocked.asked).toEqual([]);
});
