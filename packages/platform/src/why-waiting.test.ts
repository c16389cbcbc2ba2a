import { expect, it } from "vitest";
import { hosted } from "./presets.js";
import { component, plan } from "./testing/planned.js";
import { type LiveHelmRelease, whyWaiting } from "./why-waiting.js";

const crds = component("crds", { provides: [{ group: "example.com", kind: "Thing" }] });
const database = component("database", { requires: [{ group: "example.com", kind: "Thing" }] });
const shop = component("shop", { requires: [database] });
const other = component("other");
const { releases = [] } =
  plan({
    distribution: "hosted",
    preset: { ...hosted, name: "own", components: [] },
    components: [crds, database, shop, other],
    flux: { existing: { namespace: "flux-system" } },
  }).plan ?? {};

const SINCE = "2026-03-04T05:06:07Z";

/** A HelmRelease as helm-controller 1.4 leaves it, less what is not looked at. */
function live(name: string, status: string, reason: string, message: string, more: object = {}): LiveHelmRelease {
  const condition = { type: "Ready", status, reason, message, lastTransitionTime: SINCE, observedGeneration: 1 };
  return {
    metadata: { name, namespace: name, generation: 1 },
    spec: {},
    status: { observedGeneration: 1, conditions: [condition, { ...condition, type: "Released" }] },
    ...more,
  };
}

const ready = (name: string) =>
  live(
    name,
    "True",
    "InstallSucceeded",
    `Helm install succeeded for release ${name}/${name}.v1 with chart ${name}@1.0.0`,
  );
const waits = (name: string, on: string) =>
  live(name, "False", "DependencyNotReady", `dependency '${on}/${on}' is not ready`);
const FAILED = "Helm install failed for release crds/crds with chart crds@1.0.0: context deadline exceeded";
const failed = (name: string) => live(name, "False", "InstallFailed", FAILED);

const told = (objects: readonly LiveHelmRelease[]) =>
  whyWaiting(releases, objects).map(({ name, state, waitsFor, causes }) => ({
    name,
    state,
    waitsFor,
    causes: causes.map((cause) => `${cause.path} ${cause.state}`),
  }));

it("says nothing of releases that are ready, nor of those of others", () => {
  const all = ["crds", "database", "shop", "other"].map(ready);
  expect(whyWaiting(releases, [...all, failed("somebody-else")])).toEqual([]);
});

it("names the release at which it begins, with Flux's words, through others that wait", () => {
  const objects = [failed("crds"), waits("database", "crds"), waits("shop", "database"), ready("other")];
  expect(told(objects)).toEqual([
    { name: "crds", state: "failing", waitsFor: [], causes: ["platform/crds failing"] },
    { name: "database", state: "waiting", waitsFor: ["platform/crds"], causes: ["platform/crds failing"] },
    { name: "shop", state: "waiting", waitsFor: ["platform/database"], causes: ["platform/crds failing"] },
  ]);
  expect(whyWaiting(releases, objects)[2]?.causes).toEqual([
    {
      ...{ path: "platform/crds", name: "crds", namespace: "crds", state: "failing" },
      ...{ reason: "InstallFailed", message: FAILED, since: SINCE },
    },
  ]);
});

it("goes by the plan where Flux still says what was true before", () => {
  // Flux looks at what waits every 30 seconds; crds has become ready meanwhile
  const objects = [ready("crds"), waits("database", "crds"), waits("shop", "database"), ready("other")];
  expect(told(objects).map(({ causes }) => causes)).toEqual([
    ["platform/database waiting"],
    ["platform/database waiting"],
  ]);
});

it.each([
  ["missing", []],
  ["suspended", [live("crds", "False", "InstallFailed", FAILED, { spec: { suspend: true } })]],
  ["progressing", [live("crds", "Unknown", "Progressing", "Running 'install' action with timeout of 5m0s")]],
  ["progressing", [{ metadata: { name: "crds", namespace: "crds", generation: 1 } }]],
  // what stands there is of the specification before
  ["progressing", [{ ...ready("crds"), metadata: { name: "crds", namespace: "crds", generation: 2 } }]],
  ["progressing", [{ ...failed("crds"), metadata: { name: "crds", namespace: "crds", generation: 2 } }]],
] as const)("tells a release that is %s", (state, objects) => {
  const rest = [waits("database", "crds"), waits("shop", "database"), ready("other")];
  const [first, ...others] = whyWaiting(releases, [...objects, ...rest]);
  expect(first).toMatchObject({ name: "crds", state, waitsFor: [] });
  for (const each of others) expect(each.causes).toMatchObject([{ name: "crds", state }]);
});
