import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { PlinthError } from "@plinth/core";
import { type Cloud, readCloud, trustOf } from "./clouds.js";
import { CLIENTS } from "./rules.js";

/** An environment, `process.env` for short. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Settings of Pulumi's OpenStack provider, by their names there: `cloud`, `authUrl`, `userName`, … */
export type ProviderSettings = Readonly<Record<string, unknown>>;

/** Key of an `auth` block, the provider's setting, and the variables that stand in for it. */
const AUTH: readonly (readonly [key: string, setting: string, ...variables: string[]])[] = [
  ["auth_url", "authUrl", "OS_AUTH_URL"],
  ["username", "userName", "OS_USERNAME"],
  ["user_id", "userId", "OS_USER_ID"],
  ["password", "password", "OS_PASSWORD"],
  ["token", "token", "OS_TOKEN", "OS_AUTH_TOKEN"],
  ["project_name", "tenantName", "OS_PROJECT_NAME", "OS_TENANT_NAME"],
  ["project_id", "tenantId", "OS_PROJECT_ID", "OS_TENANT_ID"],
  ["user_domain_name", "userDomainName", "OS_USER_DOMAIN_NAME"],
  ["user_domain_id", "userDomainId", "OS_USER_DOMAIN_ID"],
  ["project_domain_name", "projectDomainName", "OS_PROJECT_DOMAIN_NAME"],
  ["project_domain_id", "projectDomainId", "OS_PROJECT_DOMAIN_ID"],
  ["domain_name", "domainName", "OS_DOMAIN_NAME"],
  ["domain_id", "domainId", "OS_DOMAIN_ID"],
  ["application_credential_id", "applicationCredentialId", "OS_APPLICATION_CREDENTIAL_ID"],
  ["application_credential_name", "applicationCredentialName", "OS_APPLICATION_CREDENTIAL_NAME"],
  ["application_credential_secret", "applicationCredentialSecret", "OS_APPLICATION_CREDENTIAL_SECRET"],
];

/**
 * The cloud that Pulumi's OpenStack provider would use: its own settings first, then a cloud of `clouds.yaml`, then the
 * variables `OS_*`. In a `clouds.yaml` variables change nothing, as OpenStack's own clients have it.
 *
 * @param cwd folder in which a `clouds.yaml` may lie
 * @throws PlinthError (PL1101) for a cloud that is not there, (PL1102) when nothing says where to log in, or as whom
 */
export async function findCloud(
  settings: ProviderSettings = {},
  env: Environment = process.env,
  cwd: string = process.cwd(),
): Promise<Cloud> {
  const name = text(settings.cloud) ?? env.OS_CLOUD;
  const named = name === undefined ? undefined : await readCloud(cloudsFile(name, env, cwd), name);
  const auth: Record<string, string> = { ...named?.auth };
  for (const [key, setting, ...variables] of AUTH) {
    const given = text(settings[setting]);
    const value = given ?? (named === undefined ? first(env, variables) : undefined);
    if (value !== undefined) auth[key] = value;
  }
  check(auth);
  const region = text(settings.region) ?? named?.region ?? env.OS_REGION_NAME;
  const insecure = text(settings.insecure) ?? env.OS_INSECURE;
  const trust = named?.trust ?? trustOf(text(settings.cacertFile) ?? env.OS_CACERT, insecure === "true");
  return { auth, ...(region === undefined ? {} : { region }), ...(trust === undefined ? {} : { trust }) };
}

function check(auth: Readonly<Record<string, string>>): void {
  const who = auth.password ?? auth.token ?? auth.application_credential_secret;
  if (auth.auth_url !== undefined && who !== undefined) return;
  throw new PlinthError(CLIENTS.credentials, {
    path: "openstack",
    property: auth.auth_url === undefined ? "auth_url" : "auth",
    message:
      auth.auth_url === undefined
        ? "Nothing says where the cloud's Keystone is"
        : `Nothing says as whom to log in to ${auth.auth_url}`,
    fix: "set OS_CLOUD to a cloud of your clouds.yaml, or the same OS_* variables as for pulumi up",
  });
}

/** @throws PlinthError (PL1101) when there is no file */
function cloudsFile(name: string, env: Environment, cwd: string): string {
  const home = env.HOME || homedir();
  const places = [
    ...(env.OS_CLIENT_CONFIG_FILE === undefined ? [] : [env.OS_CLIENT_CONFIG_FILE]),
    join(cwd, "clouds.yaml"),
    join(home, ".config", "openstack", "clouds.yaml"),
    "/etc/openstack/clouds.yaml",
  ];
  const found = places.find((place) => existsSync(place));
  if (found !== undefined) return found;
  throw new PlinthError(CLIENTS.cloud, {
    path: "clouds.yaml",
    value: name,
    message: `The cloud "${name}" is named, and there is no clouds.yaml in ${places.join(", ")}`,
    fix: "put the file there, or set OS_CLIENT_CONFIG_FILE to its path",
  });
}

function first(env: Environment, variables: readonly string[]): string | undefined {
  return variables.map((variable) => text(env[variable])).find((value) => value !== undefined);
}

function text(value: unknown): string | undefined {
  if (typeof value === "boolean") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}
