import { Registry, RegistryError } from "@plinth/oci";
import type { Release } from "@plinth/platform";
import type { MachineProfile } from "@plinth/platform/machine";
import { describe, expect, it } from "vitest";
import type { DescribedPlatform } from "../describe/describe.js";
import { artefactsOf, describeArtefacts, digestsOf, parseImages } from "./artefacts.js";

const DIGEST = `sha256:${"a".repeat(64)}` as const;

const release = (name: string, host: string, more: object = {}) =>
  ({
    ...{ path: `cloud/${name}`, name, delivery: "flux" },
    chart: { source: "oci", url: `oci://${host}/charts`, chart: name, version: "1.0.0", ...more },
  }) as unknown as Release;

const machine = {
  systemExtensions: ["drbd", "unheard-of"],
  reasons: { "extension drbd": ["cloud/linstor"], "extension unheard-of": ["cloud/linstor"] },
} as unknown as MachineProfile;

const platform = (...releases: Release[]): DescribedPlatform => ({ path: "cloud", releases, machine });

describe("what is fetched", () => {
  it("is each chart once, the images given, and those of the extensions of one version of Talos", () => {
    const flux = { ...release("flux", "a"), delivery: "direct" } as Release;
    const { artefacts, unknown } = artefactsOf([platform(release("linstor", "a"), flux)], {
      images: ["ghcr.io/x/y:1"],
      talos: "v1.6.4",
    });
    expect(artefacts).toMatchObject([
      { type: "chart", chart: { chart: "linstor" }, neededBy: ["cloud/linstor"] },
      { type: "image", image: "ghcr.io/siderolabs/drbd:9.2.6-v1.6.4", neededBy: ["cloud/linstor"] },
      { type: "image", image: "ghcr.io/x/y:1" },
    ]);
    expect(unknown).toEqual(["unheard-of"]);
  });

  it("has no extensions where no version of Talos is given", () => {
    const { artefacts, unknown } = artefactsOf([platform()], { images: [] });
    expect([artefacts, unknown]).toEqual([[], []]);
  });

  it("is read from a list with comments", () => {
    expect(parseImages("# all\nghcr.io/x/y:1  # why\n\n  quay.io/z:2\n")).toEqual(["ghcr.io/x/y:1", "quay.io/z:2"]);
  });
});

describe("digests", () => {
  /** A registry that has one chart, one that has none, and one that cannot be reached. */
  const asked: string[] = [];
  const open = (host: string) =>
    Object.assign(new Registry(host), {
      resolve: async (repository: string) => {
        asked.push(`${host}/${repository}`);
        if (host === "silent.example.com") throw new TypeError("fetch failed", { cause: { code: "ENOTFOUND" } });
        if (repository === "charts/closed") throw new RegistryError("401 Unauthorized", 401);
        return repository === "charts/there" ? DIGEST : undefined;
      },
    });

  it("are those known, else what registries say; one that does not answer is not asked for every chart", async () => {
    const releases = [
      release("known", "silent.example.com", { digest: DIGEST }),
      release("there", "up.example.com"),
      release("gone", "up.example.com"),
      release("closed", "up.example.com"),
      ...Array.from({ length: 40 }, (_, i) => release(`silent-${i}`, "silent.example.com")),
    ];
    const { artefacts } = artefactsOf([platform(...releases)], { images: [] });
    const lines = describeArtefacts(artefacts, await digestsOf(artefacts, open)).split("\n");
    expect(lines).toContain(`chart  oci://silent.example.com/charts/known:1.0.0  ${DIGEST}`);
    expect(lines).toContain(`chart  oci://up.example.com/charts/there:1.0.0  ${DIGEST}`);
    expect(lines).toContain(
      "chart  oci://up.example.com/charts/gone:1.0.0  no digest known (up.example.com does not have it)",
    );
    expect(lines).toContain(
      "chart  oci://up.example.com/charts/closed:1.0.0  no digest known (up.example.com: 401 Unauthorized)",
    );
    expect(lines).toContain(
      "chart  oci://silent.example.com/charts/silent-39:1.0.0  no digest known (silent.example.com: ENOTFOUND)",
    );
    expect(lines).toHaveLength(44);
    expect(asked.filter((each) => each.startsWith("silent")).length).toBeLessThanOrEqual(8);
  });
});
