import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Part } from "../part.js";
import { portForStart } from "../port-for-start.js";
import { knownPorts } from "../ports.js";
import { running, start, stop } from "../processes.js";
import { sayer } from "../report.js";
import { TOOLS } from "../toolchain/pins.js";
import type { Toolchain } from "../toolchain/toolchain.js";
import { untilWell } from "../until-well.js";
import { fromToolchain } from "./from-toolchain.js";

const NAME = "registry";

const PINS = [TOOLS.registry];

/**
 * An OCI registry for charts, images and bundles: the distribution registry with its files in the lab, over plain HTTP.
 * On demand.
 */
export function createRegistry(toolchain: Toolchain): Part {
  return {
    name: NAME,
    title: `an OCI registry (distribution ${TOOLS.registry.version})`,
    needs: [],
    onDemand: true,
    ...fromToolchain(toolchain, NAME, PINS),

    async start(context) {
      const { dir } = context;
      const folder = join(dir, NAME);
      await mkdir(join(folder, "data"), { recursive: true, mode: 0o700 });
      const port = await portForStart(context, NAME);
      const config = join(folder, "config.json"); // JSON is YAML
      await writeFile(config, `${JSON.stringify(configuration(join(folder, "data"), port), undefined, 2)}\n`);
      sayer(context, NAME)("starting registry");
      await start(dir, {
        name: NAME,
        command: join((await toolchain.get(TOOLS.registry)).folder, TOOLS.registry.name),
        args: ["serve", config],
        env: { ...process.env, OTEL_TRACES_EXPORTER: "none" },
      });
      await untilWell(context, NAME, () => silent(port), {
        what: `the registry to answer (http://127.0.0.1:${port}/v2/)`,
        seconds: 30,
      });
    },

    async health({ dir }) {
      const port = (await knownPorts(dir))[NAME];
      if (port === undefined || (await running(dir, NAME)) === undefined) return { state: "down" };
      const reason = await silent(port);
      return reason === undefined ? { state: "up" } : { state: "failing", reason };
    },

    env: async ({ port }) => ({ PLINTH_LAB_REGISTRY: `127.0.0.1:${await port(NAME)}` }),

    stop: ({ dir }) => stop(dir, NAME),
  };
}

function configuration(rootdirectory: string, port: number): object {
  return {
    version: "0.1",
    log: { level: "warn" },
    storage: { filesystem: { rootdirectory }, delete: { enabled: true } },
    http: { addr: `127.0.0.1:${port}` },
  };
}

async function silent(port: number): Promise<string | undefined> {
  const answer = await fetch(`http://127.0.0.1:${port}/v2/`).catch(() => undefined);
  return answer?.ok ? undefined : "the registry does not answer";
}
