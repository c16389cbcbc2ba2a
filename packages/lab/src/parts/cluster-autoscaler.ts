import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { call } from "@plinth/clients";
import { messageOf } from "../errors.js";
import type { Part } from "../part.js";
import { portForStart } from "../port-for-start.js";
import { knownPorts } from "../ports.js";
import { start, stop } from "../processes.js";
import { sayer } from "../report.js";
import { TOOLS } from "../toolchain/pins.js";
import type { Toolchain } from "../toolchain/toolchain.js";
import { notRunning, untilWell } from "../until-well.js";
import { fromToolchain } from "./from-toolchain.js";
import { layout } from "./kubernetes/layout.js";

const NAME = "cluster-autoscaler";
const SCHEDULER = "kube-scheduler";
const STAND_IN = "cluster-autoscaler-stand-in";

const PINS = [TOOLS.kubeScheduler];

/** The compiled program, from the source as well. */
const PROGRAM = fileURLToPath(new URL("../../dist/parts/cluster-autoscaler/main.js", import.meta.url));

/**
 * Machines on demand: the real scheduler, which says of a pod that no node takes it, and a stand-in for the cluster autoscaler,
 * which then scales a group. Machines whose servers are there join by themselves. On demand.
 */
export function createClusterAutoscaler(toolchain: Toolchain): Part {
  return {
    name: NAME,
    title: `A stand-in for the cluster autoscaler, and kube-scheduler ${TOOLS.kubeScheduler.version}`,
    needs: ["kubernetes", "cluster-api", "kwok"],
    onDemand: true,
    ...fromToolchain(toolchain, NAME, PINS),

    async start(context) {
      const { dir } = context;
      const { kubeconfig, server } = layout(dir);
      const port = await portForStart(context, SCHEDULER);
      sayer(context, NAME)("starting the scheduler and the stand-in for the cluster autoscaler");
      await start(dir, {
        name: SCHEDULER,
        command: join((await toolchain.get(TOOLS.kubeScheduler)).folder, SCHEDULER),
        args: [
          `--kubeconfig=${kubeconfig}`,
          ...["--bind-address=127.0.0.1", `--secure-port=${port}`],
          ...[`--tls-cert-file=${server.cert}`, `--tls-private-key-file=${server.key}`],
          ...["--leader-elect=false", "--profiling=false"],
        ],
      });
      await start(dir, { name: STAND_IN, command: process.execPath, args: [PROGRAM, dir] });
      await untilWell(context, SCHEDULER, () => complaint(dir, port), {
        what: `kube-scheduler to be well (https://127.0.0.1:${port}/healthz)`,
        seconds: 60,
      });
    },

    async health({ dir }) {
      const port = (await knownPorts(dir))[SCHEDULER];
      if (port === undefined) return { state: "down" };
      const dead = await notRunning(dir, [SCHEDULER, STAND_IN]);
      if (dead !== undefined) return dead;
      const reason = await complaint(dir, port);
      return reason === undefined ? { state: "up" } : { state: "failing", reason };
    },

    env: async () => ({}),

    async stop({ dir }) {
      await Promise.all([SCHEDULER, STAND_IN].map((name) => stop(dir, name)));
    },
  };
}

/** What is wrong with the scheduler; undefined when it is well. */
async function complaint(dir: string, port: number): Promise<string | undefined> {
  try {
    const ca = await readFile(layout(dir).ca.cert, "utf8");
    const { status, text } = await call({ url: `https://127.0.0.1:${port}`, ca }, "/healthz");
    return status === 200 ? undefined : `${SCHEDULER} is not well (${status}): ${text.slice(0, 300)}`;
  } catch (error) {
    return `${SCHEDULER} does not answer: ${messageOf(error)}`;
  }
}
