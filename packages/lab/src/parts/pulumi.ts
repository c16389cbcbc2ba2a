import { createHash } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { exists, writeWhole } from "../files.js";
import { withLock } from "../lock.js";
import type { LabContext, Part } from "../part.js";
import { sayer } from "../report.js";
import { run } from "../run.js";
import { TOOLS, type ToolPin } from "../toolchain/pins.js";
import type { Toolchain } from "../toolchain/toolchain.js";

const NAME = "pulumi";

const PROVIDERS: readonly ToolPin[] = [TOOLS.providerKubernetes, TOOLS.providerOpenstack];

const PINS = [TOOLS.pulumi, ...PROVIDERS];

/** Settings of the engine in the lab: nothing is looked up or fetched behind the user's back. */
const SETTINGS = {
  PULUMI_CONFIG_PASSPHRASE: "", // set, if empty: the engine asks for it otherwise
  PULUMI_SKIP_UPDATE_CHECK: "true",
  PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  PULUMI_IGNORE_AMBIENT_PLUGINS: "true",
};

/**
 * The Pulumi engine with its Node language host and the providers for Kubernetes and OpenStack, in a Pulumi home of the
 * lab's own; state is kept in files of the lab. No process of it runs on: it is up when it is ready to be called.
 */
export function createPulumi(toolchain: Toolchain): Part {
  return {
    name: NAME,
    title: `Pulumi ${TOOLS.pulumi.version} for Node, with providers ${PROVIDERS.map(titleOf).join(" and ")}`,
    needs: [],
    systemPackages: async () => [],

    missing: () => toolchain.missing(PINS),

    async acquire(context) {
      const say = sayer(context, NAME);
      await toolchain.acquire(PINS, { say, signal: context.signal });
      const home = await homeOf(toolchain, context.cache);
      await withLock(home, async () => {
        for (const pin of PROVIDERS) await installProvider(toolchain, home, pin, context);
      });
    },

    async start({ dir }) {
      await mkdir(backendOf(dir), { recursive: true });
      await writeWhole(readyFile(dir), "");
    },

    async health({ dir, cache }) {
      if (!(await exists(readyFile(dir)))) return { state: "down" };
      const lacks = (await Promise.all(PINS.map((pin) => toolchain.find(pin)))).some((tool) => tool === undefined);
      if (lacks) return { state: "failing", reason: "its programs are not in the cache any more" };
      const env = { ...process.env, ...(await envOf(toolchain, dir, cache)) };
      const plugins = await run("pulumi", ["plugin", "ls", "--json"], { env, seconds: 30 });
      const installed = JSON.parse(plugins) as readonly { readonly name: string; readonly version: string }[];
      const absent = PROVIDERS.filter(
        (pin) => !installed.some(({ name, version }) => name === providerName(pin) && version === pin.version),
      );
      if (absent.length === 0) return { state: "up" };
      return { state: "failing", reason: `without the providers ${absent.map(titleOf).join(", ")}` };
    },

    env: ({ dir, cache }) => envOf(toolchain, dir, cache),

    stop: ({ dir }) => rm(readyFile(dir), { force: true }),
  };
}

async function envOf(toolchain: Toolchain, dir: string, cache: string): Promise<Record<string, string>> {
  const { folder } = await toolchain.get(TOOLS.pulumi);
  return {
    ...SETTINGS,
    PULUMI_HOME: await homeOf(toolchain, cache),
    PULUMI_BACKEND_URL: pathToFileURL(backendOf(dir)).href,
    PATH: [folder, process.env.PATH ?? ""].join(delimiter),
  };
}

async function installProvider(
  toolchain: Toolchain,
  home: string,
  pin: ToolPin,
  context: Pick<LabContext, "report" | "signal">,
): Promise<void> {
  const name = providerName(pin);
  const { folder } = await toolchain.get(pin);
  if (await exists(join(home, "plugins", `resource-${name}-v${pin.version}`, pin.name))) return;
  sayer(context, NAME)(`installing provider ${titleOf(pin)}`);
  const pulumi = join((await toolchain.get(TOOLS.pulumi)).folder, "pulumi");
  const args = ["plugin", "install", "resource", name, pin.version, "--file", join(folder, pin.name), "--reinstall"];
  await run(pulumi, args, { env: { ...process.env, ...SETTINGS, PULUMI_HOME: home }, signal: context.signal });
}

/** One home for each set of providers: another build of a provider never meets an older one under the same version. */
async function homeOf(toolchain: Toolchain, cache: string): Promise<string> {
  const folders = await Promise.all(PROVIDERS.map(async (pin) => (await toolchain.get(pin)).folder));
  const key = createHash("sha256").update(folders.join("\n")).digest("hex").slice(0, 12);
  return join(cache, `pulumi-home-${key}`);
}

function backendOf(dir: string): string {
  return join(dir, "pulumi");
}

function readyFile(dir: string): string {
  return join(dir, "run", "pulumi.ready");
}

function providerName(pin: ToolPin): string {
  return pin.name.replace("pulumi-resource-", "");
}

function titleOf(pin: ToolPin): string {
  return `${providerName(pin)} ${pin.version}`;
}
