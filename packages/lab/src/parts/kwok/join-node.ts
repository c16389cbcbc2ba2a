import { call } from "@plinth/clients";
import { LabError } from "../../errors.js";
import type { ApiServer } from "../kubernetes/servers.js";

/** Annotation of Nodes whose kubelet kwok plays, and its value. */
export const PLAYED = ["kwok.x-k8s.io/node", "fake"] as const;

/** A machine that joins a cluster. */
export interface JoiningNode {
  /** Name of the Node; also its host name. */
  readonly name: string;
  /** Which server it is, as the cloud names it, for example `openstack:///ID`. @default - nobody has said */
  readonly providerID?: string;
  /** Labels that its kubelet is started with. @default - only those that every kubelet sets */
  readonly labels?: Readonly<Record<string, string>>;
  /** Cores and memory, for pods in whole. @default - as much as kwok's own nodes have, which is more than any machine has */
  readonly capacity?: { readonly cpu: string; readonly memory: string };
  /** Taints that its kubelet is started with. @default - none */
  readonly taints?: readonly { readonly key: string; readonly value?: string; readonly effect: string }[];
}

/**
 * Registers a Node, as the kubelet of a machine does when it has joined; kwok then plays this kubelet. One that is there
 * already is left as it is.
 *
 * @param server API server of the cluster that is joined
 * @throws LabError when the API server refuses it, with its words
 */
export async function joinNode(
  server: ApiServer,
  { name, providerID, labels, taints, capacity }: JoiningNode,
): Promise<void> {
  const own = { "kubernetes.io/hostname": name, "kubernetes.io/os": "linux", "kubernetes.io/arch": "amd64" };
  const node = {
    apiVersion: "v1",
    kind: "Node",
    metadata: { name, labels: { ...own, ...labels }, annotations: { [PLAYED[0]]: PLAYED[1] } },
    spec: { ...(providerID === undefined ? {} : { providerID }), ...(taints === undefined ? {} : { taints }) },
    ...(capacity === undefined ? {} : { status: statusOf(capacity) }),
  };
  const body = JSON.stringify(node);
  const { status, text } = await call(server, "/api/v1/nodes", {
    method: "POST",
    contentType: "application/json",
    body,
  });
  if (status !== 201 && status !== 409) {
    throw new LabError(`The API server refuses the Node ${name} (${status}): ${text.slice(0, 1000)}`);
  }
}

function statusOf({ cpu, memory }: NonNullable<JoiningNode["capacity"]>): object {
  // as many pods as a kubelet takes by default
  const amounts = { cpu, memory, pods: "110" };
  return { capacity: amounts, allocatable: amounts };
}
