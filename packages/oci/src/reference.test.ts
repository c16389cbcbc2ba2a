import { PlinthError } from "@plinth/core";
import { expect, it } from "vitest";
import { parseReference, showReference, tagOf } from "./reference.js";

it("keeps a version with build metadata under a tag that registries take", () => {
  expect(parseReference(`ghcr.io/a:${tagOf("1.0.0-rc.1+a+b")}`, { path: "p" }).tag).toBe("1.0.0-rc.1_a_b");
  expect(tagOf("v1.0.0")).toBe("v1.0.0");
});

const DIGEST = `sha256:${"0".repeat(64)}`;

it.each([
  ["ghcr.io/fluxcd/charts/flux2:2.9.4", { registry: "ghcr.io", repository: "fluxcd/charts/flux2", tag: "2.9.4" }],
  ["127.0.0.1:5000/charts/a", { registry: "127.0.0.1:5000", repository: "charts/a" }],
  ["localhost/a__b/c-d", { registry: "localhost", repository: "a__b/c-d" }],
  ["registry:5000/a", { registry: "registry:5000", repository: "a" }],
  ["[::1]:5000/a:v1", { registry: "[::1]:5000", repository: "a", tag: "v1" }],
  [`quay.io/a/b:1@${DIGEST}`, { registry: "quay.io", repository: "a/b", tag: "1", digest: DIGEST }],
])("reads %s and writes it again", (text, expected) => {
  expect(parseReference(text, { path: "p" })).toEqual(expected);
  expect(showReference(parseReference(`oci://${text}`, { path: "p" }))).toBe(text);
});

it.each([
  "",
  "alpine",
  "library/alpine:3",
  "ghcr.io/Upper/case",
  "ghcr.io/a:",
  "ghcr.io/a@sha256:12",
  "https://ghcr.io/a",
])("refuses %j", (text) => {
  const read = () => parseReference(text, { path: "platform", property: "mirror" });
  expect(read).toThrow(PlinthError);
  expect(read).toThrow(/PL8001[\s\S]*platform: mirror/);
});
