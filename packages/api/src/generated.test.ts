import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

test("generated files are what the generator writes", { timeout: 30_000 }, () => {
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
