import { openstackDirectory, type Session } from "@plinth/lab";
import { seedProviderNetwork } from "@plinth/lab/openstack/administration";
import { nova } from "./openstack.js";
import type { TestLab } from "./test-lab.js";

interface Named {
  readonly id: string;
  readonly name: string;
}

/** Password of the user that the provider made. */
export const PROVIDERS_PASSWORD = "given by the provider";

/**
 * What the administrators of a cloud make for a customer, who is only a member of a project: the network that their
 * engineers join to the L3VPN router, the user as which machines are ordered, a private flavor. May be repeated.
 *
 * @param admin an administrator, in the customer's project
 */
export async function makeForCustomer({ lab }: TestLab, admin: Session): Promise<void> {
  await seedProviderNetwork(openstackDirectory(lab));
  const user = { name: "k8s-nodes", password: PROVIDERS_PASSWORD, default_project_id: admin.projectId };
  const { id } = await ensure(admin, "identity", "/users?name=k8s-nodes", "users", () =>
    admin.post<{ user: Named }>("identity", "/users", { user }).then((made) => made.user),
  );
  const [role] = (await admin.get<{ roles: Named[] }>("identity", "/roles?name=member")).roles;
  await admin.put("identity", `/projects/${admin.projectId}/users/${id}/roles/${role?.id}`, undefined);
  const { flavors } = await nova<{ flavors: Named[] }>(admin, "2.1", "/flavors?is_public=None");
  if (!flavors.some(({ name }) => name === "c4m8d50")) await makeFlavor(admin);
}

async function makeFlavor(admin: Session): Promise<void> {
  const flavor = { name: "c4m8d50", vcpus: 4, ram: 8192, disk: 50, "os-flavor-access:is_public": false };
  const made = await admin.post<{ flavor: Named }>("compute", "/flavors", { flavor });
  const access = { addTenantAccess: { tenant: admin.projectId } };
  await admin.post("compute", `/flavors/${made.flavor.id}/action`, access);
}

async function ensure(
  admin: Session,
  service: string,
  path: string,
  key: string,
  make: () => Promise<Named>,
): Promise<Named> {
  const [found] = (await admin.get<Record<string, Named[]>>(service, path))[key] ?? [];
  return found ?? make();
}

/** A `clouds.yaml` with which that user logs in, as the provider hands it out. JSON is YAML. */
export function cloudsYamlOf(admin: Session): string {
  const auth = {
    auth_url: admin.endpoints.get("identity"),
    username: "k8s-nodes",
    password: PROVIDERS_PASSWORD,
    user_domain_id: "default",
    project_id: admin.projectId,
  };
  return JSON.stringify({ clouds: { customer: { auth, region_name: "RegionOne" } } });
}
