import { expect, it } from "vitest";
import { checksumIn } from "./checksums.js";

const sha256 = "a".repeat(64);
const sha1 = "b".repeat(40);

it("finds a file in a list, in the forms in which makers write it", () => {
  const list = `# sums\n${"c".repeat(64)}  other.tar.gz\n${sha256}  tool.tar.gz\n${sha256} *binary\n${sha1}  ./dotted.tar.gz\n`;
  expect(checksumIn(list, "tool.tar.gz")).toEqual({ algorithm: "sha256", digest: sha256 });
  expect(checksumIn(list, "binary")).toEqual({ algorithm: "sha256", digest: sha256 });
  expect(checksumIn(list, "dotted.tar.gz")).toEqual({ algorithm: "sha1", digest: sha1 });
});

it("takes a digest alone", () => {
  expect(checksumIn(`${"D".repeat(128)}\n`, "kubectl")).toEqual({ algorithm: "sha512", digest: "d".repeat(128) });
  expect(checksumIn(sha256, "kubectl")?.digest).toBe(sha256);
});

it("finds nothing where nothing is", () => {
  expect(checksumIn(`${sha256}  tool.tar.gz.sig\n`, "tool.tar.gz")).toBeUndefined();
  expect(checksumIn("<html>not found</html>", "tool.tar.gz")).toBeUndefined();
  expect(checksumIn("abc  tool.tar.gz", "tool.tar.gz")).toBeUndefined();
});
