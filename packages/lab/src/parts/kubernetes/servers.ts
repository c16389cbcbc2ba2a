import { readFile } from "node:fs/promises";
import { call, type Endpoint } from "@plinth/clients";
import { LabError, messageOf } from "../../errors.js";
import { readIfThere } from "../../files.js";
import type { Health, LabContext } from "../../part.js";
import { portForStart } from "../../port-for-start.js";
import { knownPorts } from "../../ports.js";
import { notRunning, untilWell } from "../../until-well.js";
import { type CrdChoice, missingCrds } from "./crds.js";
import { NAMES, type Name, type Ports } from "./daemons.js";
import { type Layout, layout } from "./layout.js";
import { userToken } from "./pki.js";

/** Names under which the lab remembers the ports. */
const KEYS = {
  etcd: "etcd",
  peer: "etcd-peer",
  apiserver: "kube-apiserver",
  controllerManager: "kube-controller-manager",
} as const;

/** Where each server says that it is well. */
const HEALTH: Readonly<Record<Name, string>> = {
  etcd: "/health",
  "kube-apiserver": "/readyz",
  "kube-controller-manager": "/healthz",
};

/** How to come to an API server as a cluster administrator. */
export interface ApiServer extends Endpoint {
  readonly token: string;
}

/** The API server of a lab; undefined before its first start. */
export async function apiServer(labDir: string): Promise<ApiServer | undefined> {
  const files = layout(labDir);
  const ports = await rememberedPorts(labDir);
  const token = await userToken(files);
  const ca = await readIfThere(files.ca.cert);
  if (ports === undefined || token === undefined || ca === undefined) return undefined;
  return { url: `https://127.0.0.1:${ports.apiserver}`, ca, token };
}

/** The API server of a lab. @throws LabError before its first start */
export async function requireApiServer(labDir: string): Promise<ApiServer> {
  const server = await apiServer(labDir);
  if (server === undefined) throw new LabError("The lab has no API server.");
  return server;
}

/** The ports for a start: those of before, except where a stranger has taken one. */
export async function choosePorts(context: LabContext): Promise<Ports> {
  const choose = (name: Name, key: string) => portForStart(context, name, key);
  return {
    etcd: await choose("etcd", KEYS.etcd),
    peer: await choose("etcd", KEYS.peer),
    apiserver: await choose("kube-apiserver", KEYS.apiserver),
    controllerManager: await choose("kube-controller-manager", KEYS.controllerManager),
  };
}

/** Waits until one of the servers says that it is well. @throws LabError with the end of its log */
export async function untilServerWell(context: LabContext, ports: Ports, name: Name): Promise<void> {
  await untilWell(context, name, () => complaint(context.dir, ports, name), {
    what: `${name} to be well (${urlOf(ports, name)}${HEALTH[name]})`,
    seconds: 90,
  });
}

/** How the three servers are, and whether the API server has the CRDs that it shall have. */
export async function healthOf(dir: string, crds: readonly string[], choice: CrdChoice): Promise<Health> {
  const ports = await rememberedPorts(dir);
  if (ports === undefined) return { state: "down" };
  const dead = await notRunning(dir, NAMES);
  if (dead !== undefined) return dead;
  for (const name of NAMES) {
    const reason = await complaint(dir, ports, name);
    if (reason !== undefined) return { state: "failing", reason };
  }
  const server = await apiServer(dir);
  const absent = server === undefined ? [] : await missingCrds(server, crds, choice);
  return absent.length === 0 ? { state: "up" } : { state: "failing", reason: `without the CRDs ${absent.join(", ")}` };
}

/** What is wrong with a server; undefined when it is well. */
async function complaint(dir: string, ports: Ports, name: Name): Promise<string | undefined> {
  try {
    const { status, text } = await call(await endpointOf(dir, ports, name), HEALTH[name]);
    return status === 200 ? undefined : `${name} is not well (${status}): ${text.slice(0, 300)}`;
  } catch (error) {
    return `${name} does not answer: ${messageOf(error)}`;
  }
}

async function endpointOf(dir: string, ports: Ports, name: Name): Promise<Endpoint> {
  const files = layout(dir);
  const url = urlOf(ports, name);
  const ca = await readFile(files.ca.cert, "utf8");
  if (name === "etcd") return { url, ca, client: await clientOf(files) };
  if (name === "kube-controller-manager") return { url, ca };
  return requireApiServer(dir);
}

async function clientOf({ client }: Layout): Promise<{ cert: string; key: string }> {
  return { cert: await readFile(client.cert, "utf8"), key: await readFile(client.key, "utf8") };
}

function urlOf(ports: Ports, name: Name): string {
  const port = {
    etcd: ports.etcd,
    "kube-apiserver": ports.apiserver,
    "kube-controller-manager": ports.controllerManager,
  };
  return `https://127.0.0.1:${port[name]}`;
}

async function rememberedPorts(dir: string): Promise<Ports | undefined> {
  const known = await knownPorts(dir);
  const [etcd, peer] = [known[KEYS.etcd], known[KEYS.peer]];
  const [apiserver, controllerManager] = [known[KEYS.apiserver], known[KEYS.controllerManager]];
  if (etcd === undefined || peer === undefined || apiserver === undefined || controllerManager === undefined) {
    return undefined;
  }
  return { etcd, peer, apiserver, controllerManager };
}
