import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

interface Mutation {
  readonly incident: string;
  /** Path in the repository. */
  readonly file: string;
  readonly from: string;
}

const HERE = fileURLToPath(new URL(".", import.meta.url));
const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const FOLDERS = readdirSync(HERE, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);

it.each(FOLDERS)(
  "what the mutations of %s take away stands where they say, once: whoever moves it follows",
  async (folder) => {
    const { MUTATIONS } = (await import(`${HERE}${folder}/mutations.mjs`)) as { MUTATIONS: readonly Mutation[] };
    const lost = MUTATIONS.filter(({ file, from }) => readFileSync(ROOT + file, "utf8").split(from).length !== 2);
    expect(lost.map(({ incident, file }) => `${incident}: ${file}`)).toEqual([]);
    expect(MUTATIONS.length).toBeGreaterThan(0);
  },
);
