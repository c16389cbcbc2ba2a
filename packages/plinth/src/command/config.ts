import { ProgramError } from "../describe/program-error.js";

/**
 * Reads configuration as it is given on a command line: `key=value,key=value`.
 * @throws ProgramError for a pair that is none
 */
export function readConfig(text = ""): Record<string, string> {
  return Object.fromEntries(
    text
      .split(",")
      .filter((pair) => pair !== "")
      .map((pair): [string, string] => {
        const at = pair.indexOf("=");
        if (at < 1) throw new ProgramError(`--config ${pair}: that is no key=value`);
        return [pair.slice(0, at), pair.slice(at + 1)];
      }),
  );
}
