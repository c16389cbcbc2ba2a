/** Reads configuration as it is given on a command line: `key=value,key=value`. */
export function readConfig(text = ""): Record<string, string> {
  return Object.fromEntries(
    text
      .split(",")
      .filter((pair) => pair !== "")
      .map((pair): [string, string] => {
        const at = pair.indexOf("=");
        return [pair.slice(0, at), pair.slice(at + 1)];
      }),
  );
}
