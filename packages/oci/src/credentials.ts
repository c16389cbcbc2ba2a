import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";

/** Who logs in at a registry. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** Gives the credentials for a registry; undefined where one reads without. */
export type Keychain = (registry: string) => Promise<Credentials | undefined>;

interface DockerConfig {
  readonly auths?: Readonly<Record<string, { readonly auth?: string }>>;
}

/**
 * What `docker login`, `helm registry login` and others have written to `config.json`, in `DOCKER_CONFIG` or `~/.docker`.
 * Credential helpers are not asked.
 */
export async function dockerKeychain(registry: string): Promise<Credentials | undefined> {
  const folder = process.env.DOCKER_CONFIG ?? join(homedir(), ".docker");
  const text = await readFile(join(folder, "config.json"), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const { auths = {} } = JSON.parse(text) as DockerConfig;
  const auth = (auths[registry] ?? auths[`https://${registry}`])?.auth;
  if (auth === undefined) return undefined;
  const [username = "", ...rest] = Buffer.from(auth, "base64").toString().split(":");
  return { username, password: rest.join(":") };
}
