import { shortName } from "./checkpoint.js";
import type { RecoveryPlan } from "./recover-stack.js";

/** What a recovery will do, as a person reads it before saying yes. */
export function describeRecovery({
  stack,
  locks,
  files,
  steps,
  seconds,
  strays,
  deletesSeconds,
}: RecoveryPlan): string {
  const rows = [
    ...locks.map(({ pid, hostname, username, timestamp }) => [
      "unlock",
      stack,
      `process ${pid}`,
      `${username}@${hostname} set the lock at ${timestamp} and has ended`,
    ]),
    ...files.map(({ file, to, because }) => [
      to === undefined ? "remove" : "restore",
      inStorage(to ?? file),
      "",
      because,
    ]),
    ...steps.map(({ action, resource, id, because }) => [action, shortName(resource), id ?? "", because]),
    ...seconds.map(({ type, id, name, of }) => [
      deletesSeconds ? "discard" : "second",
      shortName({ type, urn: of.urn }),
      id,
      deletesSeconds
        ? `${name}: recorded is ${of.id}; the next up deletes this one`
        : `${name}: recorded is ${of.id}; left alone, --delete-duplicates deletes it`,
    ]),
    ...strays.map(({ type, id, name, urn }) => [
      "stray",
      shortName({ type, urn: urn ?? `::${name}` }),
      id,
      "is this stack's and not recorded; left alone: delete it, or bring it in with pulumi import",
    ]),
  ];
  if (rows.length === 0) return `${stack}: nothing was interrupted, and all that is there is recorded.`;
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) => row.map((cell, column) => (column < 3 ? cell.padEnd(widths[column] ?? 0) : cell)).join("  "))
    .join("\n");
}

/** Path of a file from the folder of the backend on. */
function inStorage(file: string): string {
  return file.slice(file.lastIndexOf("/.pulumi/") + 1);
}
