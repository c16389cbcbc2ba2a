// What importing Plinth adds to the start of a Pulumi program.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { inTurn, median, table } from "./table.mjs";

const ROUNDS = 7;
const cwd = fileURLToPath(new URL("../../stacks/hybrid/", import.meta.url));
/** A program that imports modules and says what processor time that took, which no other program on the machine lengthens. */
const start = (...modules) => {
  const imports = modules.map((name) => `await import("${name}");`).join("");
  const tell = "const { user, system } = process.cpuUsage(); console.log((user + system) / 1e6);";
  const processor = [];
  const run = () => {
    processor.push(Number(execFileSync(process.execPath, ["--input-type=module", "-e", imports + tell], { cwd })));
  };
  return { run, processor };
};

const programs = [start(), start("@pulumi/pulumi"), start("@pulumi/pulumi", "plinth")];
const walls = (
  await inTurn(
    programs.map(({ run }) => run),
    ROUNDS,
  )
).map(median);
const processors = programs.map(({ processor }) => median(processor));
const beyond = (seconds) => `${Math.round((seconds[2] - seconds[1]) * 1000)} ms`;
const row = (title, i, last) => [title, walls[i].toFixed(2), processors[i].toFixed(2), ...last];
table(
  `Start of a program (median of ${ROUNDS} in turn, seconds)`,
  ["program", "seconds", "of a processor", "beyond an empty Pulumi program"],
  [
    row("Node alone", 0, [""]),
    row("imports @pulumi/pulumi", 1, ["0 ms"]),
    row("imports @pulumi/pulumi and plinth", 2, [
      `${beyond(walls)}, ${beyond(processors)} of a processor (aim: at most 250)`,
    ]),
  ],
);
