import { providerSettings } from "@plinth/bridge";
import type { Session } from "@plinth/clients";
import { PlinthError } from "@plinth/core";
import * as pulumi from "@pulumi/pulumi";
import { NETWORK } from "./rules.js";

/** What has routes: a subnet those of its VMs, a router its own. */
export type RouteHolder = "subnet" | "router";

/** A route that was registered, of either kind. */
export interface RegisteredRoute {
  readonly id: pulumi.Output<string>;
  readonly destinationCidr: pulumi.Output<string>;
  readonly nextHop: pulumi.Output<string>;
}

/** A route as Neutron has it. */
export interface NeutronRoute {
  readonly destination: string;
  readonly nexthop: string;
}

/** Opens a session with the cloud in which the component's resources are. */
export type OpenSession = () => Promise<Pick<Session, "get" | "put">>;

const FIELDS = { subnet: "host_routes", router: "routes" } as const;

/**
 * Keeps routes in Neutron that somebody else removes. The provider's read of such a route fails (subnet) or does not notice (router),
 * so the state never tells: Neutron itself is asked, when the engine knows the routes. In a preview only those have an id that were
 * made before; so one that is missing then has been removed, and is warned of. After an `up` all must be there, and what is missing
 * is put back.
 *
 * The engine makes routes before the program has ended, and deletes others afterwards: nobody else of this `up` writes then.
 */
export class RouteKeeper {
  readonly #path: string;
  readonly #open: OpenSession;
  #session: ReturnType<OpenSession> | undefined;

  /** @param path name of the component @param open asked for when there are routes that are known */
  constructor(path: string, open: OpenSession) {
    this.#path = path;
    this.#open = open;
  }

  /** The keeper of a component, in the cloud to which its provider leads. */
  static of(component: pulumi.ComponentResource, path: string): RouteKeeper {
    return new RouteKeeper(path, async () => {
      // rarely needed in a test, never for a plan
      const { connect, findCloud } = await import("@plinth/clients");
      return connect(await findCloud(await providerSettings(component, "openstack")));
    });
  }

  /** @param id of the subnet or router @param routes all of it that the component makes */
  keep(holder: RouteHolder, id: pulumi.Input<string>, routes: readonly RegisteredRoute[]): void {
    const known = routes.map((route) => pulumi.all([route.id, route.destinationCidr, route.nextHop]));
    const wanted = known.map((each) => each.apply(([, destination, nexthop]) => ({ destination, nexthop })));
    if (!pulumi.runtime.isDryRun()) {
      pulumi.all([id, pulumi.all(wanted)]).apply(([of, all]) => this.putBack(holder, of, all));
      return;
    }
    // one that is to be made is not known: it must not hide the others
    for (const one of wanted) pulumi.all([id, one]).apply(([of, route]) => this.tell(holder, of, route));
  }

  /** Warns of a route that is gone. */
  async tell(holder: RouteHolder, id: string, route: NeutronRoute): Promise<void> {
    const missing = await this.#missing(holder, id, [route]);
    if (missing.length > 0) await pulumi.log.warn(`${this.#path}: ${gone(missing)} in Neutron. up puts it back`);
  }

  /** Puts routes back that are gone. @throws PlinthError (PL3030) when Neutron does not take them */
  async putBack(holder: RouteHolder, id: string, routes: readonly NeutronRoute[]): Promise<void> {
    const missing = await this.#missing(holder, id, routes);
    if (missing.length === 0) return;
    await this.#add(holder, id, missing);
    await pulumi.log.warn(`${this.#path}: ${gone(missing)} in Neutron, removed by somebody: put back`);
  }

  /** Those that Neutron does not have; none where it cannot be asked. */
  async #missing(holder: RouteHolder, id: string, routes: readonly NeutronRoute[]): Promise<readonly NeutronRoute[]> {
    // under mocks ids are of another form
    if (routes.length === 0 || !UUID.test(id)) return [];
    try {
      const there = await this.#read(holder, id);
      return routes.filter((route) => !there.some((other) => isSame(route, other)));
    } catch (error) {
      await pulumi.log.debug(`${this.#path}: the routes of the ${holder} ${id} were not looked at: ${error}`);
      return [];
    }
  }

  async #read(holder: RouteHolder, id: string): Promise<readonly NeutronRoute[]> {
    this.#session ??= this.#open();
    const found = await (await this.#session).get<Record<string, Record<string, NeutronRoute[]>>>(
      "network",
      `/${holder}s/${id}`,
    );
    return found[holder]?.[FIELDS[holder]] ?? [];
  }

  async #add(holder: RouteHolder, id: string, routes: readonly NeutronRoute[]): Promise<void> {
    try {
      const there = await this.#read(holder, id);
      const session = await this.#session;
      await session?.put("network", `/${holder}s/${id}`, { [holder]: { [FIELDS[holder]]: [...there, ...routes] } });
    } catch (error) {
      throw new PlinthError(NETWORK.routeGone, {
        path: this.#path,
        property: "sites",
        value: routes.map(({ destination, nexthop }) => `${destination} via ${nexthop}`).join(", "),
        message: `Neutron does not take back what is gone of the ${holder} ${id}: ${error instanceof Error ? error.message : error}`,
        fix: `put it back by hand: openstack ${holder} set --${holder === "subnet" ? "host-route" : "route"} destination=${routes[0]?.destination},gateway=${routes[0]?.nexthop} ${id}`,
      });
    }
  }
}

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/;

function isSame(a: NeutronRoute, b: NeutronRoute): boolean {
  return a.destination === b.destination && a.nexthop === b.nexthop;
}

function gone(routes: readonly NeutronRoute[]): string {
  const texts = routes.map(({ destination, nexthop }) => `${destination} via ${nexthop}`);
  return routes.length === 1 ? `the route to ${texts[0]} is gone` : `the routes to ${texts.join(", ")} are gone`;
}
