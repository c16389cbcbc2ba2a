import { chmod, mkdir } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { LabError } from "../errors.js";
import { writeWhole } from "../files.js";
import type { Part } from "../part.js";
import { start, stop } from "../processes.js";
import { sayer } from "../report.js";
import { which } from "../toolchain/installed.js";
import { TOOLS } from "../toolchain/pins.js";
import type { Toolchain } from "../toolchain/toolchain.js";
import { fromToolchain } from "./from-toolchain.js";
import { applyCrds } from "./kubernetes/crds.js";
import { daemons, NAMES, type Name } from "./kubernetes/daemons.js";
import { kubeconfig } from "./kubernetes/kubeconfig.js";
import { layout } from "./kubernetes/layout.js";
import { makeSecrets } from "./kubernetes/pki.js";
import { apiServer, choosePorts, healthOf, untilServerWell } from "./kubernetes/servers.js";

const NAME = "kubernetes";

const PINS = [TOOLS.etcd, TOOLS.kubeApiserver, TOOLS.kubeControllerManager, TOOLS.kubectl];

/** What the Kubernetes part is made with. */
export interface KubernetesOptions {
  /** YAML files, or folders of them, with the CRDs that the API server shall have. @default - none */
  readonly crds?: readonly string[];
  /** Names of CRDs that are passed over there, since another part brings them. @default - none */
  readonly except?: readonly string[];
}

/**
 * Kubernetes without nodes: etcd, kube-apiserver and kube-controller-manager, the official programs. All that needs no
 * machine is real (storage, validation, RBAC, server-side apply, garbage collection); no pod ever runs.
 */
export function createKubernetes(toolchain: Toolchain, { crds = [], except = [] }: KubernetesOptions = {}): Part {
  return {
    name: NAME,
    title: `Kubernetes ${TOOLS.kubeApiserver.version}: etcd, API server, controller manager; no nodes`,
    needs: [],
    ...fromToolchain(toolchain, NAME, PINS),

    async missing() {
      const tools = await toolchain.missing(PINS);
      const openssl = await which("openssl", process.env.PATH ?? "");
      return openssl === undefined ? [...tools, "openssl is not on PATH: install it (apt install openssl)"] : tools;
    },

    async start(context) {
      const { dir, signal } = context;
      const say = sayer(context, NAME);
      const files = layout(dir);
      await mkdir(files.data, { recursive: true });
      await chmod(files.data, 0o700); // etcd complains of anything else
      await makeSecrets(files);
      const ports = await choosePorts(context);
      const server = await apiServer(dir);
      if (server === undefined) throw new LabError("The lab has lost its ports or its user token.");
      await writeWhole(files.kubeconfig, kubeconfig(server, { name: "admin", token: server.token }), 0o600);
      const all = daemons(files, ports, await programs(toolchain));
      for (const name of NAMES) {
        say(`starting ${name}`);
        await start(dir, all[name]);
        await untilServerWell(context, ports, name);
      }
      const applied = await applyCrds(server, crds, { except, signal });
      if (applied.length > 0) say(`now has the kinds of ${applied.join(", ")}`);
    },

    health: ({ dir }) => healthOf(dir, crds, { except }),

    async env({ dir }) {
      const kubectl = await toolchain.find(TOOLS.kubectl);
      const own = kubectl === undefined || kubectl.source === "path" ? [] : [kubectl.folder];
      return {
        KUBECONFIG: layout(dir).kubeconfig,
        ...(own.length === 0 ? {} : { PATH: [...own, process.env.PATH ?? ""].join(delimiter) }),
      };
    },

    async stop({ dir }) {
      // an API server whose etcd has gone before it hangs, and answers the next start as if it were ready
      for (const name of [...NAMES].reverse()) await stop(dir, name);
    },
  };
}

async function programs(toolchain: Toolchain): Promise<Record<Name, string>> {
  const [etcd, apiserver, manager] = await Promise.all(
    [TOOLS.etcd, TOOLS.kubeApiserver, TOOLS.kubeControllerManager].map(async (pin) =>
      join((await toolchain.get(pin)).folder, pin.name),
    ),
  );
  return { etcd, "kube-apiserver": apiserver, "kube-controller-manager": manager } as Record<Name, string>;
}
