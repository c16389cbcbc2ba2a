import { expect, it } from "vitest";
import { kinds } from "../kinds.js";
import { healthChecks } from "./health.js";

interface Live {
  readonly spec?: object;
  readonly status?: object;
}

/** What the expression for a kind says of an object: those without macros mean the same in JavaScript. */
function isCurrent(group: string, kind: string, { spec = {}, status = {} }: Live): boolean {
  const [check] = healthChecks(kinds(group, kind));
  const evaluate = new Function("spec", "status", "has", `return ${check?.current}`);
  return evaluate(spec, status, (field: unknown) => field !== undefined) as boolean;
}

it.each<[boolean, string, object, object]>([
  [true, "that runs", { runStrategy: "Always" }, { ready: true, printableStatus: "Running" }],
  [false, "whose volume is being made", { runStrategy: "Always" }, { ready: false, printableStatus: "Provisioning" }],
  [false, "for which there is no node", { runStrategy: "Always" }, { printableStatus: "ErrorUnschedulable" }],
  [false, "that has not started", { runStrategy: "Always" }, { ready: false, printableStatus: "Stopped" }],
  [false, "that has not started, said the old way", { running: true }, { printableStatus: "Stopped" }],
  [true, "that is to be off", { runStrategy: "Halted" }, { ready: false, printableStatus: "Stopped" }],
  [true, "that is to be off, said the old way", { running: false }, { printableStatus: "Stopped" }],
  [true, "that has done its work", { runStrategy: "RerunOnFailure" }, { printableStatus: "Stopped" }],
  [false, "of which nothing is known", { runStrategy: "Always" }, {}],
])("whether it is true (%s) that a virtual machine %s is as it should be", (current, _, spec, status) => {
  expect(isCurrent("kubevirt.io", "VirtualMachine", { spec, status })).toBe(current);
});

it.each([
  ["Succeeded", true],
  ["WaitForFirstConsumer", true],
  ["PendingPopulation", true],
  ["ImportInProgress", false],
  ["Failed", false],
  [undefined, false],
])("whether a volume in the phase %s is there: %s", (phase, current) => {
  expect(isCurrent("cdi.kubevirt.io", "DataVolume", { status: { phase } })).toBe(current);
});

it("a kind of which nothing is known is left to Flux", () => {
  expect(healthChecks(kinds("shop.example.com", "Shop"))).toEqual([]);
});
