import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { findCloud } from "./find-cloud.js";

const dir = mkdtempSync(join(tmpdir(), "plinth-clouds-"));
const clouds = { mine: { auth: { auth_url: "http://a/v3", username: "u", password: "p" }, region_name: "R1" } };
writeFileSync(join(dir, "clouds.yaml"), JSON.stringify({ clouds }));
afterAll(() => rmSync(dir, { recursive: true }));

test("a cloud of clouds.yaml, named by OS_CLOUD; variables change nothing in it", async () => {
  const env = { OS_CLOUD: "mine", OS_USERNAME: "other", HOME: dir };
  expect(await findCloud({}, env, dir)).toEqual({ auth: clouds.mine.auth, region: "R1" });
});

test("the provider's own settings come first", async () => {
  const settings = { cloud: "mine", userName: "admin", region: "R2" };
  expect(await findCloud(settings, { HOME: dir }, dir)).toEqual({
    auth: { auth_url: "http://a/v3", username: "admin", password: "p" },
    region: "R2",
  });
});

test("variables, under their old names too", async () => {
  const env = { OS_AUTH_URL: "http://b", OS_USERNAME: "u", OS_PASSWORD: "p", OS_TENANT_NAME: "t", OS_INSECURE: "true" };
  expect(await findCloud({}, env, dir)).toEqual({
    auth: { auth_url: "http://b", username: "u", password: "p", project_name: "t" },
    trust: { insecure: true },
  });
});

test("what is missing is refused", async () => {
  await expect(findCloud({}, { HOME: dir }, dir)).rejects.toMatchObject({ code: "PL1102", property: "auth_url" });
  await expect(findCloud({}, { OS_AUTH_URL: "http://b" }, dir)).rejects.toMatchObject({ code: "PL1102" });
  await expect(findCloud({}, { OS_CLOUD: "other" }, dir)).rejects.toMatchObject({ code: "PL1101" });
  await expect(findCloud({ cloud: "mine" }, { HOME: "/nowhere" }, "/nowhere")).rejects.toMatchObject({
    code: "PL1101",
  });
});
