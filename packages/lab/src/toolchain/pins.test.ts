import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { groupFolder } from "./key.js";
import { TOOLS, type ToolPin } from "./pins.js";

const tools: readonly ToolPin[] = Object.values(TOOLS);
const file = (group: Parameters<typeof groupFolder>[0], name: string) =>
  readFile(join(groupFolder(group), name), "utf8");

it.each([
  ["kube", `k8s.io/kubernetes v${TOOLS.kubeApiserver.version}`],
  ["kube", `go.etcd.io/etcd/server/v3 v${TOOLS.etcd.version}`],
  ["kube", `sigs.k8s.io/kwok v${TOOLS.kwok.version}`],
  ["cluster-api", `sigs.k8s.io/cluster-api v${TOOLS.clusterApi.version}`],
  ["cluster-api", `sigs.k8s.io/cluster-api-provider-openstack v${TOOLS.clusterApiOpenstack.version}`],
  ["flux", `github.com/fluxcd/source-controller v${TOOLS.fluxSource.version}`],
  ["flux", `github.com/fluxcd/helm-controller v${TOOLS.fluxHelm.version}`],
  ["flux", `github.com/fluxcd/kustomize-controller v${TOOLS.fluxKustomize.version}`],
  ["registry", `github.com/distribution/distribution/v3 v${TOOLS.registry.version}`],
  ["pulumi", `github.com/pulumi/pulumi/pkg/v3 v${TOOLS.pulumi.version}`],
] as const)("go.mod of %s builds what is stamped: %s", async (group, line) => {
  expect(await file(group, "go.mod")).toContain(`${line}\n`);
});

it("what the API server holds for the controllers is of the versions that run", async () => {
  const sources = await readFile(new URL("../../data/SOURCES.md", import.meta.url), "utf8");
  expect(sources).toContain(`sigs.k8s.io/cluster-api@v${TOOLS.clusterApi.version} `);
  expect(sources).toContain(`sigs.k8s.io/cluster-api-provider-openstack@v${TOOLS.clusterApiOpenstack.version} `);
  expect(sources).toContain(
    `source-controller@v${TOOLS.fluxSource.version}, helm-controller@v${TOOLS.fluxHelm.version}`,
  );
  expect(sources).toContain(`kustomize-controller@v${TOOLS.fluxKustomize.version} `);
  expect(sources).toContain(`sigs.k8s.io/kwok@v${TOOLS.kwok.version} `);
});

it("the OpenStack provider says the version that it is installed as", async () => {
  const { version } = TOOLS.providerOpenstack;
  expect(await file("pulumi-openstack", "provider.go")).toContain(`Version = "${version}"`);
});

it("the providers are those that the npm packages ask for", async () => {
  const catalog = await readFile(new URL("../../../../pnpm-workspace.yaml", import.meta.url), "utf8");
  expect(catalog).toContain(`"@pulumi/kubernetes": ${TOOLS.providerKubernetes.version} `);
  expect(catalog).toContain(`"@pulumi/openstack": ${TOOLS.providerOpenstack.version} `);
});

const released = tools.flatMap(({ name, version, release }) =>
  release === undefined ? [] : [{ name, version, release }],
);

it("what its makers publish as container images only is built", () => {
  expect(tools.filter(({ release }) => release === undefined).map(({ name }) => name)).toEqual([
    "cluster-api-core",
    "cluster-api-bootstrap-kubeadm",
    "cluster-api-infrastructure-openstack",
    "kwok",
    "source-controller",
    "helm-controller",
    "kustomize-controller",
  ]);
});

describe.each(released)("$name", (tool) => {
  it("is downloaded and checked over TLS, at its version, for the platform", () => {
    const platform = { os: "linux", arch: "arm64" } as const;
    for (const url of [tool.release.url(platform), tool.release.checksums(platform)]) {
      expect(new URL(url).protocol).toBe("https:");
      expect(url).toContain(tool.version);
    }
    expect(tool.release.url(platform)).toContain("arm64");
  });
});
