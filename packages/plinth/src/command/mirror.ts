import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { dockerKeychain, Registry } from "@plinth/oci";
import { copyToMirror, type Mirrored, type OpenRegistry, registryMirrors } from "@plinth/platform/mirror";
import { defineCommand } from "citty";
import { describe } from "../describe/describe.js";
import { artefactsOf, describeArtefacts, digestsOf, parseImages } from "./artefacts.js";
import { readConfig } from "./config.js";
import { Progress } from "./progress.js";
import { stop } from "./stop.js";

/** Lists, or copies, what a program's platforms fetch. */
export const mirror = defineCommand({
  meta: {
    name: "mirror",
    description:
      "Lists every chart and image that a platform fetches, with its digest; with --to copies them to a registry",
  },
  args: {
    dir: { type: "positional", default: ".", description: "Folder of the Pulumi project" },
    stack: { type: "string", default: "dev", description: "Stack whose configuration is used" },
    config: { type: "string", description: "Further configuration: key=value,key=value" },
    to: {
      type: "string",
      description: "Registry that takes the copies, for example oci://registry.example.com/plinth",
    },
    insecure: { type: "string", description: "Hosts of registries that speak plain HTTP: host:port,host:port" },
    images: { type: "string", description: "File with further images, one a line" },
    talos: { type: "string", description: "Version of Talos, to take the images of its system extensions too" },
  },
  run: async ({ args }) => {
    const description = await describe({ dir: resolve(args.dir), stack: args.stack, config: readConfig(args.config) });
    if (description.refusal !== undefined) return stop(description.refusal);
    const { platforms } = description;
    if (platforms.length === 0) return stop("The program describes no platform");
    const images = args.images === undefined ? [] : parseImages(await readFile(args.images, "utf8"));
    const { artefacts, unknown } = artefactsOf(platforms, { images, talos: args.talos });
    for (const name of unknown)
      console.error(`warning: no image of the extension ${name} is known for Talos ${args.talos}`);
    const { to } = args;
    const insecure = new Set((args.insecure ?? "").split(","));
    const open: OpenRegistry = (host) => new Registry(host, { insecure: insecure.has(host), keychain: dockerKeychain });
    const progress = new Progress();
    const report = (step: string, done: number) =>
      progress.report({ part: "mirror", step, fraction: artefacts.length === 0 ? 1 : done / artefacts.length });
    try {
      if (to === undefined) {
        const digests = await digestsOf(artefacts, open, process.stdout.isTTY ? report : undefined);
        progress.end();
        console.log(describeArtefacts(artefacts, digests));
        return;
      }
      const own = artefacts.find((artefact) => artefact.type === "chart" && artefact.chart.url.startsWith(to));
      if (own !== undefined)
        return stop(`The program takes its charts from ${to} already: run this without its mirror`);
      const copied = await copyToMirror(artefacts, to, open, ({ artefact, done, total, fraction }) =>
        progress.report({ part: "mirror", step: artefact, fraction: (done + fraction) / total }),
      );
      progress.end();
      console.log(describeCopies(copied, to, insecure));
    } finally {
      progress.end();
    }
  },
});

/** What was copied, and what is to be set so that it is taken. */
function describeCopies(copied: readonly Mirrored[], to: string, insecure: ReadonlySet<string>): string {
  const images = copied.flatMap(({ artefact }) => (artefact.type === "image" ? [artefact.image] : []));
  const host = to.replace(/^oci:\/\//, "").replace(/\/.*/, "");
  const mirrors = registryMirrors(to, images, insecure.has(host));
  return [
    ...copied.map(({ at }) => at),
    `${copied.length} copied. In the program: mirror: ${JSON.stringify(to)}`,
    ...mirrors.map(({ registry, endpoints }) => `On the machines: ${registry} is at ${endpoints.join(", ")}`),
  ].join("\n");
}
