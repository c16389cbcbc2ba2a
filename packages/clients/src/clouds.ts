import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { PlinthError } from "@plinth/core";
import { load } from "js-yaml";
import type { Trust } from "./http.js";
import { CLIENTS } from "./rules.js";

/** One cloud of a `clouds.yaml`: how to log in, and where. */
export interface Cloud {
  /** Its `auth` block: `auth_url`, and user, password and project, or an application credential. */
  readonly auth: Readonly<Record<string, string>>;
  /** @default - the first region of the catalogue */
  readonly region?: string;
  /** How its servers are trusted. @default - by the public certificate authorities */
  readonly trust?: Trust;
}

/** One cloud as it stands in the file. */
interface CloudEntry {
  readonly auth: Record<string, string>;
  readonly region_name?: string;
  readonly cacert?: string;
  readonly verify?: boolean;
}

/**
 * Reads one cloud of a `clouds.yaml`.
 *
 * @param text text of the file
 * @param path where it lies
 * @throws PlinthError (PL1101) when it is not there
 */
export function parseCloud(text: string, name: string, path = "clouds.yaml"): Cloud {
  const { clouds } = load(text) as { clouds?: Record<string, CloudEntry> };
  const cloud = clouds?.[name];
  if (cloud === undefined) {
    const others = Object.keys(clouds ?? {}).join(", ") || "none at all";
    throw new PlinthError(CLIENTS.cloud, {
      path,
      property: "clouds",
      value: name,
      message: `There is no cloud "${name}", only ${others}`,
      fix: "name one that is there, as OS_CLOUD or in the provider's settings, or add it to the file",
    });
  }
  const trust = trustOf(cloud.cacert, cloud.verify === false);
  return {
    auth: cloud.auth,
    ...(cloud.region_name === undefined ? {} : { region: cloud.region_name }),
    ...(trust === undefined ? {} : { trust }),
  };
}

/** @param cacert path of a PEM file */
export function trustOf(cacert: string | undefined, insecure: boolean): Trust | undefined {
  if (cacert === undefined && !insecure) return undefined;
  return { ...(cacert === undefined ? {} : { ca: readFileSync(cacert, "utf8") }), ...(insecure ? { insecure } : {}) };
}

/** Reads one cloud of the `clouds.yaml` at a path. */
export async function readCloud(path: string, name: string): Promise<Cloud> {
  return parseCloud(await readFile(path, "utf8"), name, path);
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
    identity:
      auth.token === undefined
        ? { methods: ["password"], password: { user } }
        : { methods: ["token"], token: { id: auth.token } },
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
