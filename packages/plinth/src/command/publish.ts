import { resolve } from "node:path";
import { dockerKeychain, Registry } from "@plinth/oci";
import { publishBundle } from "@plinth/platform/chart";
import { defineCommand } from "citty";
import { describe } from "../describe/describe.js";
import { ProgramError } from "../describe/program-error.js";

/** Puts the bundles of a program's platforms where Flux finds them. */
export const publish = defineCommand({
  meta: { name: "publish", description: "Puts the bundle of a platform that Flux delivers into its registry" },
  args: {
    dir: { type: "positional", default: ".", description: "Folder of the Pulumi project" },
    stack: { type: "string", default: "dev", description: "Stack whose configuration is used" },
  },
  run: async ({ args }) => {
    const { bundles, refusal } = await describe({ dir: resolve(args.dir), stack: args.stack });
    if (refusal !== undefined) throw new ProgramError(refusal);
    if (bundles.length === 0) throw new ProgramError('No platform of this program has delivery: { type: "flux", … }');
    for (const { bundle, target } of bundles) {
      const open = (host: string) =>
        new Registry(host, { insecure: target.insecure ?? false, keychain: dockerKeychain });
      console.log(await publishBundle(bundle, target, open));
    }
  },
});
