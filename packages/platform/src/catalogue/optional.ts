import type { Component } from "../definition.js";
import { kinds } from "../kinds.js";
import { APPLICATIONS } from "./applications.js";
import { COZY_LIB, cozystackChart, cozystackValues } from "./charts.js";
import { linstor } from "./linstor.js";
import { KEYCLOAK, LINSTOR } from "./namespaces.js";
import { postgresOperator } from "./postgres-operator.js";

// Components that no preset has: rows of data, see system.ts.

/** GPUs for pods and virtual machines. */
export const gpuOperator: Component = {
  name: "gpu-operator",
  namespace: { name: "cozy-gpu-operator" },
  privileged: true,
  chart: cozystackChart("gpu-operator"),
  provides: [
    ...kinds("nfd.k8s-sigs.io", "NodeFeature", "NodeFeatureGroup", "NodeFeatureRule"),
    ...kinds("nvidia.com", "ClusterPolicy", "NVIDIADriver"),
    ...kinds("topology.node.k8s.io", "NodeResourceTopology"),
  ],
};

/** Shares of GPUs. */
export const hami: Component = {
  name: "hami",
  namespace: { name: "cozy-hami" },
  privileged: true,
  chart: cozystackChart("hami"),
  requires: [gpuOperator],
};

/** Who people are. */
export const keycloak: Component = {
  name: "keycloak",
  namespace: KEYCLOAK,
  chart: { ...cozystackChart("keycloak"), libraries: [COZY_LIB] },
  requires: ["storage", postgresOperator],
  values: (_, platform) => cozystackValues(platform),
};

/** The operator of Keycloak. */
export const keycloakOperator: Component = {
  name: "keycloak-operator",
  namespace: KEYCLOAK,
  chart: cozystackChart("keycloak-operator"),
  provides: kinds(
    "v1.edp.epam.com",
    "ClusterKeycloak",
    "ClusterKeycloakRealm",
    "Keycloak",
    "KeycloakAuthFlow",
    "KeycloakClient",
    "KeycloakClientScope",
    "KeycloakOrganization",
    "KeycloakRealm",
    "KeycloakRealmComponent",
    "KeycloakRealmGroup",
    "KeycloakRealmIdentityProvider",
    "KeycloakRealmRole",
    "KeycloakRealmRoleBatch",
    "KeycloakRealmUser",
  ),
  requires: [keycloak],
};

/** Names for Services and Ingresses. */
export const externalDns: Component = {
  name: "external-dns",
  namespace: { name: "cozy-external-dns" },
  chart: cozystackChart("external-dns"),
  provides: kinds("externaldns.k8s.io", "DNSEndpoint"),
};

/** Secrets from a vault. */
export const externalSecretsOperator: Component = {
  name: "external-secrets-operator",
  namespace: { name: "cozy-external-secrets-operator" },
  chart: cozystackChart("external-secrets-operator"),
  provides: [
    ...kinds(
      "external-secrets.io",
      "ClusterExternalSecret",
      "ClusterSecretStore",
      "ExternalSecret",
      "PushSecret",
      "SecretStore",
    ),
    ...kinds(
      "generators.external-secrets.io",
      "ACRAccessToken",
      "ECRAuthorizationToken",
      "Fake",
      "GCRAccessToken",
      "GithubAccessToken",
      "Password",
      "UUID",
      "VaultDynamicSecret",
      "Webhook",
    ),
  ],
};

/** Volumes on an NFS server. */
export const nfsDriver: Component = {
  name: "nfs-driver",
  namespace: { name: "cozy-nfs-driver" },
  privileged: true,
  chart: cozystackChart("nfs-driver"),
  provides: ["storage"],
};

/** Traffic between nodes, recorded. */
export const kuberture: Component = {
  name: "kuberture",
  namespace: { name: "cozy-kuberture" },
  chart: cozystackChart("kuberture"),
  requires: kinds("monitoring.coreos.com", "ServiceMonitor"),
};

/** A page for LINSTOR. */
export const linstorGui: Component = {
  name: "linstor-gui",
  namespace: LINSTOR,
  chart: cozystackChart("linstor-gui"),
  requires: [linstor],
  values: (_, platform) => cozystackValues(platform),
};

/** Load balancers of Hetzner. */
export const hetznerRobotlb: Component = {
  name: "hetzner-robotlb",
  releaseName: "robotlb",
  namespace: { name: "cozy-hetzner-robotlb" },
  chart: cozystackChart("hetzner-robotlb"),
};

/** A cloud controller without a cloud. */
export const localCcm: Component = {
  name: "local-ccm",
  namespace: { name: "cozy-local-ccm" },
  privileged: true,
  chart: cozystackChart("local-ccm"),
};

/** The platform's own names, from inside. */
export const ouroboros: Component = {
  name: "ouroboros",
  namespace: { name: "cozy-ouroboros" },
  chart: cozystackChart("ouroboros"),
  requires: [APPLICATIONS.ingress],
};
