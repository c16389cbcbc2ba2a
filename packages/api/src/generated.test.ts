import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

test("generated files are what the generator writes", () => {
  const script = fileURLToPath(new URL("../scripts/generate.mjs", import.meta.url));
  expect(execFileSync(process.execPath, [script, "--check"], { encoding: "utf8" })).toBe("");
});

test.each([
  ["deckhouse", ["module-config.yaml", "node_group.v1.yaml", "nodegroupconfiguration.yaml"]],
  [
    "cluster-api",
    [
      "bootstrap.cluster.x-k8s.io_kubeadmconfigtemplates.yaml",
      "cluster.x-k8s.io_clusters.yaml",
      "cluster.x-k8s.io_machinedeployments.yaml",
      "cluster.x-k8s.io_machinehealthchecks.yaml",
    ],
  ],
  [
    "cluster-api-provider-openstack",
    [
      "infrastructure.cluster.x-k8s.io_openstackclusteridentities.yaml",
      "infrastructure.cluster.x-k8s.io_openstackclusters.yaml",
      "infrastructure.cluster.x-k8s.io_openstackmachinetemplates.yaml",
    ],
  ],
  [
    "flux",
    [
      "helm.toolkit.fluxcd.io_helmreleases.yaml",
      "kustomize.toolkit.fluxcd.io_kustomizations.yaml",
      "source.extensions.fluxcd.io_artifactgenerators.yaml",
      "source.toolkit.fluxcd.io_helmrepositories.yaml",
      "source.toolkit.fluxcd.io_ocirepositories.yaml",
    ],
  ],
  [
    "metallb",
    ["bgpadvertisements", "bgppeers", "ipaddresspools", "l2advertisements"].map((kind) => `metallb.io_${kind}.yaml`),
  ],
  ["piraeus-operator", ["piraeus.io_linstorclusters.yaml", "piraeus.io_linstorsatelliteconfigurations.yaml"]],
  ["cert-manager", ["certificates", "clusterissuers", "issuers"].map((kind) => `cert-manager.io_${kind}.yaml`)],
  ["kubevirt", ["kubevirt.io_kubevirts.yaml"]],
  ["cdi", ["cdi.kubevirt.io_cdis.yaml"]],
  ["kube-ovn", ["provider-networks", "subnets", "vlans"].map((kind) => `kubeovn.io_${kind}.yaml`)],
])("copied CRDs of %s are the bytes that SOURCES.md names", (project, files) => {
  const folder = new URL(`../data/crds/${project}/`, import.meta.url);
  const rows = [
    ...readFileSync(new URL("SOURCES.md", folder), "utf8").matchAll(/^\| (\S+\.yaml) .* ([0-9a-f]{64}) \|$/gm),
  ];
  const sums = rows.map(([, file = ""]) =>
    createHash("sha256")
      .update(readFileSync(new URL(file, folder)))
      .digest("hex"),
  );
  expect(rows.map(([, file]) => file).sort()).toEqual(files);
  expect(sums).toEqual(rows.map(([, , sum]) => sum));
});
