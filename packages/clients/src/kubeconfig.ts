import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { PlinthError } from "@plinth/core";
import { load } from "js-yaml";
import type { Environment } from "./find-cloud.js";
import type { Trust } from "./http.js";
import { CLIENTS } from "./rules.js";

/** A cluster, and who asks it. */
export interface ClusterAccess {
  /** URL of the API server. */
  readonly server: string;
  readonly trust: Trust;
  /** Value of the header `Authorization`. @default - the client certificate says who asks */
  readonly authorization?: string;
  /** Namespace of objects that name none. */
  readonly namespace: string;
}

/** Which cluster: settings of Pulumi's Kubernetes provider, by their names there. */
export interface ClusterSettings {
  /** Contents of a kubeconfig, or path of the file. @default - `KUBECONFIG`, or the one in the home folder */
  readonly kubeconfig?: string | undefined;
  /** @default - the current context */
  readonly context?: string | undefined;
  /** @default - the context's, or `default` */
  readonly namespace?: string | undefined;
}

type Fields = Readonly<Record<string, unknown>>;
interface Kubeconfig {
  readonly "current-context"?: string;
  readonly contexts?: readonly { readonly name: string; readonly context?: Fields }[];
  readonly clusters?: readonly { readonly name: string; readonly cluster?: Fields }[];
  readonly users?: readonly { readonly name: string; readonly user?: Fields }[];
}

/**
 * The cluster that Pulumi's Kubernetes provider would use, as kubeconfigs of any provider describe it: certificates, tokens,
 * passwords, or a program that gives them (`exec`).
 *
 * @throws PlinthError (PL1103) when there is no kubeconfig, or its context leads nowhere
 */
export async function clusterAccess(
  settings: ClusterSettings = {},
  env: Environment = process.env,
): Promise<ClusterAccess> {
  const { config, folder } = readConfig(settings.kubeconfig, env);
  const name = settings.context ?? config["current-context"] ?? "";
  const context = config.contexts?.find((each) => each.name === name)?.context;
  if (context === undefined) throw refused(`There is no context "${name}"`, "context", name);
  const cluster = config.clusters?.find((each) => each.name === context.cluster)?.cluster;
  if (typeof cluster?.server !== "string") throw refused(`There is no cluster "${context.cluster}"`, "clusters", name);
  const user = config.users?.find((each) => each.name === context.user)?.user ?? {};
  const pem = (fields: Fields, key: string): string | undefined => pemOf(fields, key, folder);
  const given = typeof user.exec === "object" && user.exec !== null ? await execCredential(user.exec, env) : user;
  const [ca, cert, key] = [
    pem(cluster, "certificate-authority"),
    pem(given, "client-certificate"),
    pem(given, "client-key"),
  ];
  const serverName = cluster["tls-server-name"];
  const authorization = authorizationOf(given, folder);
  return {
    server: cluster.server,
    namespace: settings.namespace ?? textOf(context.namespace) ?? "default",
    trust: {
      ...(ca === undefined ? {} : { ca }),
      ...(cert === undefined || key === undefined ? {} : { client: { cert, key } }),
      ...(cluster["insecure-skip-tls-verify"] === true ? { insecure: true } : {}),
      ...(typeof serverName === "string" ? { serverName } : {}),
    },
    ...(authorization === undefined ? {} : { authorization }),
  };
}

function readConfig(given: string | undefined, env: Environment): { config: Kubeconfig; folder: string } {
  // the contents, in YAML or JSON, and not a path
  if (given !== undefined && /^\s*\{|\n/.test(given))
    return { config: load(given) as Kubeconfig, folder: process.cwd() };
  const paths = given === undefined ? env.KUBECONFIG?.split(delimiter) : [given];
  const path = (paths ?? [join(env.HOME || homedir(), ".kube", "config")]).find((each) => existsSync(each));
  if (path === undefined) throw refused("There is no kubeconfig", "kubeconfig", given ?? env.KUBECONFIG);
  return { config: load(readFileSync(path, "utf8")) as Kubeconfig, folder: dirname(path) };
}

/** A PEM that stands in the file (in base64), or in a file beside it. */
function pemOf(fields: Fields, key: string, folder: string): string | undefined {
  const data = textOf(fields[`${key}-data`]);
  if (data !== undefined) return Buffer.from(data, "base64").toString();
  const path = textOf(fields[key]);
  return path === undefined ? undefined : readFileSync(resolve(folder, path), "utf8");
}

function authorizationOf(user: Fields, folder: string): string | undefined {
  const file = textOf(user.tokenFile);
  const token = textOf(user.token) ?? (file && readFileSync(resolve(folder, file), "utf8").trim());
  if (token) return `Bearer ${token}`;
  if (typeof user.username !== "string") return undefined;
  return `Basic ${Buffer.from(`${user.username}:${textOf(user.password) ?? ""}`).toString("base64")}`;
}

/** What a credential plug-in gives. Source: kubernetes/client-go:pkg/apis/clientauthentication/v1/types.go. */
async function execCredential(exec: object, env: Environment): Promise<Fields> {
  const {
    command,
    args,
    env: more,
    apiVersion,
  } = exec as {
    readonly command: string;
    readonly args?: readonly string[];
    readonly env?: readonly { readonly name: string; readonly value: string }[];
    readonly apiVersion: string;
  };
  const variables = Object.fromEntries((more ?? []).map(({ name, value }) => [name, value]));
  const info = JSON.stringify({ apiVersion, kind: "ExecCredential", spec: { interactive: false } });
  const { stdout } = await promisify(execFile)(command, [...(args ?? [])], {
    env: { ...env, ...variables, KUBERNETES_EXEC_INFO: info },
  });
  const { status = {} } = JSON.parse(stdout) as { readonly status?: Readonly<Record<string, string | undefined>> };
  const encoded = (pem: string | undefined): string | undefined => pem && Buffer.from(pem).toString("base64");
  return {
    token: status.token,
    "client-certificate-data": encoded(status.clientCertificateData),
    "client-key-data": encoded(status.clientKeyData),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function refused(message: string, property: string, value: string | undefined): PlinthError {
  return new PlinthError(CLIENTS.cluster, {
    path: "kubernetes",
    property,
    // a kubeconfig itself is a secret
    ...(value === undefined || value.length > 200 ? {} : { value }),
    message,
    fix: "set KUBECONFIG to the file that pulumi up uses",
  });
}
