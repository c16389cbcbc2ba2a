import { join } from "node:path";
import type { Daemon } from "../../processes.js";
import type { Layout } from "./layout.js";

/** Names of the three processes, in the order in which they start; they are stopped the other way round. */
export const NAMES = ["etcd", "kube-apiserver", "kube-controller-manager"] as const;

/** Name of one of the processes. */
export type Name = (typeof NAMES)[number];

/** Ports of a lab's control plane. */
export interface Ports {
  readonly etcd: number;
  /** Where members of etcd would meet; there is only one. */
  readonly peer: number;
  readonly apiserver: number;
  readonly controllerManager: number;
}

/** The three processes and their arguments. */
export function daemons(files: Layout, ports: Ports, programs: Readonly<Record<Name, string>>): Record<Name, Daemon> {
  return {
    etcd: { name: "etcd", command: programs.etcd, args: etcdFlags(files, ports) },
    "kube-apiserver": {
      name: "kube-apiserver",
      command: programs["kube-apiserver"],
      args: apiserverFlags(files, ports),
    },
    "kube-controller-manager": {
      name: "kube-controller-manager",
      command: programs["kube-controller-manager"],
      args: controllerManagerFlags(files, ports),
    },
  };
}

function etcdFlags(files: Layout, ports: Ports): string[] {
  const client = `https://127.0.0.1:${ports.etcd}`;
  const peer = `https://127.0.0.1:${ports.peer}`;
  const { server, ca } = files;
  return [
    ...["--name=lab", `--data-dir=${files.data}`],
    ...[`--listen-client-urls=${client}`, `--advertise-client-urls=${client}`],
    ...[`--listen-peer-urls=${peer}`, `--initial-advertise-peer-urls=${peer}`, `--initial-cluster=lab=${peer}`],
    // without client certificates anybody on this machine could read the Secrets
    ...["--client-cert-auth", `--trusted-ca-file=${ca.cert}`, `--cert-file=${server.cert}`, `--key-file=${server.key}`],
    ...["--peer-client-cert-auth", `--peer-trusted-ca-file=${ca.cert}`],
    ...[`--peer-cert-file=${server.cert}`, `--peer-key-file=${server.key}`],
    "--unsafe-no-fsync", // a lab may lose its data with the machine; it starts in half the time
    ...["--auto-compaction-mode=periodic", "--auto-compaction-retention=1h"],
    "--log-level=warn",
  ];
}

function apiserverFlags(files: Layout, ports: Ports): string[] {
  const { server, client, ca, serviceAccount } = files;
  return [
    ...[`--etcd-servers=https://127.0.0.1:${ports.etcd}`, `--etcd-cafile=${ca.cert}`],
    ...[`--etcd-certfile=${client.cert}`, `--etcd-keyfile=${client.key}`],
    ...["--bind-address=127.0.0.1", "--advertise-address=127.0.0.1", `--secure-port=${ports.apiserver}`],
    ...[`--tls-cert-file=${server.cert}`, `--tls-private-key-file=${server.key}`],
    `--token-auth-file=${files.tokens}`,
    "--authorization-mode=RBAC",
    ...["--service-account-issuer=https://kubernetes.default.svc.cluster.local"],
    ...[`--service-account-key-file=${serviceAccount.publicKey}`],
    ...[`--service-account-signing-key-file=${serviceAccount.key}`],
    "--service-cluster-ip-range=10.96.0.0/12",
    // the address of the only API server, a loopback one, would be refused as the endpoint of a Service
    "--endpoint-reconciler-type=none",
    "--profiling=false",
  ];
}

function controllerManagerFlags(files: Layout, ports: Ports): string[] {
  return [
    `--kubeconfig=${files.kubeconfig}`,
    ...["--bind-address=127.0.0.1", `--secure-port=${ports.controllerManager}`],
    ...[`--tls-cert-file=${files.server.cert}`, `--tls-private-key-file=${files.server.key}`],
    `--service-account-private-key-file=${files.serviceAccount.key}`,
    `--root-ca-file=${files.ca.cert}`,
    "--use-service-account-credentials=false",
    "--leader-elect=false",
    `--cert-dir=${join(files.dir, "controller-manager")}`,
    "--profiling=false",
  ];
}
