import {
  type ClusterSettings,
  clusterAccess,
  clusterReader,
  connect,
  type Environment,
  findCloud,
  type ProviderSettings,
  type Session,
} from "@plinth/clients";
import { diagnose, STATUS_KINDS } from "./status/diagnose.js";
import type { GroupStatus } from "./status/group-status.js";
import type { KubeObject } from "./status/kube-object.js";

/** Where groups are read from. */
export interface ReadGroupsOptions {
  /** Settings of Pulumi's Kubernetes provider. @default - `KUBECONFIG`, or the one in the home folder */
  readonly cluster?: ClusterSettings;
  /** Settings of Pulumi's OpenStack provider. @default - `OS_*`, or the cloud of `clouds.yaml` that `OS_CLOUD` names */
  readonly cloud?: ProviderSettings;
  /** @default process.env */
  readonly env?: Environment;
}

/** Reads the cluster, and the cloud where the cluster does not say enough. */
export async function read({ cluster, cloud, env = process.env }: ReadGroupsOptions): Promise<readonly GroupStatus[]> {
  const reader = clusterReader(await clusterAccess({ ...cluster }, env));
  const lists = await Promise.all(
    STATUS_KINDS.map(([apiVersion, kind]) => reader.list<KubeObject>({ apiVersion, kind })),
  );
  const objects = lists.flat();
  const faults = await readFaults(serversInError(objects), () => findCloud(cloud, env).then(connect));
  return diagnose(objects, { now: new Date(), faults });
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
async function readFaults(ids: readonly string[], open: () => Promise<Session>): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const session = await open().catch(() => undefined);
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
