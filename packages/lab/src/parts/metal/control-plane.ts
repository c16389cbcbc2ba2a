import type { Endpoint } from "@plinth/clients";
import { call } from "@plinth/clients";
import { load } from "js-yaml";
import { LabError } from "../../errors.js";
import { TOOLS } from "../../toolchain/pins.js";
import { waitFor } from "../../wait.js";
import { ETCD_TAG, IMAGES } from "./kubernetes-layer.js";
import type { Machine } from "./machine.js";

const ADMIN = "/etc/kubernetes/admin.conf";

/** What a control plane is made with. */
export interface ControlPlaneOptions {
  /** @default "metal" */
  readonly clusterName?: string;
  /** @default "10.244.0.0/16" */
  readonly podCidr?: string;
  /** @default "10.96.0.0/12" */
  readonly serviceCidr?: string;
}

/** A Kubernetes made by kubeadm on a machine of the lab. */
export interface KubeadmCluster {
  /** Its API server, and its administrator's certificate. */
  readonly server: Endpoint;
  /** Kubeconfig of its administrator. */
  readonly kubeconfig: string;
  /** Where machines join it, for example `10.77.0.11:6443`. */
  readonly endpoint: `${string}:${number}`;
  /** For example `v1.36.3`. */
  readonly version: `v${number}.${number}.${number}`;
}

/**
 * Makes a machine the control plane of a new cluster, by `kubeadm init`; one that is one already is only waited for. Without
 * kube-proxy and CoreDNS.
 *
 * @throws LabError with the words of kubeadm
 */
export async function initControlPlane(
  machine: Machine,
  options: ControlPlaneOptions = {},
  signal?: AbortSignal,
): Promise<KubeadmCluster> {
  const isInitialised = (await machine.exec(`test -f ${ADMIN} && echo yes || true`)) !== "";
  if (!isInitialised) {
    await machine.exec(`ctr --namespace k8s.io images import ${IMAGES}/control-plane.tar`, { signal });
    const documents = settings(machine, options).map((document) => JSON.stringify(document));
    await machine.write("/root/kubeadm.yaml", documents.join("\n---\n"));
    await machine.exec("kubeadm init --config /root/kubeadm.yaml", { seconds: 300, signal });
  }
  const cluster = await clusterOf(machine);
  await waitFor(async () => (await call(cluster.server, "/readyz", { signal })).status === 200, {
    what: `the API server ${cluster.endpoint} to be ready`,
    seconds: 90,
    log: machine.log,
    signal,
  });
  return cluster;
}

async function clusterOf(machine: Machine): Promise<KubeadmCluster> {
  const kubeconfig = await machine.exec(`cat ${ADMIN}`);
  const { clusters, users } = load(kubeconfig) as {
    readonly clusters: readonly { readonly cluster: Readonly<Record<string, string>> }[];
    readonly users: readonly { readonly user: Readonly<Record<string, string>> }[];
  };
  const [cluster, user] = [clusters[0]?.cluster, users[0]?.user];
  if (cluster === undefined || user === undefined) throw new LabError(`${machine.name}:${ADMIN} names no cluster.`);
  const pem = (text: string | undefined): string => Buffer.from(text ?? "", "base64").toString();
  const url = cluster.server ?? "";
  return {
    kubeconfig,
    server: {
      url,
      ca: pem(cluster["certificate-authority-data"]),
      client: { cert: pem(user["client-certificate-data"]), key: pem(user["client-key-data"]) },
    },
    endpoint: new URL(url).host as KubeadmCluster["endpoint"],
    version: `v${TOOLS.kubeadm.version}` as KubeadmCluster["version"],
  };
}

/** Settings of kubeadm; those of kubelets are the whole cluster's, also of what joins later. */
function settings({ address }: Machine, options: ControlPlaneOptions): object[] {
  const kubeadm = "kubeadm.k8s.io/v1beta4";
  return [
    {
      apiVersion: kubeadm,
      kind: "InitConfiguration",
      localAPIEndpoint: { advertiseAddress: address, bindPort: 6443 },
      nodeRegistration: {
        criSocket: "unix:///run/containerd/containerd.sock",
        imagePullPolicy: "Never",
        // it wants control groups of version 2
        ignorePreflightErrors: ["SystemVerification"],
        kubeletExtraArgs: [{ name: "node-ip", value: address }],
      },
    },
    {
      apiVersion: kubeadm,
      kind: "ClusterConfiguration",
      kubernetesVersion: `v${TOOLS.kubeadm.version}`,
      clusterName: options.clusterName ?? "metal",
      controlPlaneEndpoint: `${address}:6443`,
      networking: {
        podSubnet: options.podCidr ?? "10.244.0.0/16",
        serviceSubnet: options.serviceCidr ?? "10.96.0.0/12",
      },
      etcd: { local: { dataDir: "/var/lib/etcd", imageTag: ETCD_TAG } },
      dns: { disabled: true },
      proxy: { disabled: true },
    },
    {
      apiVersion: "kubelet.config.k8s.io/v1beta1",
      kind: "KubeletConfiguration",
      // the driver `systemd` races with systemd itself in groups of version 1: it costs a quarter of a minute
      cgroupDriver: "cgroupfs",
      failCgroupV1: false,
      oomScoreAdj: 0,
    },
  ];
}
