import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { call } from "@plinth/clients";
import { messageOf } from "../../errors.js";
import { exists } from "../../files.js";
import type { Health, LabContext } from "../../part.js";
import { notRunning, untilWell } from "../../until-well.js";
import { type Applier, lackOf } from "../kubernetes/apply.js";
import { layout } from "../kubernetes/layout.js";
import { makeCertificate } from "../kubernetes/pki.js";
import { notReady } from "../kubernetes/ready.js";
import { type ApiServer, apiServer } from "../kubernetes/servers.js";
import { MANAGERS, type Manager, type ManagerPorts, processOf, rememberedPorts } from "./managers.js";
import { manifestsOf } from "./manifests.js";

/** What the lab applies for the managers as, and with what it finds that again. */
export const APPLIER: Applier = {
  manager: "plinth-lab-cluster-api",
  annotation: "lab.plinth.dev/cluster-api-digest",
};

/** Folder of the part: tokens, kubeconfigs and the certificate of the webhooks. */
export function folderOf(labDir: string): string {
  return join(labDir, "cluster-api");
}

/** Makes the certificate of the webhooks where it is missing. @returns the folder in which managers look for it */
export async function makeWebhookCertificate(labDir: string): Promise<string> {
  const folder = join(folderOf(labDir), "webhook");
  const pair = { key: join(folder, "tls.key"), cert: join(folder, "tls.crt") };
  if (await exists(pair.cert)) return folder;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await makeCertificate(pair, layout(labDir).ca, "/CN=plinth-lab-webhooks", [
    "subjectAltName=IP:127.0.0.1",
    "extendedKeyUsage=serverAuth",
  ]);
  return folder;
}

/** What the API server must hold for a manager. */
export function manifests(server: ApiServer, manager: Manager, ports: ManagerPorts) {
  return manifestsOf(manager.name, { url: urlOf(ports), ca: server.ca });
}

/** Waits until a manager and its webhooks answer. @throws LabError with the end of its log */
export async function untilReady(
  context: LabContext,
  server: ApiServer,
  manager: Manager,
  ports: ManagerPorts,
): Promise<void> {
  const name = processOf(manager);
  await untilWell(context, name, () => complaint(server, manager, ports), {
    what: `${name} to be ready (http://127.0.0.1:${ports.health}/readyz)`,
    seconds: 90,
  });
}

/** How the managers are, and whether the API server holds what it must for them. */
export async function healthOf(dir: string): Promise<Health> {
  const dead = await notRunning(dir, MANAGERS.map(processOf));
  if (dead !== undefined) return dead;
  const server = await apiServer(dir);
  if (server === undefined) return { state: "failing", reason: "the lab has no API server" };
  for (const manager of MANAGERS) {
    const ports = await rememberedPorts(dir, manager);
    if (ports === undefined) return { state: "failing", reason: `the ports of ${processOf(manager)} are forgotten` };
    const reason = await complaint(server, manager, ports);
    if (reason !== undefined) return { state: "failing", reason };
    const lack = await lackOf(server, await manifests(server, manager, ports), APPLIER);
    if (lack !== undefined) return { state: "failing", reason: lack };
  }
  return { state: "up" };
}

/** What is wrong with a manager; undefined when it and its webhooks answer. */
async function complaint(server: ApiServer, manager: Manager, ports: ManagerPorts): Promise<string | undefined> {
  const name = processOf(manager);
  const reason = await notReady(name, ports.health);
  if (reason !== undefined) return reason;
  try {
    // any answer will do: the certificate was verified before it
    await call({ url: urlOf(ports), ca: server.ca }, "/");
    return undefined;
  } catch (error) {
    return `the webhooks of ${name} do not answer: ${messageOf(error)}`;
  }
}

function urlOf({ webhook }: ManagerPorts): string {
  return `https://127.0.0.1:${webhook}`;
}
