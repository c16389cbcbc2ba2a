import { describe, expect, it } from "vitest";
import { labDirectory, paths } from "./paths.js";

describe("paths", () => {
  it("are in the home of the user", () => {
    expect(paths({ HOME: "/home/ann" })).toEqual({
      cache: "/home/ann/.cache/plinth",
      state: "/home/ann/.local/state/plinth",
    });
  });

  it("follow XDG, and Plinth's own variables before it", () => {
    const xdg = { HOME: "/home/ann", XDG_CACHE_HOME: "/fast", XDG_STATE_HOME: "/safe" };
    expect(paths(xdg)).toEqual({ cache: "/fast/plinth", state: "/safe/plinth" });
    expect(paths({ ...xdg, PLINTH_CACHE: "/c", PLINTH_STATE: "/s" })).toEqual({ cache: "/c", state: "/s" });
  });

  it("ignore an empty or relative XDG folder, as the specification asks", () => {
    const { cache, state } = paths({ HOME: "/home/ann", XDG_CACHE_HOME: "", XDG_STATE_HOME: "here" });
    expect([cache, state]).toEqual(["/home/ann/.cache/plinth", "/home/ann/.local/state/plinth"]);
  });
});

describe("labDirectory", () => {
  it("is one folder a lab", () => {
    expect(labDirectory("/s", "try-1")).toBe("/s/labs/try-1");
  });

  it.each(["", "..", "a/b", "Lab", "-a", "a-", "a".repeat(33)])("refuses the name %j", (name) => {
    expect(() => labDirectory("/s", name)).toThrow("PL9001");
  });
});
