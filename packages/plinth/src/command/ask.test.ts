import { afterEach, beforeEach, expect, it, vi } from "vitest";

const confirm = vi.hoisted(() => vi.fn());
vi.mock("@clack/prompts", () => ({ confirm, isCancel: (answer: unknown) => typeof answer === "symbol" }));

const { askForPackages } = await import("./ask.js");

const PACKAGES = Array.from({ length: 14 }, (_, i) => `package-${i}`);
const terminal = process.stdin.isTTY;
let said: string[];

beforeEach(() => {
  said = [];
  confirm.mockReset();
  vi.spyOn(console, "log").mockImplementation((text: string) => void said.push(text));
  vi.stubEnv("CI", undefined);
  process.stdin.isTTY = true;
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  process.stdin.isTTY = terminal;
});

it.each([
  { answer: true, may: true },
  { answer: false, may: false },
  { answer: Symbol("cancel"), may: false },
])("says which packages before it asks, once, and takes the answer: $may", async ({ answer, may }) => {
  confirm.mockImplementation(async () => {
    expect(said).toEqual([expect.stringContaining("installed with apt: package-0 ")]);
    return answer;
  });
  expect(await askForPackages(false)(PACKAGES)).toBe(may);
  expect(confirm.mock.calls).toEqual([[{ message: "Install 14 packages and what they need?" }]]);
  expect(said[0]).toMatch(/package-11 and 2 more$/);
});

it("does not ask with --yes or in CI, and says which all the same", async () => {
  expect(await askForPackages(true)(PACKAGES)).toBe(true);
  vi.stubEnv("CI", "true");
  expect(await askForPackages(false)(PACKAGES)).toBe(true);
  expect(said).toHaveLength(2);
  expect(confirm).not.toHaveBeenCalled();
});

it("takes it for a no where nobody can be asked, and says what to do", async () => {
  process.stdin.isTTY = false;
  expect(await askForPackages(false)(PACKAGES)).toBe(false);
  expect(said[1]).toContain("run again with --yes");
  expect(confirm).not.toHaveBeenCalled();
});
