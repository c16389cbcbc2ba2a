import { call } from "@plinth/clients";
import { LabError } from "../../errors.js";
import type { ApiServer } from "../kubernetes/servers.js";
import { joinNode } from "./join-node.js";
import { type JoiningMachine, kubeletOf } from "./joining.js";

/**
 * Lets the machines of Cluster API join whose servers are there: each that knows its server and has no Node yet gets one,
 * named as the machine, with the labels and taints of its kubeadm configuration ({@link joinNode}). One look; call it until all have joined.
 *
 * @param management API server that holds the Machines
 * @param namespace where the Machines are
 * @param cluster API server of the cluster that they join. @default - the same one
 * @returns names of the machines that have no Node yet and now join
 * @throws LabError when an API server refuses
 */
export async function joinMachines(
  management: ApiServer,
  namespace: string,
  cluster: ApiServer = management,
): Promise<string[]> {
  const path = `/apis/cluster.x-k8s.io/v1beta2/namespaces/${namespace}/machines`;
  const { status, text } = await call(management, path);
  if (status !== 200) throw new LabError(`The API server does not list Machines (${status}): ${text.slice(0, 500)}`);
  const { items } = JSON.parse(text) as { items: readonly JoiningMachine[] };
  const joining = items.filter(
    ({ metadata, spec: { providerID }, status: now }) =>
      providerID !== undefined && now?.nodeRef === undefined && metadata.deletionTimestamp === undefined,
  );
  for (const machine of joining) {
    const { metadata, spec } = machine;
    const own = await kubeletOf(management, namespace, machine);
    await joinNode(cluster, {
      name: metadata.name,
      ...(spec.providerID === undefined ? {} : { providerID: spec.providerID }),
      ...own,
    });
  }
  return joining.map(({ metadata }) => metadata.name);
}
