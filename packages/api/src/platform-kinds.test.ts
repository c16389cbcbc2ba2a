import { Chart, Testing } from "cdk8s";
import { describe, expect, test } from "vitest";
import { CDI } from "./cdi.js";
import { Certificate, ClusterIssuer, Issuer } from "./cert-manager.js";
import { ArtifactGenerator, HelmRelease, HelmRepository, Kustomization, OCIRepository } from "./flux.js";
import { ProviderNetwork, Subnet, Vlan } from "./kube-ovn.js";
import { KubeVirt } from "./kubevirt.js";
import { BGPAdvertisement, BGPPeer, IPAddressPool, L2Advertisement } from "./metallb.js";
import { LinstorCluster, LinstorSatelliteConfiguration } from "./piraeus.js";
import { crdFiles, validateObject } from "./testing.js";

const chart = (): Chart => new Chart(Testing.app(), "c");
const metadata = { name: "one", namespace: "platform" };
const unscoped = { name: "one" };
const issuer = { selfSigned: {} };

describe("each kind of the platform has the version that its controllers serve, and is taken", () => {
  test.each([
    [
      new HelmRelease(chart(), "o", {
        metadata,
        spec: {
          interval: "5m",
          chart: { spec: { chart: "metallb", sourceRef: { kind: "HelmRepository", name: "metallb" } } },
          install: { strategy: { name: "RetryOnFailure", retryInterval: "30s" } },
        },
      }),
      "helm.toolkit.fluxcd.io/v2",
    ],
    [
      new HelmRepository(chart(), "o", { metadata, spec: { url: "https://charts.example.org" } }),
      "source.toolkit.fluxcd.io/v1",
    ],
    [
      new OCIRepository(chart(), "o", { metadata, spec: { interval: "5m", url: "oci://registry.example.org/a" } }),
      "source.toolkit.fluxcd.io/v1",
    ],
    [
      new Kustomization(chart(), "o", {
        metadata,
        spec: { interval: "5m", prune: true, sourceRef: { kind: "OCIRepository", name: "bundle" } },
      }),
      "kustomize.toolkit.fluxcd.io/v1",
    ],
    [
      new ArtifactGenerator(chart(), "o", {
        metadata,
        spec: {
          sources: [{ alias: "packages", kind: "OCIRepository", name: "packages" }],
          artifacts: [{ name: "a", copy: [{ from: "@packages/a/**", to: "@artifact/" }] }],
        },
      }),
      "source.extensions.fluxcd.io/v1beta1",
    ],
    [new IPAddressPool(chart(), "o", { metadata, spec: { addresses: ["10.0.0.0/24"] } }), "metallb.io/v1beta1"],
    [new L2Advertisement(chart(), "o", { metadata, spec: { ipAddressPools: ["one"] } }), "metallb.io/v1beta1"],
    [new BGPAdvertisement(chart(), "o", { metadata, spec: { ipAddressPools: ["one"] } }), "metallb.io/v1beta1"],
    [
      new BGPPeer(chart(), "o", { metadata, spec: { myASN: 64512, peerASN: 64513, peerAddress: "10.0.0.1" } }),
      "metallb.io/v1beta2",
    ],
    [new LinstorCluster(chart(), "o", { metadata: unscoped, spec: {} }), "piraeus.io/v1"],
    [
      new LinstorSatelliteConfiguration(chart(), "o", {
        metadata: unscoped,
        spec: { storagePools: [{ name: "data", lvmThinPool: { volumeGroup: "vg", thinPool: "thin" } }] },
      }),
      "piraeus.io/v1",
    ],
    [new ClusterIssuer(chart(), "o", { metadata: unscoped, spec: issuer }), "cert-manager.io/v1"],
    [new Issuer(chart(), "o", { metadata, spec: issuer }), "cert-manager.io/v1"],
    [
      new Certificate(chart(), "o", {
        metadata,
        spec: { secretName: "tls", dnsNames: ["a.example.org"], issuerRef: { name: "one" } },
      }),
      "cert-manager.io/v1",
    ],
    [
      new KubeVirt(chart(), "o", {
        metadata,
        spec: { configuration: { developerConfiguration: { featureGates: ["HostDevices"] } } },
      }),
      "kubevirt.io/v1",
    ],
    [new CDI(chart(), "o", { metadata: unscoped, spec: {} }), "cdi.kubevirt.io/v1beta1"],
    [new ProviderNetwork(chart(), "o", { metadata: unscoped, spec: { defaultInterface: "bond0" } }), "kubeovn.io/v1"],
    [new Vlan(chart(), "o", { metadata: unscoped, spec: { id: 100, provider: "one" } }), "kubeovn.io/v1"],
    [new Subnet(chart(), "o", { metadata: unscoped, spec: { cidrBlock: "10.0.0.0/24" } }), "kubeovn.io/v1"],
  ])("$kind", (object, apiVersion) => {
    const json: unknown = object.toJson();
    expect(json).toMatchObject({ apiVersion, kind: object.kind });
    expect(validateObject(json)).toEqual([]);
  });
});

test("a definition can be asked for by its project; without one those that nobody brings", () => {
  expect(crdFiles(["metallb", "cdi"]).map((file) => file.split(/[\\/]/).at(-1))).toEqual([
    "cdi.kubevirt.io_cdis.yaml",
    "metallb.io_bgpadvertisements.yaml",
    "metallb.io_bgppeers.yaml",
    "metallb.io_ipaddresspools.yaml",
    "metallb.io_l2advertisements.yaml",
  ]);
  expect(() => crdFiles(["metalb"])).toThrow("metalb");
});
