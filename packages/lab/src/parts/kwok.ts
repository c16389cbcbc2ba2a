import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Part } from "../part.js";
import { portForStart } from "../port-for-start.js";
import { knownPorts } from "../ports.js";
import { running, start, stop } from "../processes.js";
import { sayer } from "../report.js";
import { TOOLS } from "../toolchain/pins.js";
import type { Toolchain } from "../toolchain/toolchain.js";
import { untilWell } from "../until-well.js";
import { fromToolchain } from "./from-toolchain.js";
import { type Applier, applyAll, type KubeObject, lackOf } from "./kubernetes/apply.js";
import { notReady } from "./kubernetes/ready.js";
import { apiServer, requireApiServer } from "./kubernetes/servers.js";
import { accountKubeconfig } from "./kubernetes/service-account.js";
import { PLAYED } from "./kwok/join-node.js";

const NAME = "kwok";

const PINS = [TOOLS.kwok];

const APPLIER: Applier = { manager: "plinth-lab-kwok", annotation: "lab.plinth.dev/kwok-digest" };

/** The account that its makers' own configuration binds to its role. */
const ACCOUNT = { namespace: "kube-system", name: "kwok-controller" };

/** Stages that a Node and a Pod go through; a kwok built from its module has none inside. */
const STAGES = fileURLToPath(new URL("../../data/kwok/stages.yaml", import.meta.url));

/** Seconds after which a Node whose kwok has gone is no longer Ready. */
const LEASE_SECONDS = 40;

/**
 * kwok plays the kubelets of Nodes that say so (`joinNode`): they get Ready and keep their lease, Pods bound to them run.
 * On demand: it is not started unless it is asked for.
 */
export function createKwok(toolchain: Toolchain): Part {
  return {
    name: NAME,
    title: `kwok ${TOOLS.kwok.version}, which plays Nodes`,
    needs: ["kubernetes"],
    onDemand: true,
    ...fromToolchain(toolchain, NAME, PINS),

    async start(context) {
      const { dir, signal } = context;
      const server = await requireApiServer(dir);
      await applyAll(server, await access(), APPLIER, signal);
      const kubeconfig = await accountKubeconfig(server, join(dir, NAME), ACCOUNT);
      const port = await portForStart(context, NAME);
      sayer(context, NAME)("starting kwok");
      await start(dir, {
        name: NAME,
        command: join((await toolchain.get(TOOLS.kwok)).folder, TOOLS.kwok.name),
        args: [
          `--kubeconfig=${kubeconfig}`,
          `--config=${STAGES}`,
          `--manage-nodes-with-annotation-selector=${PLAYED.join("=")}`,
          `--node-lease-duration-seconds=${LEASE_SECONDS}`,
          `--server-address=127.0.0.1:${port}`,
        ],
      });
      await untilWell(context, NAME, () => notReady(NAME, port), {
        what: `kwok to be ready (http://127.0.0.1:${port}/readyz)`,
        seconds: 60,
      });
    },

    async health({ dir }) {
      const port = (await knownPorts(dir))[NAME];
      if (port === undefined || (await running(dir, NAME)) === undefined) return { state: "down" };
      const reason = await notReady(NAME, port);
      if (reason !== undefined) return { state: "failing", reason };
      const server = await apiServer(dir);
      if (server === undefined) return { state: "failing", reason: "the lab has no API server" };
      const lack = await lackOf(server, await access(), APPLIER);
      return lack === undefined ? { state: "up" } : { state: "failing", reason: lack };
    },

    env: async () => ({}),

    stop: ({ dir }) => stop(dir, NAME),
  };
}

async function access(): Promise<KubeObject[]> {
  return JSON.parse(await readFile(new URL("../../data/kwok/access.json", import.meta.url), "utf8")) as KubeObject[];
}
