// What importing Plinth adds to the start of a Pulumi program.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { inTurn, median, table } from "./table.mjs";

const cwd = fileURLToPath(new URL("../../stacks/hybrid/", import.meta.url));
const start =
  (...modules) =>
  () =>
    execFileSync(process.execPath, ["--input-type=module", "-e", modules.map((name) => `import "${name}";`).join("")], {
      cwd,
    });

const [bare, pulumi, plinth] = await inTurn([start(), start("@pulumi/pulumi"), start("@pulumi/pulumi", "plinth")], 7);
const [b, e, p] = [bare, pulumi, plinth].map(median);
table(
  "Start of a program (median of 7, seconds)",
  ["program", "seconds", "beyond an empty Pulumi program"],
  [
    ["Node alone", b.toFixed(2), ""],
    ["imports @pulumi/pulumi", e.toFixed(2), "0 ms"],
    ["imports @pulumi/pulumi and plinth", p.toFixed(2), `${Math.round((p - e) * 1000)} ms (aim: at most 250)`],
  ],
);
