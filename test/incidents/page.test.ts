import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const HERE = new URL(".", import.meta.url);
const PAGE = readFileSync(new URL("../../docs/incidents.md", HERE), "utf8");

const ROW = /^\| (\d+) \| [^|]+ \| ([^|]+) \| [^|]+ \| ([\w-]+) \|$/gm;

it("the page has each incident of hybrid clusters, with the file of a test that cites its thread", () => {
  const rows = [...PAGE.matchAll(ROW)].map(([, row, threads = "", file]) => ({ row: Number(row), threads, file }));
  expect(rows.map(({ row }) => row)).toEqual(Array.from({ length: 27 }, (_, i) => i + 1));
  for (const { threads, file } of rows) {
    const test = readFileSync(new URL(`hybrid/${file}.test.ts`, HERE), "utf8");
    const [thread] = /^[\w./-]+#\d+/.exec(threads) ?? [];
    expect(test).toContain(`"${thread}: `);
  }
});

it("the page names every thread that a test cites", () => {
  const files = readdirSync(new URL("hybrid", HERE)).filter((file) => file.endsWith(".test.ts"));
  const cited = files.flatMap((file) => {
    const test = readFileSync(new URL(`hybrid/${file}`, HERE), "utf8");
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
