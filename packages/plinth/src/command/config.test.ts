import { expect, it } from "vitest";
import { readConfig } from "./config.js";

it("reads pairs, with what follows the first = as the value", () => {
  expect(readConfig("zone=ru-3a,p:key=a=b,")).toEqual({ zone: "ru-3a", "p:key": "a=b" });
  expect(readConfig()).toEqual({});
});

it.each(["zone", "=x", "a=b,zone"])("refuses %s", (text) => {
  expect(() => readConfig(text)).toThrow("that is no key=value");
});
