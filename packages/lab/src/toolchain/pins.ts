import { CATALOGUE } from "@plinth/core";
import type { Platform } from "./platform.js";

/** A Go module of our own under `toolchain/`: what is built together, with one go.mod and one go.sum. */
export type Group =
  | "cluster-api"
  | "flux"
  | "kube"
  | "language-nodejs"
  | "pulumi"
  | "pulumi-kubernetes"
  | "pulumi-openstack"
  | "registry";

/** A program, and how it is built where no release can be downloaded. */
export interface BinaryPin {
  /** File name. */
  readonly name: string;
  readonly group: Group;
  /** Go package of its `main`. */
  readonly package: string;
  /** Values stamped into it: variable to text. */
  readonly stamps?: Readonly<Record<string, string>>;
  /** Generated files of a module that our `main` embeds: copied beside it before the build. */
  readonly embeds?: { readonly module: string; readonly folder: string; readonly files: readonly string[] };
  /** Seconds that its build took on two cores beside another build, from nothing: good for an estimate only. */
  readonly seconds: number;
}

/** Where the makers publish a tool. */
export interface ReleasePin {
  /** A binary, or a tar.gz that holds the binaries somewhere. */
  readonly url: (platform: Platform) => string;
  /** List of checksums, or one checksum alone, published beside it. */
  readonly checksums: (platform: Platform) => string;
}

/** What one acquires: one or more programs of one release that belong in one folder. */
export interface ToolPin {
  readonly name: string;
  readonly version: string;
  readonly binaries: readonly BinaryPin[];
  /** @default - its makers publish no program with a checksum beside it: it is always built */
  readonly release?: ReleasePin;
  /** When one that is installed already is as good. @default - never: only exactly this version will do */
  readonly installed?: {
    /** Prints its version. */
    readonly args: readonly string[];
    /** First version that is good, and first that is not any more. */
    readonly from: string;
    readonly before: string;
  };
}

/** Version of Go that builds them, or newer. */
export const GO = "1.26";

const KUBERNETES = CATALOGUE.kubernetes;
const ETCD = "3.6.14";
const PULUMI = "3.259.0";
const PROVIDER_KUBERNETES = CATALOGUE.providers.kubernetes;
const PROVIDER_OPENSTACK = CATALOGUE.providers.openstack;
const CLUSTER_API = "1.12.10";
const REGISTRY = "3.1.1";

const [MAJOR, MINOR] = KUBERNETES.split(".").map(Number) as [number, number];

/** Unstamped, the provider of Pulumi waits minutes for what this version of Kubernetes does not do any more. */
const KUBERNETES_STAMPS = {
  "k8s.io/component-base/version.gitVersion": `v${KUBERNETES}`,
  "k8s.io/component-base/version.gitMajor": String(MAJOR),
  "k8s.io/component-base/version.gitMinor": String(MINOR),
  "k8s.io/component-base/version.gitTreeState": "clean",
};

