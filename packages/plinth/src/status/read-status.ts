import { clusterAccess, clusterReader, connect, type Environment, findCloud, type Session } from "@plinth/clients";
import { PlinthError } from "@plinth/core";
import { diagnose, type GroupStatus, type KubeObject, STATUS_KINDS } from "@plinth/nodes/status";
import { STATUS } from "../status-rules.js";
import type { StatusOptions } from "./status.js";

/** Reads the cluster, and the cloud where the cluster does not say enough. */
export async function readStatus({
  group,
  kubeconfig,
  context,
  env = process.env,
}: StatusOptions): Promise<readonly GroupStatus[]> {
  const cluster = clusterReader(await clusterAccess({ kubeconfig, context }, env));
  const lists = await Promise.all(
    STATUS_KINDS.map(([apiVersion, kind]) => cluster.list<KubeObject>({ apiVersion, kind })),
  );
  const objects = lists.flat();
  const groups = diagnose(objects, { now: new Date(), faults: await readFaults(serversInError(objects), env) });
  if (group === undefined) return groups;
  const found = groups.filter(({ name }) => name === group);
  if (found.length > 0) return found;
  throw new PlinthError(STATUS.group, {
    path: "status",
    property: "group",
    value: group,
    message: `There is no group of nodes named ${group}`,
    fix:
      groups.length === 0
        ? "look whether KUBECONFIG leads to the cluster that runs Cluster API or Deckhouse"
        : `use one of ${groups.map(({ name }) => name).join(", ")}`,
  });
}

interface OpenStackServer extends KubeObject {
  readonly status?: {
    readonly instanceID?: string;
    readonly instanceState?: string;
    readonly conditions?: readonly { readonly message?: string }[];
  };
}

/** Ids of servers of which the cluster says that they are in ERROR, and not why. */
function serversInError(objects: readonly KubeObject[]): readonly string[] {
  return objects.flatMap((object) => {
    if (object.kind !== "OpenStackServer") return [];
    const { instanceID, instanceState, conditions = [] } = (object as OpenStackServer).status ?? {};
    const isSaid = conditions.some(({ message = "" }) => message !== "");
    return instanceID === undefined || instanceState !== "ERROR" || isSaid ? [] : [instanceID];
  });
}

/** What Nova says of servers. Of a cloud that cannot be read nothing is known, and the diagnosis says how to see it. */
async function readFaults(ids: readonly string[], env: Environment): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const session = await findCloud({}, env).then(connect, () => undefined);
  if (session === undefined) return new Map();
  const faults = await Promise.all(ids.map(async (id) => [id, await readFault(session, id)] as const));
  return new Map(faults.flatMap(([id, fault]) => (fault === undefined ? [] : [[id, fault] as const])));
}

interface FailedServer {
  readonly server: { readonly fault?: { readonly message?: string } };
}

async function readFault(session: Session, id: string): Promise<string | undefined> {
  try {
    const { server } = await session.get<FailedServer>("compute", `/servers/${id}`);
    return server.fault?.message;
  } catch {
    return undefined;
  }
}
