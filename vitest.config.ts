import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { LANES } from "./test/support/lanes.js";
import { LongestFirst } from "./test/support/longest-first.js";

const packages = fileURLToPath(new URL("packages/", import.meta.url));
const EXAMPLES = "test/integration/examples.test.ts";
const CLUSTERS = ["test/integration/{cluster-api,group-status,join,mirror,on-demand}.test.ts"];

/** Tests on labs: several files at a time, since most of the time each waits for its lab; see test/support/test-lab.ts. */
const ON_LABS = {
  globalSetup: ["test/support/global-setup.ts"],
  maxWorkers: LANES,
  sequence: { groupOrder: 1 }, // after the others, where all are run at once: these have as many workers as there are cores
  testTimeout: 600_000,
  hookTimeout: 1_800_000,
};

export default defineConfig({
  resolve: {
    // tests run against the source, so that none can pass on an old build
    alias: [
      { find: /^@plinth\/api\/(.+)$/, replacement: `${packages}api/src/$1.ts` },
      { find: /^@plinth\/([^/]+)\/(.+)$/, replacement: `${packages}$1/src/$2.ts` },
      { find: /^@plinth\/([^/]+)$/, replacement: `${packages}$1/src/index.ts` },
      { find: /^plinth$/, replacement: `${packages}plinth/src/index.ts` },
    ],
  },
  test: {
    // an Output in a text is an error in every test, never prose in a manifest
    env: { PULUMI_ERROR_OUTPUT_STRING: "true" },
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["packages/*/src/**/*.test.ts", "test/{unit,incidents}/**/*.test.ts"],
          // files share what they load (Pulumi takes a second each time); what a test leaves behind must not matter
          isolate: false,
          setupFiles: ["test/support/properties.ts"],
          // the tests take milliseconds, or start a program: time runs out only for what hangs, however slow the machine is
          testTimeout: 300_000,
          hookTimeout: 300_000,
          expect: { poll: { timeout: 60_000 } },
        },
      },
      {
        extends: true,
        test: {
          name: "lab",
          include: ["test/{integration,lifecycle}/**/*.test.ts"],
          exclude: [EXAMPLES, ...CLUSTERS],
          ...ON_LABS,
        },
      },
      {
        extends: true,
        test: { name: "clusters", include: CLUSTERS, ...ON_LABS },
      },
      {
        extends: true,
        // what is installed from packed packages, outside of the workspace: no lab is needed
        test: { name: "examples", include: [EXAMPLES], testTimeout: 120_000, hookTimeout: 300_000 },
      },
      {
        extends: true,
        test: { name: "parts", include: ["packages/*/src/**/*.lab-test.ts"], ...ON_LABS },
      },
    ],
  },
});
