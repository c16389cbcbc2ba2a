import type { Session } from "@plinth/clients";
import type { Properties } from "../checkpoint.js";
import { type OpenStackKind, textOf, unlessMissing } from "./kind.js";

/** A type that says no owner, because it is nothing but a relation: it is there, or it is not. */
function relation(idsOf: (cloud: Session, inputs: Properties) => Promise<readonly string[]>): OpenStackKind {
  return {
    find: async (cloud, inputs) => (await idsOf(cloud, inputs)).map((id) => ({ id, isOurs: true })),
    exists: async (cloud, id, inputs) => (await idsOf(cloud, inputs)).includes(id),
  };
}

interface Route {
  readonly destination: string;
  readonly nexthop: string;
}
interface Port {
  readonly id: string;
  readonly device_owner: string;
  readonly fixed_ips: readonly { readonly subnet_id: string }[];
}

/** Ids of one route among those of a subnet or router, as the provider builds it. */
function routeIds(of: unknown, routes: readonly Route[] | undefined, inputs: Properties): readonly string[] {
  const { destinationCidr, nextHop } = inputs;
  const found = (routes ?? []).some((each) => each.destination === destinationCidr && each.nexthop === nextHop);
  return found ? [`${of}-route-${destinationCidr}-${nextHop}`] : [];
}

export const SUBNET_ROUTE = relation(async (cloud, inputs) => {
  const path = `/subnets/${textOf(inputs, "subnetId")}`;
  const found = await unlessMissing(cloud.get<{ subnet: { host_routes: Route[] } }>("network", path));
  return routeIds(inputs.subnetId, found?.subnet.host_routes, inputs);
});

export const ROUTER_ROUTE = relation(async (cloud, inputs) => {
  const path = `/routers/${textOf(inputs, "routerId")}`;
  const found = await unlessMissing(cloud.get<{ router: { routes: Route[] } }>("network", path));
  return routeIds(inputs.routerId, found?.router.routes, inputs);
});

export const ROUTER_INTERFACE = relation(async (cloud, inputs) => {
  const { ports } = await cloud.get<{ ports: Port[] }>("network", `/ports?device_id=${textOf(inputs, "routerId")}`);
  // also distributed and highly available ones: network:ha_router_replicated_interface
  const interfaces = ports.filter(({ device_owner: owner }) => /^network:.*router.*_interface/.test(owner));
  const joined = interfaces.filter(
    ({ id, fixed_ips }) => id === inputs.portId || fixed_ips.some(({ subnet_id }) => subnet_id === inputs.subnetId),
  );
  return joined.map(({ id }) => id);
});

export const FLAVOR_ACCESS = relation(async (cloud, inputs) => {
  const path = `/flavors/${textOf(inputs, "flavorId")}/os-flavor-access`;
  const found = await unlessMissing(cloud.get<{ flavor_access: { tenant_id: string }[] }>("compute", path));
  const given = found?.flavor_access.some(({ tenant_id }) => tenant_id === inputs.tenantId);
  return given ? [`${inputs.flavorId}/${inputs.tenantId}`] : [];
});

/** Id as the provider builds it. Source: terraform-provider-openstack:openstack/identity_role_assignment_v3.go. */
export const ROLE_ASSIGNMENT = relation(async (cloud, inputs) => {
  const [domain, project, group, user, role] = ["domainId", "projectId", "groupId", "userId", "roleId"].map(
    (key) => inputs[key] ?? "",
  );
  const filters = { "scope.domain.id": domain, "scope.project.id": project, "group.id": group, "user.id": user };
  const query = Object.entries({ ...filters, "role.id": role }).filter(([, value]) => value !== "");
  const path = `/role_assignments?${new URLSearchParams(query as [string, string][])}`;
  const found = await unlessMissing(cloud.get<{ role_assignments: unknown[] }>("identity", path));
  return found?.role_assignments.length ? [[domain, project, group, user, role].join("/")] : [];
});
