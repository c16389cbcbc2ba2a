import { filesArtifact, Registry, untar } from "@plinth/oci";
import { expect, it } from "vitest";
import type { OciChart, Release } from "../release.js";
import { fetchChart, type OpenRegistry } from "./fetch-chart.js";
import { artefactName, inventory } from "./inventory.js";
import { mirroredImage, registryMirrors } from "./registry-mirrors.js";

const DIGEST = `sha256:${"a".repeat(64)}` as const;

const release = (name: string, chart: Release["chart"]): Release => ({
  ...{ path: `platform/${name}`, name, releaseName: name, namespace: name, privileged: false, chart, values: {} },
  ...{ valuesFrom: [], dependsOn: [], provides: [], uses: [], installsCrds: false, stateful: false },
  ...{ delivery: "flux", phase: "rest", level: 0 },
});

it("lists each artefact once, with who needs it, and a digest only where one is known", () => {
  const cilium = { source: "oci", url: "oci://ghcr.io/x/charts", chart: "cilium", version: "1.2.3" } as const;
  const metallb = {
    source: "helm",
    url: "https://metallb.example.com/charts/",
    chart: "metallb",
    version: "1.0",
  } as const;
  const artefacts = inventory(
    [release("metallb", { ...metallb, digest: DIGEST }), release("b", cilium), release("a", cilium)],
    [
      { image: "ghcr.io/siderolabs/installer:v1.13.9", neededBy: "platform" },
      { image: `quay.io/a/b:1@${DIGEST}`, neededBy: "platform/a" },
      { image: `quay.io/a/b:1@${DIGEST}`, neededBy: "platform/b" },
    ],
  );
  expect(artefacts.map((artefact) => [artefactName(artefact), artefact.digest, artefact.neededBy])).toEqual([
    ["https://metallb.example.com/charts/metallb:1.0", DIGEST, ["platform/metallb"]],
    ["oci://ghcr.io/x/charts/cilium:1.2.3", undefined, ["platform/b", "platform/a"]],
    ["ghcr.io/siderolabs/installer:v1.13.9", undefined, ["platform"]],
    [`quay.io/a/b:1@${DIGEST}`, DIGEST, ["platform/a", "platform/b"]],
  ]);
});

it("keeps images of different registries apart in the mirror, and tells nodes just that place", () => {
  const mirror = "oci://registry.example.com/plinth";
  const images = ["ghcr.io/siderolabs/installer:v1", "quay.io:8443/a/b:1", "ghcr.io/x/y:2"];
  expect(mirroredImage(mirror, "ghcr.io/siderolabs/installer:v1")).toBe(
    "registry.example.com/plinth/ghcr.io/siderolabs/installer:v1",
  );
  expect(registryMirrors(mirror, images)).toEqual([
    {
      registry: "ghcr.io",
      endpoints: ["https://registry.example.com/v2/plinth/ghcr.io"],
      overridePath: true,
      skipFallback: true,
    },
    {
      registry: "quay.io:8443",
      endpoints: ["https://registry.example.com/v2/plinth/quay.io-8443"],
      overridePath: true,
      skipFallback: true,
    },
  ]);
});

it("packs a chart that is cut out of an artefact with its libraries, where Flux puts them", async () => {
  const open = await registryOf({
    "system/db/Chart.yaml": "name: db\nversion: 1.0.0\n",
    "system/db/templates/a.yaml": "a: 1\n",
    "library/lib/Chart.yaml": "name: lib\nversion: 1.0.0\n",
    "library/lib/templates/_helpers.tpl": "b",
    "library/libother/Chart.yaml": "name: libother\nversion: 1.0.0\n",
    "system/dbother/Chart.yaml": "name: dbother\nversion: 1.0.0\n",
  });
  const chart: OciChart = {
    ...{ source: "oci", url: "oci://registry.example.com/packages", chart: "cozy-db", version: "1.6.2" },
    ...{ path: "/system/db/", libraries: ["/library/lib/"] },
  };
  const { packed, metadata } = await fetchChart(chart, open);
  expect(metadata).toMatchObject({ name: "db" });
  expect(Object.keys(await untar(packed)).sort()).toEqual([
    "cozy-db/Chart.yaml",
    "cozy-db/charts/lib/Chart.yaml",
    "cozy-db/charts/lib/templates/_helpers.tpl",
    "cozy-db/templates/a.yaml",
  ]);
  await expect(fetchChart({ ...chart, libraries: ["library/gone"] }, open)).rejects.toThrow(
    "oci://registry.example.com/packages:1.6.2 (/system/db/): its library library/gone is not in the artefact",
  );
});

/** A registry that answers everything with one artefact of files. */
async function registryOf(files: Readonly<Record<string, string>>): Promise<OpenRegistry> {
  const [layer] = (await filesArtifact(files, { source: "test", revision: "v1" })).layers;
  const { mediaType, bytes } = layer as { mediaType: string; bytes: Buffer };
  const manifest = Buffer.from(JSON.stringify({ layers: [{ mediaType, digest: DIGEST }] }));
  class Answering extends Registry {
    override manifest(): ReturnType<Registry["manifest"]> {
      return Promise.resolve({ bytes: manifest, mediaType: "", digest: DIGEST });
    }
    override blob(): Promise<Buffer> {
      return Promise.resolve(bytes);
    }
  }
  return (host) => new Answering(host);
}
