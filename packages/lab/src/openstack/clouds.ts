import { readFile } from "node:fs/promises";
import { load } from "js-yaml";
import { LabError } from "../errors.js";

/** One cloud of a `clouds.yaml`: how to log in, and where. */
export interface Cloud {
  /** Its `auth` block: `auth_url`, and user, password and project, or an application credential. */
  readonly auth: Readonly<Record<string, string>>;
  /** @default - the first region of the catalogue */
  readonly region?: string;
}

/**
 * Reads one cloud of a `clouds.yaml`.
 *
 * @param text text of the file
 * @throws LabError when it is not there
 */
export function parseCloud(text: string, name: string): Cloud {
  const { clouds } = load(text) as { clouds?: Record<string, { auth: Record<string, string>; region_name?: string }> };
  const cloud = clouds?.[name];
  if (cloud === undefined) {
    throw new LabError(`There is no cloud "${name}", only ${Object.keys(clouds ?? {}).join(", ") || "none at all"}.`);
  }
  return { auth: cloud.auth, ...(cloud.region_name === undefined ? {} : { region: cloud.region_name }) };
}

/** Reads one cloud of the `clouds.yaml` at a path. */
export async function readCloud(path: string, name: string): Promise<Cloud> {
  return parseCloud(await readFile(path, "utf8"), name);
}

/** The `auth` of Keystone's token request for the `auth` block of a cloud. */
export function tokenRequest(auth: Cloud["auth"]): object {
  const identity = (kind: string) => named(auth, kind) ?? {};
  if (auth.application_credential_secret !== undefined) {
    const credential = {
      ...identity("application_credential"),
      ...(auth.application_credential_id === undefined ? { user: owned(auth, "user") } : {}),
      secret: auth.application_credential_secret,
    };
    return { identity: { methods: ["application_credential"], application_credential: credential } };
  }
  const user = { ...owned(auth, "user"), password: auth.password };
  return {
    identity: { methods: ["password"], password: { user } },
    ...(named(auth, "project") === undefined ? {} : { scope: { project: owned(auth, "project") } }),
  };
}

/** `{ id }` or `{ name }` of the user, project, … ; `username` is the odd one out. */
function named(auth: Cloud["auth"], kind: string): { id: string } | { name: string } | undefined {
  const id = auth[`${kind}_id`];
  if (id !== undefined) return { id };
  const name = auth[`${kind}_name`] ?? (kind === "user" ? auth.username : undefined);
  return name === undefined ? undefined : { name };
}

/** The same with its domain, which a name needs. */
function owned(auth: Cloud["auth"], kind: "user" | "project"): object {
  const self = named(auth, kind) ?? {};
  if ("id" in self) return self;
  return { ...self, domain: named(auth, `${kind}_domain`) ?? named(auth, "domain") ?? { id: "default" } };
}
