import { connect, readCloud } from "@plinth/lab";
import type { Stack } from "./stack.js";

/** What a person counts, by Pulumi type token. What is only a part of something else is not among it. */
const KINDS: Readonly<Record<string, string>> = {
  "openstack:networking/network:Network": "network",
  "openstack:networking/subnet:Subnet": "subnet",
  "openstack:networking/subnetRoute:SubnetRoute": "route",
  "openstack:networking/router:Router": "router",
  "openstack:networking/routerInterface:RouterInterface": "router interface",
  "openstack:identity/user:User": "service user",
  "openstack:identity/roleAssignment:RoleAssignment": "role assignment",
  "openstack:compute/keypair:Keypair": "key pair",
  "openstack:compute/flavor:Flavor": "private flavor",
  "openstack:compute/flavorAccess:FlavorAccess": "flavor access",
  "openstack:images/image:Image": "image",
};

/** What the stack has made, and what it has not and why, in lines for people. */
export async function whatIsThere(
  stack: Stack,
  env: Readonly<Record<string, string>>,
): Promise<{ readonly made: readonly string[]; readonly absent: readonly string[] }> {
  const counts = [...(await stack.resources())];
  const openstack = counts.filter(([type]) => type.startsWith("openstack:"));
  const kubernetes = counts.filter(([type]) => type.startsWith("kubernetes:"));
  const line = (of: [string, number][], name: (type: string) => string): string =>
    of.map(([type, count]) => plural(count, name(type))).join(", ");
  const servers = await serverCount(env);
  return {
    made: [
      `in OpenStack   ${line(openstack, (type) => KINDS[type] ?? type)}`,
      `in Kubernetes  ${line(kubernetes, (type) => type.slice(type.lastIndexOf(":") + 1))}`,
    ],
    absent:
      servers === 0
        ? [
            "0 servers: with this engine Deckhouse's controllers order them, and the lab runs none (they need a licence)",
          ]
        : [],
  };
}

function plural(count: number, name: string): string {
  return `${count} ${name}${count === 1 || name.endsWith("access") ? "" : name.endsWith("s") ? "es" : "s"}`;
}

/** Servers of the project, as Nova itself says. */
async function serverCount(env: Readonly<Record<string, string>>): Promise<number> {
  const session = await connect(await readCloud(env.OS_CLIENT_CONFIG_FILE ?? "", env.OS_CLOUD ?? ""));
  const { servers } = await session.get<{ servers: unknown[] }>("compute", "/servers");
  return servers.length;
}
