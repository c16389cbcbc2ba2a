import type { CidrText } from "@plinth/core";
import type { KubeadmCluster } from "@plinth/lab";
import { L3VPNNetwork } from "@plinth/network";
import { CloudProvider, HybridNodeGroup } from "@plinth/nodes";
import * as pulumi from "@pulumi/pulumi";

/** Name of the cluster, and of the namespace of its objects. */
export const CLUSTER = "racks";

/** Address of the L3VPN's router in the cloud's subnet. */
export const ROUTER = "192.168.210.252";

/** What the bootstrap provider gives a join token, without a flag that says otherwise. */
export const TOKEN_LIFETIME = "15m";

const PUBLIC_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMdNMRssur3CQz1xbjKPtZj3d6UEvKlpZpRPM9URZ8yj plinth-test";

type Fields = Record<string, unknown>;

/** A cluster on metal, and a group of one machine for it. @param metal range of the addresses of the metal */
export async function program(kubeadm: KubeadmCluster, metal: CidrText): Promise<void> {
  const network = new L3VPNNetwork("net", {
    cidr: "192.168.210.0/24",
    nextHop: ROUTER,
    sites: [{ name: "racks", cidrs: [metal] }],
  });
  const cloud = new CloudProvider("cloud", {
    network,
    engine: { type: "clusterApi", clusterName: CLUSTER, tokenLifetime: TOKEN_LIFETIME },
    cluster: {
      podCidr: "10.244.0.0/16",
      serviceCidr: "10.96.0.0/12",
      endpoint: kubeadm.endpoint,
      version: kubeadm.version,
      kubeconfig: pulumi.secret(kubeadm.kubeconfig),
      caCertificate: kubeadm.server.ca,
    },
    user: { password: pulumi.secret("not-a-secret") },
    keyPair: { publicKey: PUBLIC_KEY },
  });
  new HybridNodeGroup("burst", {
    cloud,
    machine: {
      cores: 1,
      memory: "1Gi",
      disk: "1Gi",
      image: { existing: true, name: "ubuntu-22-04-cloud-amd64" },
    },
    size: { replicas: 1 },
    zones: ["ru-3a"],
    labels: { "node-role.kubernetes.io/burst": "", team: "infra" },
    taints: [{ key: "dedicated", value: "burst", effect: "NoSchedule" }],
    edit: ({ type, value }) => (type.endsWith(":KubeadmConfigTemplate") ? onControlGroupsOfVersion1(value) : undefined),
  });
}

/** The lab's machines have control groups of version 1, which kubeadm takes for an error unless it is told not to look. */
function onControlGroupsOfVersion1(template: Fields): Fields {
  const { nodeRegistration } = (
    template as { spec: { template: { spec: { joinConfiguration: { nodeRegistration: Fields } } } } }
  ).spec.template.spec.joinConfiguration;
  nodeRegistration.ignorePreflightErrors = ["SystemVerification"];
  return template;
}
