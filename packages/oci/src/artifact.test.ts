import { expect, it } from "vitest";
import { chartArtifact, filesArtifact } from "./artifact.js";
import { digestOf } from "./digest.js";
import { tarball, untar } from "./tarball.js";

async function unpacked(bytes: Uint8Array): Promise<Record<string, string>> {
  return Object.fromEntries(Object.entries(await untar(bytes)).map(([path, content]) => [path, content.toString()]));
}

it("packs equal files into equal bytes, in whatever order they are given", async () => {
  const one = await tarball({ "a.yaml": "a", "b/c.yaml": "c" });
  const other = await tarball({ "b/c.yaml": "c", "a.yaml": "a" });
  expect(one.equals(other)).toBe(true);
  expect(await unpacked(one)).toEqual({ "a.yaml": "a", "b/c.yaml": "c" });
  expect(digestOf(await tarball({ "a.yaml": "b", "b/c.yaml": "c" }))).not.toBe(digestOf(one));
});

it("packs a chart below a folder of its name, with Chart.yaml", async () => {
  const chart = await chartArtifact({ apiVersion: "v2", name: "web", version: "1.0.0" }, { "templates/a.yaml": "x" });
  expect(await unpacked(chart.layers[0]?.bytes ?? new Uint8Array())).toEqual({
    "web/Chart.yaml": '{"apiVersion":"v2","name":"web","version":"1.0.0"}',
    "web/templates/a.yaml": "x",
  });
  expect(JSON.parse(Buffer.from(chart.config.bytes).toString())).toMatchObject({ name: "web" });
});

it("packs files as Flux reads them", async () => {
  const { layers, annotations } = await filesArtifact({ "a.yaml": "x" }, { source: "s", revision: "r" });
  expect(layers.map(({ mediaType }) => mediaType)).toEqual(["application/vnd.cncf.flux.content.v1.tar+gzip"]);
  expect(annotations).toEqual({ "org.opencontainers.image.source": "s", "org.opencontainers.image.revision": "r" });
});
