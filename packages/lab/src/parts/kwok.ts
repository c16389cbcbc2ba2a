import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { LabError } from "../errors.js";
import type { Part } from "../part.js";
import { portForStart } from "../port-for-start.js";
import { knownPorts } from "../ports.js";
import { logOf, running, start, stop } from "../processes.js";
import { sayer } from "../report.js";
import { TOOLS } from "../toolchain/pins.js";
import type { Toolchain } from "../toolchain/toolchain.js";
import { waitFor } from "../wait.js";
import { type Applier, absentOf, applyAll, type KubeObject } from "./kubernetes/apply.js";
import { notReady } from "./kubernetes/ready.js";
import { apiServer } from "./kubernetes/servers.js";
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
    systemPackages: async () => [],

    missing: () => toolchain.missing(PINS),

    acquire: (context) => toolchain.acquire(PINS, { say: sayer(context, NAME), signal: context.signal }),

    async start(context) {
      const { dir, signal } = context;
      const server = await apiServer(dir);
      if (server === undefined) throw new LabError("The lab has no API server.");
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
      await waitFor(async () => (await notReady(NAME, port)) === undefined, {
        what: `kwok to be ready (http://127.0.0.1:${port}/readyz)`,
        seconds: 60,
        log: logOf(dir, NAME),
        alive: async () => (await running(dir, NAME)) !== undefined,
        signal,
      });
    },

    async health({ dir }) {
      const port = (await knownPorts(dir))[NAME];
      if (port === undefined || (await running(dir, NAME)) === undefined) return { state: "down" };
      const reason = await notReady(NAME, port);
      if (reason !== undefined) return { state: "failing", reason };
      const server = await apiServer(dir);
      if (server === undefined) return { state: "failing", reason: "the lab has no API server" };
      const absent = await absentOf(server, await access(), APPLIER);
      if (absent.length === 0) return { state: "up" };
      return { state: "failing", reason: `the API server lacks ${absent.map(({ kind }) => kind).join(", ")} of kwok` };
    },

    env: async () => ({}),

    stop: ({ dir }) => stop(dir, NAME),
  };
}

async function access(): Promise<KubeObject[]> {
  return JSON.parse(await readFile(new URL("../../data/kwok/access.json", import.meta.url), "utf8")) as KubeObject[];
}
