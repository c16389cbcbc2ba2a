import { mkdir } from "node:fs/promises";
import type { Part } from "../part.js";
import { start, stop } from "../processes.js";
import { sayer } from "../report.js";
import { TOOLS } from "../toolchain/pins.js";
import type { Toolchain } from "../toolchain/toolchain.js";
import { choosePorts, daemonOf, MANAGERS, type Manager, type ManagerPorts, processOf } from "./cluster-api/managers.js";
import { APPLIER, folderOf, healthOf, makeWebhookCertificate, manifests, untilReady } from "./cluster-api/servers.js";
import { fromToolchain } from "./from-toolchain.js";
import { applyAll } from "./kubernetes/apply.js";
import { requireApiServer } from "./kubernetes/servers.js";
import { accountKubeconfig } from "./kubernetes/service-account.js";

const NAME = "cluster-api";

const PINS = MANAGERS.map(({ tool }) => tool);

/**
 * Cluster API: its core, the kubeadm bootstrap provider and the provider for OpenStack, the official programs, each as a
 * service account of its own with the roles that its makers give it. On demand: it is not started unless it is asked for.
 */
export function createClusterApi(toolchain: Toolchain): Part {
  return {
    name: NAME,
    title: `Cluster API ${TOOLS.clusterApi.version} with kubeadm bootstrap and OpenStack ${TOOLS.clusterApiOpenstack.version}`,
    needs: ["kubernetes"],
    onDemand: true,
    ...fromToolchain(toolchain, NAME, PINS),

    async start(context) {
      const { dir, signal } = context;
      const say = sayer(context, NAME);
      const server = await requireApiServer(dir);
      await mkdir(folderOf(dir), { recursive: true, mode: 0o700 });
      const certificates = await makeWebhookCertificate(dir);
      const started: [Manager, ManagerPorts][] = [];
      for (const manager of MANAGERS) {
        const ports = await choosePorts(context, manager);
        const applied = await applyAll(server, await manifests(server, manager, ports), APPLIER, signal);
        if (applied.length > 0) say(`the API server now has what ${processOf(manager)} needs`);
        const kubeconfig = await accountKubeconfig(server, folderOf(dir), manager.account);
        const { folder } = await toolchain.get(manager.tool);
        say(`starting ${processOf(manager)}`);
        await start(dir, daemonOf(manager, ports, { folder, kubeconfig, certificates }));
        started.push([manager, ports]);
      }
      await Promise.all(started.map(([manager, ports]) => untilReady(context, server, manager, ports)));
    },

    health: ({ dir }) => healthOf(dir),

    env: async () => ({}),

    async stop({ dir }) {
      await Promise.all(MANAGERS.map((manager) => stop(dir, processOf(manager))));
    },
  };
}
