import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { openLab } from "@plinth/lab";
import { chartArtifact, digestOf, filesArtifact, pushArtifact, Registry, untar } from "@plinth/oci";
import {
  type Artefact,
  artefactName,
  copyToMirror,
  fetchChart,
  type MirrorProgress,
  resolveDigest,
} from "@plinth/platform/mirror";
import { afterAll, beforeAll, expect, it } from "vitest";
import { TEST_LAB } from "../support/test-lab.js";

const lab = openLab({ name: `${TEST_LAB}-mirror` });

let host: string;
let repository: Server;
let artefacts: Artefact[];
const open = (name: string) => new Registry(name, { insecure: true });
const files = { "templates/a.yaml": "x", "values.yaml": "{}" };

/** A chart as a Helm repository serves it. */
const packed = (await chartArtifact({ apiVersion: "v2", name: "classic", version: "v2.0.0" }, files)).layers[0]
  ?.bytes as Buffer;
let served = packed;

beforeAll(async () => {
  await lab.reset(); // what a run that was broken off has left
  await lab.up(["registry"]);
  host = (await lab.env()).PLINTH_LAB_REGISTRY as string;
  const source = open(host);
  const about = { source: "lab", revision: "v1@sha1:0000000000000000000000000000000000000000" };
  const image = { config: { mediaType: "application/vnd.oci.image.config.v1+json", bytes: Buffer.from("{}") } };
  for (const name of ["web", "hidden"]) {
    const layer = { mediaType: "application/vnd.oci.image.layer.v1.tar", bytes: Buffer.from(name) };
    await pushArtifact(source, `source/images/${name}`, "1.0", { ...image, layers: [layer], annotations: {} });
  }
  const says = `- name: hidden\n  image: ${host}/source/images/hidden:1.0\n`;
  const metadata = { apiVersion: "v2", name: "web", version: "1.0.0+a" } as const;
  const annotated = await chartArtifact({ ...metadata, annotations: { "artifacthub.io/images": says } }, files);
  await pushArtifact(source, "source/charts/web", "1.0.0_a", annotated);
  const many = await filesArtifact(
    {
      "core/dns/Chart.yaml": "name: dns\nversion: 3.0.0\napiVersion: v2\n",
      "core/dns/values.yaml": "a: 1\n",
      "core/proxy/Chart.yaml": "name: proxy\nversion: 3.0.0\napiVersion: v2\n",
    },
    about,
  );
  await pushArtifact(source, "source/packages", "v1.6.2", many);

  repository = createServer((request, response) => {
    if (request.url === "/charts/classic-2.0.0.tgz") return void response.end(served);
    const entry = { version: "v2.0.0", digest: digestOf(packed).slice("sha256:".length), urls: ["classic-2.0.0.tgz"] };
    return void response.end(JSON.stringify({ apiVersion: "v1", entries: { classic: [entry] } }));
  }).listen(0, "127.0.0.1");
  await once(repository, "listening");
  const url = `http://127.0.0.1:${(repository.address() as AddressInfo).port}/charts` as const;
  const neededBy = ["platform/a"];
  artefacts = [
    {
      type: "chart",
      neededBy,
      chart: { source: "oci", url: `oci://${host}/source/charts`, chart: "web", version: "1.0.0+a" },
    },
    {
      type: "chart",
      neededBy,
      chart: { source: "oci", url: `oci://${host}/source/packages`, path: "core/dns", chart: "dns", version: "v1.6.2" },
    },
    { type: "chart", neededBy, chart: { source: "helm", url, chart: "classic", version: "2.0.0" } },
    { type: "image", neededBy, image: `${host}/source/images/web:1.0` },
  ];
});

afterAll(async () => {
  repository.close();
  await lab.reset();
});

