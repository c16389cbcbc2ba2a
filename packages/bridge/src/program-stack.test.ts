import { fileURLToPath } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import { ApiObject, Chart } from "cdk8s";
import { describe, expect, it } from "vitest";
import { programStack, withStack } from "./program-stack.js";
import { registerChart } from "./register.js";
import { captureProgram } from "./testing.js";

interface Position {
  getUri(): string;
}
interface Request {
  getName(): string;
  getSourceposition(): Position | undefined;
  getStacktrace(): { getFramesList(): { getPc(): Position | undefined }[] };
}

class Component extends pulumi.ComponentResource {
  constructor(name: string) {
    super("test:index:Component", name);
    registerChart(this, (app) => {
      const [first, second] = [new Chart(app, "first"), new Chart(app, "second")];
      for (const chart of [first, second]) {
        for (const name of ["a", "b"]) {
          new ApiObject(chart, name, {
            apiVersion: "v1",
            kind: "ConfigMap",
            metadata: { name: `${chart.node.id}-${name}` },
          });
        }
      }
      second.addDependency(first);
    });
  }
}

/** What a program tells the engine of the places where its resources are made: the files, by resource. */
async function places(program: () => void): Promise<Map<string, { position: string | undefined; stack: string[] }>> {
  const found = new Map<string, { position: string | undefined; stack: string[] }>();
  await captureProgram(() => {
    const monitor = pulumi.runtime.getMonitor() as unknown as { registerResource(...args: unknown[]): void };
    const original = monitor.registerResource;
    monitor.registerResource = (request, ...rest) => {
      const { getName, getSourceposition, getStacktrace } = request as Request;
      const frames = getStacktrace.call(request).getFramesList();
      found.set(getName.call(request), {
        position: getSourceposition.call(request)?.getUri(),
        stack: frames.map((frame) => frame.getPc()?.getUri() ?? "none"),
      });
      original.call(monitor, request, ...rest);
    };
    program();
  });
  return found;
}

describe("what is registered of a chart", () => {
  it("is recorded with the program's own frames only", async () => {
    const found = await places(() => {
      new Component("comp");
    });
    const made = [...found].filter(([name]) => name.startsWith("comp-"));
    expect(made).toHaveLength(5); // four objects and a barrier
    for (const [, { position, stack }] of made) {
      expect(position).toBe(import.meta.url);
      expect(stack[0]).toBe(position);
      expect(stack.filter((place) => /node_modules|register\.ts$|^none$/.test(place))).toEqual([]);
    }
  });
});

describe("programStack", () => {
  it("begins where the function is called", () => {
    const inner = (): string => programStack(outer);
    const outer = (): string => inner();
    const lines = outer().split("\n");
    const file = fileURLToPath(import.meta.url);
    expect(lines.slice(6)[0]).toMatch(`at program (${file}:`);
    expect(lines.filter((line) => line.includes("node_modules") || line.includes("node:"))).toEqual([]);
  });
});

describe("withStack", () => {
  it("leaves errors and what formats them as they are", () => {
    const { prepareStackTrace } = Error;
    const kept = withStack("Error\n    at program (/a.ts:1:1)", () => new Error("later"));
    expect(kept.stack).toContain(fileURLToPath(import.meta.url));
    expect(() =>
      withStack("", () => {
        throw new TypeError("no");
      }),
    ).toThrow("no");
    expect(Error.prepareStackTrace).toBe(prepareStackTrace);
  });
});
