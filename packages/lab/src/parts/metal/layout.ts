import { join } from "node:path";
import { readIfThere, writeWhole } from "../../files.js";

/** Where the part keeps its files in the folder of a lab. */
export interface MetalLayout {
  readonly dir: string;
  /** One folder for each machine. */
  readonly machines: string;
  /** Number of the network of this lab. */
  readonly network: string;
  /** Layers of the roots, as they were at the last start. */
  readonly layers: string;
  /** Private key with which root logs in to the machines over SSH. */
  readonly sshKey: string;
}

export function metalLayout(labDir: string): MetalLayout {
  const dir = join(labDir, "metal");
  return {
    dir,
    machines: join(dir, "machines"),
    network: join(dir, "network.json"),
    layers: join(dir, "layers.json"),
    sshKey: join(dir, "ssh", "id_ed25519"),
  };
}

/** Reads a file of JSON; undefined when there is none. */
export async function readJson<T>(path: string): Promise<T | undefined> {
  const text = await readIfThere(path);
  return text === undefined ? undefined : (JSON.parse(text) as T);
}

export function writeJson(path: string, value: unknown): Promise<void> {
  return writeWhole(path, `${JSON.stringify(value, undefined, 2)}\n`);
}
