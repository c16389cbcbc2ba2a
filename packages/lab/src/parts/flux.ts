import { readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Health, LabContext, Part } from "../part.js";
import { portForStart } from "../port-for-start.js";
import { knownPorts } from "../ports.js";
import { start, stop } from "../processes.js";
import { sayer } from "../report.js";
import { TOOLS, type ToolPin } from "../toolchain/pins.js";
import type { Toolchain } from "../toolchain/toolchain.js";
import { notRunning, untilWell } from "../until-well.js";
import { fromToolchain } from "./from-toolchain.js";
import { type Applier, applyAll, type KubeObject, lackOf } from "./kubernetes/apply.js";
import { notReady } from "./kubernetes/ready.js";
import { apiServer, requireApiServer } from "./kubernetes/servers.js";
import { accountKubeconfig } from "./kubernetes/service-account.js";

const NAME = "flux";

const APPLIER: Applier = { manager: "plinth-lab-flux", annotation: "lab.plinth.dev/flux-digest" };

/** Where Flux lives; its accounts are named after the controllers. */
const NAMESPACE = "flux-system";

/** In the order of what uses what. */
const CONTROLLERS: readonly ToolPin[] = [TOOLS.fluxSource, TOOLS.fluxHelm, TOOLS.fluxKustomize];

/**
 * Waits are the lab's: with the defaults (30 s for each link of a chain) a bundle takes minutes, and what is asserted is
 * order, not time.
 */
const SPEED = [
  "--requeue-dependency=1s",
  "--min-retry-delay=500ms",
  "--max-retry-delay=10s",
  "--interval-jitter-percentage=0",
] as const;

/**
 * Flux: its source, helm and kustomize controllers, the official programs, each as its own service account with the roles
 * that its makers give it (helm and kustomize are cluster administrators). On demand.
 */
export function createFlux(toolchain: Toolchain): Part {
  return {
    name: NAME,
    title: `Flux: source ${TOOLS.fluxSource.version}, helm ${TOOLS.fluxHelm.version} and kustomize controller ${TOOLS.fluxKustomize.version}`,
    needs: ["kubernetes"],
    onDemand: true,
    ...fromToolchain(toolchain, NAME, CONTROLLERS),

    async start(context) {
      const { dir, signal } = context;
      const say = sayer(context, NAME);
      const server = await requireApiServer(dir);
      const applied = await applyAll(server, manifests(), APPLIER, signal);
      if (applied.length > 0) say("the API server now has what the controllers need");
      const folder = join(dir, NAME);
      for (const sub of ["home", "storage", "tmp"]) await mkdir(join(folder, sub), { recursive: true, mode: 0o700 });
      for (const { name } of CONTROLLERS) say(`starting ${name}`);
      const storage = await portForStart(context, TOOLS.fluxSource.name, `${TOOLS.fluxSource.name}-storage`);
      for (const tool of CONTROLLERS) {
        const health = await portForStart(context, tool.name, `${tool.name}-health`);
        const kubeconfig = await accountKubeconfig(server, folder, { namespace: NAMESPACE, name: tool.name });
        await start(dir, {
          name: tool.name,
          command: join((await toolchain.get(tool)).folder, tool.name),
          args: [
            "--events-addr=", // there is no notification controller
            ...SPEED,
            `--health-addr=127.0.0.1:${health}`,
            `--metrics-addr=127.0.0.1:${await portForStart(context, tool.name, `${tool.name}-metrics`)}`,
            ...(tool === TOOLS.fluxSource ? storageFlags(join(folder, "storage"), storage) : []),
          ],
          env: {
            ...process.env,
            ...{ HOME: join(folder, "home"), TMPDIR: join(folder, "tmp") },
            ...{ KUBECONFIG: kubeconfig, RUNTIME_NAMESPACE: NAMESPACE },
          },
        });
      }
      await Promise.all(CONTROLLERS.map((tool) => untilReady(context, tool)));
    },

    health: ({ dir }) => healthOf(dir),

    env: async () => ({}),

    async stop({ dir }) {
      await Promise.all(CONTROLLERS.map(({ name }) => stop(dir, name)));
    },
  };
}

/** Names of the CRDs that the part brings. */
export function kindsOfFlux(): string[] {
  const crds = manifests().filter(({ kind }) => kind === "CustomResourceDefinition");
  return crds.map(({ metadata }) => metadata.name);
}

function storageFlags(folder: string, port: number): string[] {
  const address = `127.0.0.1:${port}`;
  return [`--storage-path=${folder}`, `--storage-addr=${address}`, `--storage-adv-addr=${address}`];
}

function untilReady(context: LabContext, { name }: ToolPin): Promise<void> {
  return untilWell(context, name, () => complaint(context.dir, name), { what: `${name} to be ready`, seconds: 60 });
}

async function healthOf(dir: string): Promise<Health> {
  const dead = await notRunning(
    dir,
    CONTROLLERS.map(({ name }) => name),
  );
  if (dead !== undefined) return dead;
  for (const { name } of CONTROLLERS) {
    const reason = await complaint(dir, name);
    if (reason !== undefined) return { state: "failing", reason };
  }
  const server = await apiServer(dir);
  if (server === undefined) return { state: "failing", reason: "the lab has no API server" };
  const lack = await lackOf(server, manifests(), APPLIER);
  return lack === undefined ? { state: "up" } : { state: "failing", reason: lack };
}

async function complaint(dir: string, name: string): Promise<string | undefined> {
  const port = (await knownPorts(dir))[`${name}-health`];
  return port === undefined ? `the port of ${name} is forgotten` : notReady(name, port);
}

function manifests(): KubeObject[] {
  return JSON.parse(readFileSync(new URL("../../data/flux/manifests.json", import.meta.url), "utf8")) as KubeObject[];
}