it("says the digest of everything, also of what is in a Helm repository", async () => {
  const digests = await Promise.all(artefacts.map((artefact) => resolveDigest(artefact, open)));
  const source = open(host);
  expect(digests).toEqual([
    await source.resolve("source/charts/web", "1.0.0_a"),
    await source.resolve("source/packages", "v1.6.2"),
    digestOf(packed),
    await source.resolve("source/images/web", "1.0"),
  ]);
  expect(digests.every((digest) => digest?.startsWith("sha256:"))).toBe(true);
});

it("copies charts of every source and images, with those that a chart says it runs, and shows how far it is", async () => {
  const seen: MirrorProgress[] = [];
  const mirror = `oci://${host}/mirror`;
  const copied = await copyToMirror(artefacts, mirror, open, (progress) => seen.push(progress));
  const folder = `mirror/${host.replace(":", "-")}`;
  expect(copied.map(({ artefact, at }) => [artefactName(artefact).replace(/.*\//, ""), at.replace(/@.*/, "")])).toEqual(
    [
      ["web:1.0.0+a", `${host}/mirror/web:1.0.0_a`],
      ["packages:v1.6.2 (core/dns)".replace(/.*\//, ""), `${host}/mirror/dns:v1.6.2`],
      ["classic:2.0.0", `${host}/mirror/classic:2.0.0`],
      ["web:1.0", `${host}/${folder}/source/images/web`],
      ["hidden:1.0", `${host}/${folder}/source/images/hidden`],
    ],
  );
  const registry = open(host);
  for (const name of ["web", "hidden"]) {
    const original = await registry.resolve(`source/images/${name}`, "1.0");
    expect(await registry.resolve(`${folder}/source/images/${name}`, "1.0")).toBe(original);
  }
  expect(seen.at(-1)).toMatchObject({ done: 4, total: 5, fraction: 1 });
  expect(await registry.resolve("mirror/web", "1.0.0_a")).toBe(await registry.resolve("source/charts/web", "1.0.0_a"));
  const chart = await fetchChart({ source: "oci", url: `oci://${host}/mirror`, chart: "dns", version: "v1.6.2" }, open);
  expect(Object.keys(await untar(chart.packed)).sort()).toEqual(["dns/Chart.yaml", "dns/values.yaml"]);
  expect(await copyToMirror(artefacts, mirror, open)).toEqual(copied);
});

it("fetches the content of a chart or an image from its registry once, and not at all when it is there whole", async () => {
  const fetched: string[] = [];
  class Counting extends Registry {
    override blob(repository: string, digest: string): Promise<Buffer> {
      if (repository.startsWith("source/")) fetched.push(`${repository}@${digest}`);
      return super.blob(repository, digest);
    }
  }
  const counting = (name: string) => new Counting(name, { insecure: true });
  const proxy = { source: "oci", url: `oci://${host}/source/packages`, chart: "proxy", version: "v1.6.2" } as const;
  const more: Artefact = { type: "chart", neededBy: [], chart: { ...proxy, path: "core/proxy" } };
  const mirror = `oci://${host}/once`;
  expect(await copyToMirror([...artefacts, more], mirror, counting)).toHaveLength(6);
  // configuration and layer of a chart, of an image and of the one that the chart says it runs; one artefact of two charts
  expect([fetched.length, new Set(fetched).size]).toEqual([7, 7]);
  await copyToMirror([...artefacts, more], mirror, counting);
  expect(fetched.slice(7)).toEqual(fetched.filter((each) => each.startsWith("source/packages@")).slice(1));
});

it("does not take a chart for what its index does not name", async () => {
  served = Buffer.from("something else");
  await expect(copyToMirror(artefacts.slice(2, 3), `oci://${host}/mirror`, open)).rejects.toThrow("and its index says");
});

it("says which artefact is not there", async () => {
  const gone: Artefact = { type: "image", neededBy: [], image: `${host}/source/images/gone:1` };
  expect(await resolveDigest(gone, open)).toBeUndefined();
  await expect(copyToMirror([gone], `oci://${host}/mirror`, open)).rejects.toThrow("source/images/gone:1 is not there");
});
