import { expect, it } from "vitest";
import { tellError } from "./program-error.js";

it("tells of a program's own error the message and the program's own lines", () => {
  const error = new TypeError("x is undefined");
  error.stack = [
    "TypeError: x is undefined",
    "    at /home/me/cloud/index.ts:9:26",
    "    at Config.require (/home/me/cloud/node_modules/@pulumi/pulumi/config.ts:313:21)",
    "    at node:internal/process/task_queues:105:5",
  ].join("\n");
  expect(tellError(error)).toBe("TypeError: x is undefined\n    at /home/me/cloud/index.ts:9:26");
});

it("tells what stands for itself without a place, and how to go on without configuration", () => {
  const told = Object.assign(new Error("Missing required configuration variable 'p:zone'"), { __pulumiRunError: true });
  expect(tellError(told)).toBe(told.message);
  expect(tellError(Object.assign(told, { key: "p:zone" }))).toBe(
    `${told.message}\n\tor, only to look, add --config p:zone=x`,
  );
});

it("tells whatever is thrown", () => {
  expect(tellError("no")).toBe("no");
});