/** All that the lab acquires, each at one version. */
export const TOOLS = {
  etcd: {
    name: "etcd",
    version: ETCD,
    binaries: [
      { name: "etcd", group: "kube", package: "go.etcd.io/etcd/server/v3", stamps: KUBERNETES_STAMPS, seconds: 40 },
    ],
    release: {
      url: ({ os, arch }) =>
        `https://github.com/etcd-io/etcd/releases/download/v${ETCD}/etcd-v${ETCD}-${os}-${arch}.tar.gz`,
      checksums: () => `https://github.com/etcd-io/etcd/releases/download/v${ETCD}/SHA256SUMS`,
    },
  },
  kubeApiserver: kubernetes("kube-apiserver", 415),
  kubeControllerManager: kubernetes("kube-controller-manager", 100),
  kubectl: {
    ...kubernetes("kubectl", 40),
    // Kubernetes supports a kubectl one minor version older or newer than the API server
    installed: { args: ["version", "--client"], from: `${MAJOR}.${MINOR - 1}`, before: `${MAJOR}.${MINOR + 2}` },
  },
  pulumi: {
    name: "pulumi",
    version: PULUMI,
    binaries: [
      {
        name: "pulumi",
        group: "pulumi",
        package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
        // unstamped, the Automation API refuses it
        stamps: { "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version": `v${PULUMI}` },
        seconds: 290,
      },
      // older than the engine: the newest whose `main` lies in a tagged module
      {
        name: "pulumi-language-nodejs",
        group: "language-nodejs",
        package: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
        seconds: 30,
      },
    ],
    release: {
      url: ({ os, arch }) =>
        `https://github.com/pulumi/pulumi/releases/download/v${PULUMI}/pulumi-v${PULUMI}-${os}-${arch === "amd64" ? "x64" : arch}.tar.gz`,
      checksums: () => `https://github.com/pulumi/pulumi/releases/download/v${PULUMI}/pulumi-${PULUMI}-checksums.txt`,
    },
    installed: { args: ["version"], from: "3.248.0", before: "4.0.0" },
  },
  providerKubernetes: provider("kubernetes", PROVIDER_KUBERNETES, {
    group: "pulumi-kubernetes",
    package: ".",
    stamps: { "github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/version.Version": PROVIDER_KUBERNETES },
    embeds: {
      module: "github.com/pulumi/pulumi-kubernetes/provider/v4",
      folder: "cmd/pulumi-resource-kubernetes",
      files: ["schema.json", "terraform-mapping.json"],
    },
    seconds: 890,
  }),
  providerOpenstack: provider("openstack", PROVIDER_OPENSTACK, {
    group: "pulumi-openstack",
    package: "./cmd/pulumi-resource-openstack",
    seconds: 60,
  }),
  // published as container images only
  clusterApi: builtOnly("cluster-api-core", CLUSTER_API, {
    group: "cluster-api",
    package: "sigs.k8s.io/cluster-api",
    seconds: 285,
  }),
  clusterApiKubeadm: builtOnly("cluster-api-bootstrap-kubeadm", CLUSTER_API, {
    group: "cluster-api",
    package: "sigs.k8s.io/cluster-api/bootstrap/kubeadm",
    seconds: 15,
  }),
  clusterApiOpenstack: builtOnly("cluster-api-infrastructure-openstack", "0.14.7", {
    group: "cluster-api",
    package: "sigs.k8s.io/cluster-api-provider-openstack",
    seconds: 15,
  }),
  kwok: builtOnly("kwok", "0.8.0", { group: "kube", package: "sigs.k8s.io/kwok/cmd/kwok", seconds: 15 }),
  // published as container images only
  fluxSource: builtOnly("source-controller", "1.9.1", {
    group: "flux",
    package: "github.com/fluxcd/source-controller",
    seconds: 175,
  }),
  fluxHelm: builtOnly("helm-controller", "1.6.3", {
    group: "flux",
    package: "github.com/fluxcd/helm-controller",
    seconds: 60,
  }),
  fluxKustomize: builtOnly("kustomize-controller", "1.9.4", {
    group: "flux",
    package: "github.com/fluxcd/kustomize-controller",
    seconds: 40,
  }),
  registry: {
    name: "registry",
    version: REGISTRY,
    binaries: [{ name: "registry", group: "registry", package: ".", seconds: 60 }],
    release: {
      url: ({ os, arch }) =>
        `https://github.com/distribution/distribution/releases/download/v${REGISTRY}/registry_${REGISTRY}_${os}_${arch}.tar.gz`,
      checksums: ({ os, arch }) =>
        `https://github.com/distribution/distribution/releases/download/v${REGISTRY}/registry_${REGISTRY}_${os}_${arch}.tar.gz.sha256`,
    },
  },
  kubeScheduler: kubernetes("kube-scheduler", 15),
  kubeadm: kubernetes("kubeadm", 30),
  kubelet: kubernetes("kubelet", 40),
} as const satisfies Record<string, ToolPin>;

function kubernetes(name: string, seconds: number): ToolPin {
  const url = ({ os, arch }: Platform) => `https://dl.k8s.io/release/v${KUBERNETES}/bin/${os}/${arch}/${name}`;
  return {
    name,
    version: KUBERNETES,
    binaries: [{ name, group: "kube", package: `k8s.io/kubernetes/cmd/${name}`, stamps: KUBERNETES_STAMPS, seconds }],
    release: { url, checksums: (platform) => `${url(platform)}.sha256` },
  };
}

function builtOnly(name: string, version: string, build: Omit<BinaryPin, "name">): ToolPin {
  return { name, version, binaries: [{ name, ...build }] };
}

function provider(name: string, version: string, build: Omit<BinaryPin, "name">): ToolPin {
  const release = `https://github.com/pulumi/pulumi-${name}/releases/download/v${version}`;
  return {
    name: `pulumi-resource-${name}`,
    version,
    binaries: [{ name: `pulumi-resource-${name}`, ...build }],
    release: {
      url: ({ os, arch }) => `${release}/pulumi-resource-${name}-v${version}-${os}-${arch}.tar.gz`,
      checksums: () => `${release}/pulumi-${name}_${version}_checksums.txt`,
    },
  };
}
