import { join } from "node:path";
import type { LabContext } from "../../part.js";
import { portForStart } from "../../port-for-start.js";
import { knownPorts } from "../../ports.js";
import type { Daemon } from "../../processes.js";
import { TOOLS, type ToolPin } from "../../toolchain/pins.js";
import type { ServiceAccount } from "../kubernetes/service-account.js";

/** A manager of Cluster API: one process with controllers and webhooks. */
export interface Manager {
  /** Name of its process and of its file in `data/cluster-api`. */
  readonly name: string;
  readonly tool: ToolPin;
  /** Whom it comes to the API server as; bound to its roles by its own configuration. */
  readonly account: ServiceAccount;
}

/** All of them, in the order in which one installs them. */
export const MANAGERS: readonly Manager[] = [
  {
    name: "core",
    tool: TOOLS.clusterApi,
    account: { namespace: "capi-system", name: "capi-manager" },
  },
  {
    name: "bootstrap-kubeadm",
    tool: TOOLS.clusterApiKubeadm,
    account: { namespace: "capi-kubeadm-bootstrap-system", name: "capi-kubeadm-bootstrap-manager" },
  },
  {
    name: "infrastructure-openstack",
    tool: TOOLS.clusterApiOpenstack,
    account: { namespace: "capo-system", name: "capo-manager" },
  },
];

/** Ports of one manager. */
export interface ManagerPorts {
  readonly webhook: number;
  readonly health: number;
  readonly metrics: number;
}

const PURPOSES = ["webhook", "health", "metrics"] as const;

/** The name of a manager's process. */
export function processOf({ tool }: Manager): string {
  return tool.name;
}

/** The ports for a start: those of before, except where a stranger has taken one. */
export async function choosePorts(context: LabContext, manager: Manager): Promise<ManagerPorts> {
  const choose = (purpose: (typeof PURPOSES)[number]) =>
    portForStart(context, processOf(manager), keyOf(manager, purpose));
  const [webhook, health, metrics] = [await choose("webhook"), await choose("health"), await choose("metrics")];
  return { webhook, health, metrics };
}

/** The ports of before; undefined before the first start. */
export async function rememberedPorts(dir: string, manager: Manager): Promise<ManagerPorts | undefined> {
  const known = await knownPorts(dir);
  const [webhook, health, metrics] = PURPOSES.map((purpose) => known[keyOf(manager, purpose)]);
  if (webhook === undefined || health === undefined || metrics === undefined) return undefined;
  return { webhook, health, metrics };
}

/** The process of a manager. All but its webhooks, which have no flag for it, is bound to the loopback. */
export function daemonOf(
  manager: Manager,
  ports: ManagerPorts,
  files: { readonly folder: string; readonly kubeconfig: string; readonly certificates: string },
): Daemon {
  return {
    name: processOf(manager),
    command: join(files.folder, manager.tool.name),
    args: [
      `--kubeconfig=${files.kubeconfig}`,
      "--leader-elect=false",
      ...[`--webhook-port=${ports.webhook}`, `--webhook-cert-dir=${files.certificates}`],
      // insecure only in that whoever is on this machine may read the metrics; profiles are not served then
      ...[`--diagnostics-address=127.0.0.1:${ports.metrics}`, "--insecure-diagnostics"],
      `--health-addr=127.0.0.1:${ports.health}`,
      "--v=2",
    ],
  };
}

function keyOf(manager: Manager, purpose: (typeof PURPOSES)[number]): string {
  return `${processOf(manager)}-${purpose}`;
}
