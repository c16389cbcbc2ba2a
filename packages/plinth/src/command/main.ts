import { createRequire } from "node:module";
import { PlinthError, PlinthReport } from "@plinth/core";
import { defineCommand, runMain } from "citty";
import { addresses } from "./addresses.js";
import { demo } from "./demo.js";
import { explain, graph } from "./explain.js";
import { lab } from "./lab.js";
import { mirror } from "./mirror.js";
import { publish } from "./publish.js";
import { recover } from "./recover.js";
import { status } from "./status.js";
import { upgrade } from "./upgrade.js";

const { version } = createRequire(import.meta.url)("../../package.json") as { version: string };

const plinth = defineCommand({
  meta: { name: "plinth", version, description: "Your own Kubernetes cloud, described in one typed program" },
  subCommands: { explain, graph, addresses, mirror, upgrade, status, publish, recover, lab, demo },
});

/** The `plinth` command. */
export async function main(): Promise<void> {
  // a refusal is a message, not a crash: no stack trace
  process.on("uncaughtException", (error) => {
    const known = PlinthError.isInstance(error) || PlinthReport.isInstance(error);
    console.error(known ? error.message : error);
    process.exit(1);
  });
  await runMain(plinth);
}
