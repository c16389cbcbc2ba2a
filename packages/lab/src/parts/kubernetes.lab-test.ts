import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { call } from "@plinth/clients";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Lab, openLab } from "../lab.js";
import { isFree, knownPorts } from "../ports.js";
import { running } from "../processes.js";
import { run } from "../run.js";
import { testLabName } from "../test-support.js";
import { waitFor } from "../wait.js";
import { NAMES, type Name } from "./kubernetes/daemons.js";
import { apiServer } from "./kubernetes/servers.js";

const CRDS = fileURLToPath(new URL("../../../api/data/crds/deckhouse", import.meta.url));

const MODULE_CONFIG = {
  apiVersion: "deckhouse.io/v1alpha1",
  kind: "ModuleConfig",
  metadata: { name: "cni-cilium" },
  spec: { enabled: true, version: 1, settings: { tunnelMode: "VXLAN" } },
};

let lab: Lab;
const said: string[] = [];

function open(name: string): Lab {
  const report = ({ step }: { step: string }) => void said.push(step);
  return openLab({ name: testLabName(name), crds: [CRDS], report });
}

async function kubectl(args: readonly string[], input?: string): Promise<string> {
  const env = { ...process.env, ...(await lab.env()) };
  return run("kubectl", args, { env, seconds: 60, ...(input === undefined ? {} : { input }) });
}

const pids = async () => Promise.all(NAMES.map((name) => running(lab.dir, name)));
const pidOf = async (name: Name) => (await running(lab.dir, name)) as number;

beforeAll(async () => {
  lab = open("k8s");
  await lab.reset(); // what a run that was broken off has left
  expect(await lab.up(["kubernetes"])).toEqual([{ name: "kubernetes", outcome: "started", reasons: [] }]);
});

afterAll(async () => {
  await lab.reset();
});

it("is a real API server that kubectl verifies, with an administrator's token that nobody else may read", async () => {
  expect(await kubectl(["get", "--raw", "/readyz"])).toBe("ok");
  expect(JSON.parse(await kubectl(["version", "-o", "json"]))).toMatchObject({
    serverVersion: { gitVersion: "v1.36.3" },
  });
  const config = join(lab.dir, "kubernetes", "kubeconfig");
  expect(await readFile(config, "utf8")).not.toContain("insecure");
  for (const file of [config, join(lab.dir, "kubernetes/pki/tokens.csv"), join(lab.dir, "kubernetes/pki/ca.key")]) {
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  }
});

it("lets nobody in without the token, and nobody at etcd without a certificate", async () => {
  const server = await apiServer(lab.dir);
  if (server === undefined) throw new Error("no API server");
  const { url, ca } = server;
  expect((await call({ url, ca }, "/api/v1/secrets")).status).toBe(403);
  expect((await call({ url, ca, token: "wrong" }, "/api/v1/secrets")).status).toBe(401);
  const { etcd } = await knownPorts(lab.dir);
  await expect(call({ url: `https://127.0.0.1:${etcd}`, ca }, "/health")).rejects.toThrow();
});

it("serves the kinds of a Deckhouse cluster, with validation", async () => {
  await kubectl(["apply", "--server-side", "-f", "-"], JSON.stringify(MODULE_CONFIG));
  const back = JSON.parse(await kubectl(["get", "moduleconfig", "cni-cilium", "-o", "json"])) as typeof MODULE_CONFIG;
  expect(back.spec).toEqual(MODULE_CONFIG.spec);
  const wrong = { ...MODULE_CONFIG, spec: { enabled: "yes" } };
  await expect(kubectl(["apply", "--server-side", "-f", "-"], JSON.stringify(wrong))).rejects.toThrow("spec.enabled");
  await kubectl(["get", "nodegroups.deckhouse.io,openstackinstanceclasses.deckhouse.io"]);
});

