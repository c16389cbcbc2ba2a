import { expect, it } from "vitest";
import type { Release } from "../release.js";
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
