import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { attemptProgram, CapturedSecret, captureProgram, UNKNOWN } from "./testing.js";

class Thing extends pulumi.CustomResource {
  declare readonly size: pulumi.Output<number>;
  declare readonly made: pulumi.Output<string>;
  constructor(name: string, props: pulumi.Inputs, opts: pulumi.CustomResourceOptions = {}) {
    super("test:index:Thing", name, { made: undefined, ...props }, opts);
  }
}
class Group extends pulumi.ComponentResource {
  constructor(name: string, opts: pulumi.ComponentResourceOptions = {}) {
    super("test:index:Group", name, {}, opts);
    this.registerOutputs();
  }
}

const outputs = (): object => ({ made: "now" });

describe("captureProgram", () => {
  it("gives each resource with its tree, inputs, secrets and dependencies", async () => {
    const captured = await captureProgram(
      () => {
        const group = new Group("g");
        const inner = new Group("h", { parent: group });
        const a = new Thing(
          "a",
          { size: 1, key: pulumi.secret("s3") },
          { parent: inner, protect: true, version: "1.2.3" },
        );
        new Thing("b", { from: a.made, plain: [a.id] }, { dependsOn: group, aliases: [{ name: "old" }] });
        return { made: a.made, key: pulumi.secret({ a: 1 }) };
      },
      { outputs, project: "p", stack: "s" },
    );
    expect(captured.resources.map(({ urn }) => urn)).toEqual([
      "urn:pulumi:s::p::pulumi:pulumi:Stack::p-s",
      "urn:pulumi:s::p::test:index:Group::g",
      "urn:pulumi:s::p::test:index:Group$test:index:Group::h",
      "urn:pulumi:s::p::test:index:Group$test:index:Group$test:index:Thing::a",
      "urn:pulumi:s::p::test:index:Thing::b",
    ]);
    const [a, b] = captured.all("test:index:Thing");
    expect(a?.inputs).toEqual({ size: 1, key: new CapturedSecret("s3") });
    expect(a?.parent).toBe(captured.get("test:index:Group", "h").urn);
    expect(a?.options).toMatchObject({ protect: true, version: "1.2.3" });
    expect(b?.inputs).toEqual({ from: "now", plain: ["a-id"] });
    expect(b?.dependsOn).toEqual([a?.urn]);
    expect(b?.propertyDependencies).toEqual({ from: [a?.urn], plain: [a?.urn] });
    expect(b?.options.aliases).toMatchObject([{ name: "old" }]);
    expect(captured.outputs).toEqual({ made: "now", key: new CapturedSecret({ a: 1 }) });
  });

  it("in a preview leaves ids and outputs unknown", async () => {
    const program = () => {
      const a = new Thing("a", { size: 1 });
      new Thing("b", { id2: a.id, made: a.made, size: a.size, text: pulumi.interpolate`x${a.id}` });
    };
    const preview = await captureProgram(program, { preview: true });
    expect(preview.get("test:index:Thing", "b").inputs).toEqual({
      id2: UNKNOWN,
      made: UNKNOWN,
      size: 1,
      text: UNKNOWN,
    });
    expect(preview.get("test:index:Thing", "b").id).toBeUndefined();
    expect(pulumi.runtime.isDryRun()).toBe(false);
  });

  it("gives the program its configuration, and its messages to the test", async () => {
    const captured = await captureProgram(
      async () => {
        await pulumi.log.warn("careful");
        const config = new pulumi.Config();
        return {
          region: config.require("region"),
          other: new pulumi.Config("other").require("key"),
          pin: config.requireSecret("pin"),
        };
      },
      { project: "p", config: { region: "ru-3", "other:key": "v", pin: "1" }, secretConfig: ["pin"] },
    );
    expect(captured.outputs).toEqual({ region: "ru-3", other: "v", pin: new CapturedSecret("1") });
    expect(captured.messages).toEqual([{ severity: "warning", message: "careful" }]);
  });

  it("keeps programs that run at the same time apart", async () => {
    const names = await Promise.all(
      ["one", "two", "three"].map(async (name) => {
        const { resources } = await captureProgram(
          async () => {
            await Promise.resolve();
            new Thing(`${name}-${pulumi.getStack()}`, {});
          },
          { stack: name },
        );
        return resources.slice(1).map((resource) => resource.name);
      }),
    );
    expect(names).toEqual([["one-one"], ["two-two"], ["three-three"]]);
  });

  it("waits for resources that are made late", async () => {
    const captured = await captureProgram(
      () => {
        const a = new Thing("a", {});
        a.id.apply((id) => new Thing(`late-${id}`, {}));
      },
      { outputs: () => new Promise((resolve) => setTimeout(() => resolve({}), 20)) },
    );
    expect(captured.resources.map(({ name }) => name)).toEqual(["project-stack", "a", "late-a-id"]);
  });

  it("answers provider functions", async () => {
    const captured = await captureProgram(
      () => ({ zone: pulumi.runtime.invokeOutput<{ zone: string }>("test:index:getZone", { of: "x" }).zone }),
      { call: ({ token, args }) => ({ zone: `${token} ${args.of}` }) },
    );
    expect(captured.outputs).toEqual({ zone: "test:index:getZone x" });
  });
});

describe("errors of a captured program", () => {
  const failing: [string, () => unknown][] = [
    [
      "thrown by the program",
      () => {
        throw new Error("no");
      },
    ],
    [
      "thrown in an input",
      () => {
        new Thing("a", {
          x: pulumi.output(1).apply(() => {
            throw new Error("no");
          }),
        });
      },
    ],
    [
      "thrown in an output",
      () => ({
        x: pulumi.output(1).apply(() => {
          throw new Error("no");
        }),
      }),
    ],
    [
      "thrown in an input that others wait for",
      () => {
        const a = new Thing("a", { x: Promise.reject(new Error("no")) });
        new Thing("b", { a: a.id });
      },
    ],
    [
      "thrown after an await",
      async () => {
        await Promise.resolve();
        throw new Error("no");
      },
    ],
  ];
  it.each(failing)("%s", async (_, program) => {
    await expect(captureProgram(program)).rejects.toThrow(/no$/);
  });

  it("of a registration", async () => {
    const { errors, program } = await attemptProgram(
      () => {
        const a = new Thing("a", {});
        new Thing("b", { of: a.id });
        new Thing("c", {});
      },
      {
        outputs: ({ name }) => {
          if (name === "a") throw new Error("quota");
          return {};
        },
      },
    );
    expect(errors.map(String)).toEqual([expect.stringMatching(/failed to register new resource a .*quota/)]);
    expect(program.resources.map(({ name }) => name)).toEqual(["project-stack", "a", "c"]);
  });

  it("are those of the program that has them", async () => {
    const failing = () => {
      new Thing("a", { x: Promise.reject(new Error("no")) });
    };
    const slow = { outputs: () => new Promise<object>((resolve) => setTimeout(() => resolve({}), 20)) };
    const fine = () => {
      new Thing("b", {});
    };
    const attempts = await Promise.all([
      attemptProgram(fine, slow),
      attemptProgram(failing),
      attemptProgram(fine, slow),
    ]);
    expect(attempts.map(({ errors }) => errors.length)).toEqual([0, 1, 0]);
  });

  it("leave no listener behind", async () => {
    const before = process.listeners("unhandledRejection");
    await attemptProgram(() => {
      throw new Error("no");
    });
    expect(process.listeners("unhandledRejection")).toEqual(before);
  });
});