it("has controllers: a namespace gets its service account, and goes with what is in it", async () => {
  await kubectl(["create", "namespace", "gone"]);
  await kubectl(["create", "configmap", "a", "-n", "gone"]);
  const account = () => kubectl(["get", "serviceaccount", "default", "-n", "gone", "-o", "name"]);
  expect(await waitFor(account, { what: "the service account", seconds: 30 })).toBe("serviceaccount/default\n");
  await kubectl(["delete", "namespace", "gone", "--timeout=60s"]);
  await expect(kubectl(["get", "namespace", "gone"])).rejects.toThrow("NotFound");
});

it("is left alone by a second up", async () => {
  const before = await pids();
  said.length = 0;
  expect(await lab.up(["kubernetes"])).toEqual([{ name: "kubernetes", outcome: "running", reasons: [] }]);
  expect(await pids()).toEqual(before);
  expect(said).toEqual([]);
});

it("heals when its API server was killed: only that is started again, at the same address, with the same data", async () => {
  const [etcd, , manager] = await pids();
  const before = await apiServer(lab.dir);
  const apiserver = await pidOf("kube-apiserver");
  process.kill(apiserver, "SIGKILL");
  const failing = async () => {
    const [, kubernetes] = await lab.status();
    // while it dies it breaks off connections first
    return kubernetes?.health.state === "failing" && kubernetes.health.reason.includes("kube-apiserver does not run");
  };
  await waitFor(failing, { what: "the death to be seen", seconds: 60 });
  expect(await lab.up(["kubernetes"])).toEqual([{ name: "kubernetes", outcome: "started", reasons: [] }]);
  expect(await apiServer(lab.dir)).toEqual(before);
  expect([await pidOf("etcd"), await pidOf("kube-controller-manager")]).toEqual([etcd, manager]);
  expect(await pidOf("kube-apiserver")).not.toBe(apiserver);
  expect(await kubectl(["get", "moduleconfig", "-o", "name"])).toBe("moduleconfig.deckhouse.io/cni-cilium\n");
});

it("heals when a CRD was deleted", async () => {
  await kubectl(["delete", "crd", "nodegroups.deckhouse.io", "--timeout=60s"]);
  expect((await lab.status())[1]?.health).toEqual({
    state: "failing",
    reason: "without the CRDs nodegroups.deckhouse.io",
  });
  await lab.up(["kubernetes"]);
  expect(await kubectl(["get", "crd", "nodegroups.deckhouse.io", "-o", "name"])).toContain("nodegroups");
});

it("runs beside a second lab, which is stopped again when it is broken off", async () => {
  const second = open("k8s-second");
  const abort = new AbortController();
  const up = second.up(["kubernetes"], { signal: abort.signal });
  const began = async () => (await running(second.dir, "kube-apiserver")) !== undefined;
  await waitFor(began, { what: "the second API server", seconds: 60 });
  const ports = Object.values(await knownPorts(second.dir));
  expect(ports.filter((port) => port === undefined)).toEqual([]);
  expect(Object.values(await knownPorts(lab.dir)).filter((port) => ports.includes(port))).toEqual([]);
  abort.abort();
  expect(await up).toEqual([{ name: "kubernetes", outcome: "stopped", reasons: ["broken off"] }]);
  expect(await second.processes()).toEqual([]);
  expect(await kubectl(["get", "--raw", "/readyz"])).toBe("ok");
  await second.reset();
});

it("leaves no process and no open port when it is stopped, and has its data when it is started again", async () => {
  const ports = Object.values(await knownPorts(lab.dir));
  expect(await lab.processes()).toHaveLength(3);
  await lab.down();
  expect(await lab.processes()).toEqual([]);
  expect(await Promise.all(ports.map(isFree))).toEqual([true, true, true, true]);
  expect(await readFile(join(lab.dir, "logs", "kube-apiserver.log"), "utf8")).not.toBe("");
  await lab.up(["kubernetes"]);
  expect(Object.values(await knownPorts(lab.dir))).toEqual(ports);
  expect(await kubectl(["get", "moduleconfig", "-o", "name"])).toBe("moduleconfig.deckhouse.io/cni-cilium\n");
});
