import { apiServer, call, connect, type Lab, LabError, readCloud, waitFor } from "@plinth/lab";

/** A server as Nova has it. */
export interface Server {
  readonly name: string;
  readonly zone: string;
  /** ACTIVE, BUILD, ERROR. */
  readonly status: string;
  /** Its fixed addresses. */
  readonly addresses: readonly string[];
}

/** A Node as Kubernetes has it. */
export interface Node {
  readonly name: string;
  readonly ready: boolean;
  readonly taints: readonly string[];
}

interface NovaServer {
  readonly name: string;
  readonly status: string;
  readonly "OS-EXT-AZ:availability_zone": string;
  readonly addresses: Readonly<Record<string, readonly { readonly addr: string }[]>>;
}
interface KubernetesNode {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly taints?: readonly { key: string; value?: string; effect: string }[] };
  readonly status: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}
interface MachineDeployment {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly replicas?: number };
  readonly status?: { readonly replicas?: number; readonly availableReplicas?: number };
}

/** Seconds from an order until all Nodes are ready; measured: 10 to 40. */
const SECONDS = 300;

/** The project's servers, as Nova itself says, by name. */
export async function serversOf(lab: Lab): Promise<Server[]> {
  const env = await lab.env();
  const session = await connect(await readCloud(env.OS_CLIENT_CONFIG_FILE ?? "", env.OS_CLOUD ?? ""));
  const { servers } = await session.get<{ servers: NovaServer[] }>("compute", "/servers/detail");
  return servers
    .map(({ name, status, addresses, "OS-EXT-AZ:availability_zone": zone }) => ({
      name,
      zone,
      status,
      addresses: Object.values(addresses).flatMap((ports) => ports.map(({ addr }) => addr)),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The cluster's Nodes, by name. */
export async function nodesOf(lab: Lab): Promise<Node[]> {
  const nodes = await list<KubernetesNode>(lab, "/api/v1/nodes");
  return nodes.map(({ metadata, spec, status }) => ({
    name: metadata.name,
    ready: status.conditions?.some(({ type, status }) => type === "Ready" && status === "True") === true,
    taints: (spec.taints ?? []).map(({ key, value = "", effect }) => `${key}=${value}:${effect}`),
  }));
}

/**
 * Waits until each group of Cluster API has the machines that it shall have, with ready Nodes.
 * @throws LabError when they do not come in time
 */
export async function untilMachines(lab: Lab, signal: AbortSignal): Promise<void> {
  await waitFor(
    async () => {
      const groups = await list<MachineDeployment>(lab, "/apis/cluster.x-k8s.io/v1beta2/machinedeployments");
      return groups.every(({ spec: { replicas }, status }) => {
        // what the webhook has not filled in yet is not known
        return replicas !== undefined && status?.replicas === replicas && (status.availableReplicas ?? 0) === replicas;
      });
    },
    { what: "the machines' Nodes to be ready", seconds: SECONDS, every: 500, signal },
  );
}

async function list<T>(lab: Lab, path: string): Promise<readonly T[]> {
  const server = await apiServer(lab.dir);
  if (server === undefined) throw new LabError("The lab has no API server.");
  const { status, text } = await call(server, path);
  if (status !== 200) throw new LabError(`The API server does not list ${path} (${status}): ${text.slice(0, 500)}`);
  return (JSON.parse(text) as { items: readonly T[] }).items;
}
