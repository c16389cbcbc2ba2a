import { delimiter } from "node:path";

/** Environment variables for a client. */
export type Variables = Readonly<Record<string, string>>;

/**
 * Environment variables of several parts in one. Each part's `PATH` is the user's with folders of its own before it: these
 * are put together, in the order of the parts.
 *
 * @param path the `PATH` that the parts began with
 */
export function mergeVariables(parts: readonly Variables[], path: string): Record<string, string> {
  const inherited = new Set(path.split(delimiter));
  const own = parts.flatMap((part) => (part.PATH ?? "").split(delimiter)).filter((folder) => folder !== "");
  const added = [...new Set(own)].filter((folder) => !inherited.has(folder));
  const merged: Record<string, string> = Object.assign({}, ...parts);
  if (added.length === 0) delete merged.PATH;
  else merged.PATH = [...added, path].join(delimiter);
  return merged;
}

/** Variables as lines for a POSIX shell: `export NAME='value'`. What `eval "$(plinth lab env)"` reads. */
export function shellExports(variables: Variables): string {
  const lines = Object.entries(variables).map(([name, value]) => `export ${name}='${value.replaceAll("'", `'\\''`)}'`);
  return lines.length === 0 ? "" : `${lines.join("\n")}\n`;
}
