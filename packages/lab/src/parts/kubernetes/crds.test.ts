import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../../test-support.js";
import { applyCrds, missingCrds } from "./crds.js";

/** Where nothing listens: what is wrong with the files is found before anything is sent. */
const NOWHERE = { url: "https://127.0.0.1:9", ca: "" };

const crd = (group: string) => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: things.example.com }
spec: { group: ${group} }
`;

it("refuses two of one name that differ, naming both files", async () => {
  const folder = await temporaryFolder();
  const [a, b] = [join(folder, "a.yaml"), join(folder, "b.yaml")];
  await writeFile(a, crd("example.com"));
  await writeFile(b, crd("example.org"));
  await expect(applyCrds(NOWHERE, [folder])).rejects.toThrow(
    `The CRD things.example.com is not the same in ${a} and ${b}.`,
  );
});

it("names the file that is no YAML", async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "a.yaml"), "a: [1");
  await expect(applyCrds(NOWHERE, [folder])).rejects.toThrow(`${join(folder, "a.yaml")} cannot be read as YAML: `);
});

it("passes over other kinds and other files", async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "a.yaml"), "kind: ConfigMap\n---\n");
  await writeFile(join(folder, "SOURCES.md"), "- a: [1");
  expect(await applyCrds(NOWHERE, [folder])).toEqual([]);
});

it("passes over what somebody else brings", async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "a.yaml"), crd("example.com"));
  expect(await missingCrds(NOWHERE, [folder], { except: ["things.example.com"] })).toEqual([]);
  await expect(missingCrds(NOWHERE, [folder])).rejects.toThrow("ECONNREFUSED");
});
