import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const HERE = new URL(".", import.meta.url);
const PAGE = readFileSync(new URL("../../docs/incidents.md", HERE), "utf8");

/** Parts of the page by their headings: of one name there is what is prevented, then what is not. */
const SECTIONS = PAGE.split(/^##+ /m).map((text) => ({ heading: text.split("\n")[0], text }));

const ROW = /^\| (\d+) \| [^|]+ \| ([^|]+) \| [^|]+ \| ([\w-]+) \|$/gm;

describe.each([
  { heading: "Hybrid clusters", folder: "hybrid", count: 27 },
  { heading: "Platforms", folder: "platform", count: 26 },
  { heading: "Flux", folder: "platform", count: 10 },
])("$heading", ({ heading, folder, count }) => {
  const [prevented = "", left = ""] = SECTIONS.filter((section) => section.heading === heading).map(({ text }) => text);

  it("has each incident, with the file of a test that cites its thread, or why there is none", () => {
    const rows = [...prevented.matchAll(ROW)].map(([, row, threads = "", file]) => ({
      row: Number(row),
      threads,
      file,
    }));
    expect(rows.map(({ row }) => row)).toEqual(Array.from({ length: count }, (_, i) => i + 1));
    for (const { row, threads, file } of rows) {
      if (file === "below") {
        expect(left).toContain(`\n| ${row} | `);
        continue;
      }
      const test = readFileSync(new URL(`${folder}/${file}.test.ts`, HERE), "utf8");
      const [thread] = /^[\w./-]+#\d+/.exec(threads) ?? [];
      expect(test).toContain(`"${thread}: `);
    }
  });

  it("says what is left where it says that something is", () => {
    const pointing = [...prevented.matchAll(/^\| (\d+) \|.* [Ss]ee below/gm)].map(([, row]) => row);
    const told = [...left.matchAll(/^\| (\d+) \|/gm)].map(([, row]) => row);
    expect(pointing.filter((row) => !told.includes(row))).toEqual([]);
  });
});

it.each(["hybrid", "platform"])("the page names every thread that a test of %s cites", (folder) => {
  const files = readdirSync(new URL(folder, HERE)).filter((file) => file.endsWith(".test.ts"));
  const cited = files.flatMap((file) => {
    const test = readFileSync(new URL(`${folder}/${file}`, HERE), "utf8");
    return [...test.matchAll(/"([\w./-]+)(#\d+): /g)].map(([, repository = "", number = ""]) => ({
      repository,
      number,
    }));
  });
  expect(cited.length).toBeGreaterThan(30);
  for (const { repository, number } of cited) {
    // further threads of one repository are written without it
    expect(PAGE).toMatch(new RegExp(`${repository}[^|]*${number}\\b`));
  }
});
