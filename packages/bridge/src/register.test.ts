import { PlinthError, Program } from "@plinth/core";
import * as pulumi from "@pulumi/pulumi";
import { ApiObject, App, Chart } from "cdk8s";
import { Construct } from "constructs";
import { describe, expect, it } from "vitest";
import type { ChartResources } from "./chart-resources.js";
import { currentProgram, PlinthComponent } from "./plinth-component.js";
import { type RegisterChartOptions, registerChart } from "./register.js";
import { BRIDGE } from "./rules.js";
import {
  attemptProgram,
  type CapturedProgram,
  CapturedSecret,
  type CaptureOptions,
  captureProgram,
  UNKNOWN,
} from "./testing.js";
import type { OutputTokens } from "./tokens.js";

class Component extends pulumi.ComponentResource {
  constructor(name: string, opts: pulumi.ComponentResourceOptions = {}) {
    super("test:index:Component", name, {}, opts);
  }
}
class Cluster extends pulumi.ProviderResource {}
class Thing extends pulumi.CustomResource {
  constructor(name: string, props: pulumi.Inputs = {}) {
    super("test:index:Thing", name, props);
  }
}

const object = (scope: Construct, id: string, fields: object = {}, kind = "ConfigMap") =>
  new ApiObject(scope, id, { apiVersion: "v1", kind, metadata: { name: id.toLowerCase() }, ...fields });

const COMPONENT = "urn:pulumi:stack::project::test:index:Component";
const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";

/** Registers one chart `c` of a component `comp`. */
function captured(
  build: (chart: Chart, tokens: OutputTokens, app: App) => void,
  options: CaptureOptions & { chart?: () => RegisterChartOptions } = {},
): Promise<CapturedProgram> {
  return captureProgram(() => {
    const chartOptions = options.chart?.();
    registerChart(new Component("comp"), (app, tokens) => build(new Chart(app, "c"), tokens, app), chartOptions);
  }, options);
}

describe("registerChart", () => {
  it("makes one resource an object, flat under the component", async () => {
    const program = await captured((chart) => {
      object(new Construct(chart, "nested"), "a", { data: { x: "1" } });
      object(chart, "b", { apiVersion: "apps/v1", kind: "Deployment", spec: { replicas: 2 } });
    });
    expect(program.resources.slice(2)).toMatchObject([
      {
        type: CONFIG_MAP,
        name: "comp-c/nested/a",
        parent: `${COMPONENT}::comp`,
        custom: true,
        inputs: { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" }, data: { x: "1" } },
        dependsOn: [],
        options: { version: "4.25.0", additionalSecretOutputs: [] },
      },
      { type: "kubernetes:apps/v1:Deployment", name: "comp-c/b", inputs: { spec: { replicas: 2 } } },
    ]);
    expect(program.resources).toHaveLength(4);
  });

  // golden: a change here replaces what users have
  it("makes these URNs", async () => {
    const program = await captured((chart, _, app) => {
      for (const id of ["Default", "Resource", "a"]) object(new Construct(chart, `in-${id}`), id);
      const wrapped = new Construct(chart, "wrapped");
      object(new Construct(wrapped, "Default"), "resource", {}, "Secret");
      object(chart, "Mixed.Case_id/slash", { apiVersion: "deckhouse.io/v1", kind: "NodeGroup" });
      const main = new Chart(app, "Default");
      object(main, "a", { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole" });
      object(main, "a-b");
      object(new Construct(chart, "a"), "b");
      object(chart, "last").addDependency(main);
    });
    expect(
      program.resources.map(({ urn }) => urn.replace("urn:pulumi:stack::project::test:index:Component$", "")).slice(2),
    ).toEqual([
      "kubernetes:core/v1:ConfigMap::comp-c/in-Default",
      "kubernetes:core/v1:ConfigMap::comp-c/in-Resource",
      "kubernetes:core/v1:ConfigMap::comp-c/in-a/a",
      "kubernetes:core/v1:Secret::comp-c/wrapped",
      "kubernetes:deckhouse.io/v1:NodeGroup::comp-c/Mixed.Case_id--slash",
      "kubernetes:core/v1:ConfigMap::comp-c/a/b",
      "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole::comp-a",
      "kubernetes:core/v1:ConfigMap::comp-a-b",
      "plinth:bridge:Barrier::comp-done",
      "kubernetes:core/v1:ConfigMap::comp-c/last",
    ]);
  });

  it("leaves unknown only what is unknown, and secret only what is secret", async () => {
    const build = (chart: Chart, tokens: OutputTokens): void => {
      const thing = new Thing("thing");
      const data = {
        known: "k",
        id: thing.id,
        url: `http://${tokens.text(thing.id)}/`,
        list: [thing.id, "plain"],
        password: tokens.text(pulumi.secret("s3")),
        dsn: `db:${tokens.text(pulumi.secret("s3"))}`,
      };
      object(chart, "a", { data });
    };
    const preview = await captured(build, { preview: true });
    const secrets = { password: new CapturedSecret("s3"), dsn: new CapturedSecret("db:s3") };
    expect(preview.get(CONFIG_MAP).inputs.data).toEqual({
      known: "k",
      id: UNKNOWN,
      url: UNKNOWN,
      list: [UNKNOWN, "plain"],
      ...secrets,
    });
    const up = await captured(build);
    expect(up.get(CONFIG_MAP).inputs.data).toEqual({
      known: "k",
      id: "thing-id",
      url: "http://thing-id/",
      list: ["thing-id", "plain"],
      ...secrets,
    });
    expect(up.get(CONFIG_MAP).propertyDependencies.data).toEqual([up.get("test:index:Thing").urn]);
  });

  it("marks every leaf of a Secret's data, whatever it came from", async () => {
    const secret = (chart: Chart, tokens: OutputTokens): void => {
      object(
        chart,
        "a",
        { type: "Opaque", data: { plain: "cA==" }, stringData: { of: tokens.text(new Thing("t").id), plain: "p" } },
        "Secret",
      );
      object(chart, "b", { apiVersion: "example.org/v1", data: { plain: "p" } }, "Secret");
    };
    const program = await captured(secret, { preview: true });
    const core = program.get("kubernetes:core/v1:Secret");
    expect(core.inputs).toMatchObject({
      type: "Opaque",
      data: { plain: new CapturedSecret("cA==") },
      stringData: { of: UNKNOWN, plain: new CapturedSecret("p") },
    });
    expect(core.options.additionalSecretOutputs).toEqual(["data", "stringData"]);
    expect(program.get("kubernetes:example.org/v1:Secret").inputs.data).toEqual({ plain: "p" });
    const edited = await captured(secret, {
      chart: () => ({ edit: ({ value }) => ({ ...value, data: { added: "x" } }) }),
    });
    expect(edited.get("kubernetes:core/v1:Secret").inputs.data).toEqual({ added: new CapturedSecret("x") });
  });

  it("passes provider and aliases on", async () => {
    const program = await captured(
      (chart) => {
        const [a, b] = [object(chart, "a"), object(chart, "b")];
        b.addDependency(a);
      },
      {
        chart: () => ({
          provider: new Cluster("kubernetes", "cluster", {}),
          aliases: ({ type, name, path }) => (path === "c/a" ? [{ name: `${name}-old` }, `urn:old::${type}`] : []),
        }),
      },
    );
    const provider = program.get("pulumi:providers:kubernetes");
    expect(program.all(CONFIG_MAP).map((resource) => resource.provider)).toEqual(
      Array(2).fill(`${provider.urn}::${provider.id}`),
    );
    expect(program.get(CONFIG_MAP, "comp-c/a").options.aliases).toEqual([
      { name: "comp-c/a-old", type: "", parentUrn: `${COMPONENT}::comp` },
      `urn:old::${CONFIG_MAP}`,
    ]);
    expect(program.get(CONFIG_MAP, "comp-c/b").options.aliases).toEqual([]);
  });

  it("gives the resource of an object", async () => {
    let resources: ChartResources | undefined;
    const program = await captureProgram(
      () => {
        let a: ApiObject | undefined;
        resources = registerChart(new Component("comp"), (app) => {
          a = object(new Chart(app, "c"), "a");
        });
        const resource = resources.resource(a as ApiObject);
        expect(resources.resources).toEqual([resource]);
        expect(() => resources?.resource(object(new Chart(new App(), "x"), "b"))).toThrow(
          "x/b is no object of this chart",
        );
        return { phase: resource.status, name: resource.metadata.name };
      },
      { outputs: ({ type }) => (type === CONFIG_MAP ? { status: { phase: "Active" } } : {}) },
    );
    expect(program.outputs).toEqual({ phase: { phase: "Active" }, name: "a" });
  });
});

describe("order", () => {
  const build = (chart: Chart, _: OutputTokens, app: App): void => {
    for (const id of ["b1x", "b2x"]) object(chart, id);
    const first = new Chart(app, "first");
    for (const id of ["a1x", "a2x"]) object(first, id);
    chart.addDependency(first);
  };

  it("of sets goes through a barrier that is depended on as it is", async () => {
    const program = await captured(build);
    const barrier = program.get("plinth:bridge:Barrier");
    expect(barrier).toMatchObject({ name: "comp-first/done", custom: false, parent: `${COMPONENT}::comp` });
    const urns = (...names: string[]) => names.map((name) => program.get(CONFIG_MAP, name).urn);
    expect(barrier.dependsOn).toEqual(urns("comp-first/a1x", "comp-first/a2x"));
    for (const name of ["comp-c/b1x", "comp-c/b2x"])
      expect(program.get(CONFIG_MAP, name).dependsOn).toEqual([barrier.urn]);
  });

  it("holds while objects are being made", async () => {
    const log: string[] = [];
    await captured(build, {
      outputs: async ({ name, type }) => {
        log.push(`start ${name}`);
        if (type === CONFIG_MAP) await new Promise((resolve) => setTimeout(resolve, name.endsWith("a1x") ? 30 : 5));
        log.push(`end ${name}`);
        return {};
      },
    });
    const at = (entry: string) => {
      expect(log).toContain(entry);
      return log.indexOf(entry);
    };
    for (const first of ["comp-first/a1x", "comp-first/a2x"])
      expect(at(`end ${first}`)).toBeLessThan(at("start comp-first/done"));
    for (const then of ["comp-c/b1x", "comp-c/b2x"])
      expect(at(`start ${then}`)).toBeGreaterThan(at("end comp-first/done"));
  });

  it("after other resources is given once, to what comes first", async () => {
    const after = (chart: Chart, more: boolean): void => {
      const [a, b] = [object(chart, "a"), object(chart, "b")];
      b.addDependency(a);
      if (more) object(chart, "x");
    };
    const chart = () => ({ dependsOn: [new Thing("t1"), new Thing("t2")] });
    const one = await captured((scope) => after(scope, false), { chart });
    const things = one.all("test:index:Thing").map(({ urn }) => urn);
    expect(one.get(CONFIG_MAP, "comp-c/a").dependsOn).toEqual(things);
    expect(one.get(CONFIG_MAP, "comp-c/b").dependsOn).toEqual([one.get(CONFIG_MAP, "comp-c/a").urn]);
    const two = await captured((scope) => after(scope, true), { chart });
    const barrier = two.get("plinth:bridge:Barrier", "comp-before");
    expect(barrier.dependsOn).toEqual(things);
    for (const name of ["comp-c/a", "comp-c/x"]) expect(two.get(CONFIG_MAP, name).dependsOn).toEqual([barrier.urn]);
  });

  it("of 200 objects after 200 objects takes 400 dependencies", async () => {
    const program = await captured((chart, _, app) => {
      const first = new Chart(app, "first");
      for (let i = 0; i < 200; i++) {
        object(first, `a${i}`);
        object(chart, `b${i}`);
      }
      chart.addDependency(first);
    });
    const sent = program.resources.reduce((sum, { dependsOn }) => sum + dependsOn.length, 0);
    expect([program.all(CONFIG_MAP).length, sent]).toEqual([400, 400]);
  });
});

describe("a chart that is refused", () => {
  const refusedBy = (build: (chart: Chart, tokens: OutputTokens, app: App) => void, before: PlinthError[] = []) =>
    captureProgram(
      async () => {
        const program = currentProgram();
        for (const refusal of before) program.refuse(refusal);
        let made: ApiObject | undefined;
        const chart = registerChart(new Component("comp"), (app, tokens) => {
          const scope = new Chart(app, "c");
          made = object(scope, "made");
          build(scope, tokens, app);
        });
        const inert = chart.resource(made as ApiObject);
        expect(chart.resource(made as ApiObject)).toBe(inert);
        new Thing("uses-it", { status: inert.status, id2: inert.id, name: inert.metadata.name });
        return { refusals: program.refusals.map(({ code, path }) => `${code} ${path}`) };
      },
      { preview: true },
    );

  it("registers nothing, tells the program all, and lets it go on", async () => {
    const program = await refusedBy((chart) => {
      chart.node.addValidation({ validate: () => ["no"] });
      object(chart, "bad", { data: { a: Number.NaN } });
    });
    expect(program.outputs.refusals).toEqual(["PL2001 c", "PL2014 c/bad"]);
    expect(program.resources.map(({ name }) => name)).toEqual(["project-stack", "comp", "uses-it"]);
    expect(program.get("test:index:Thing").inputs).toEqual({ status: UNKNOWN, id2: UNKNOWN, name: UNKNOWN });
  });

  it("because its building was refused is the same, and other errors are thrown", async () => {
    const refusal = new PlinthError(BRIDGE.validation, { path: "c", message: "no", fix: "yes" });
    const program = await refusedBy(() => {
      throw refusal;
    });
    expect(program.outputs.refusals).toEqual(["PL2001 c"]);
    await expect(
      refusedBy(() => {
        throw new Error("mistake");
      }),
    ).rejects.toThrow("mistake");
  });

  it("is also one of a program that has been refused already", async () => {
    const program = await refusedBy(() => {}, [
      new PlinthError(BRIDGE.validation, { path: "elsewhere", message: "no", fix: "yes" }),
    ]);
    expect(program.outputs.refusals).toEqual(["PL2001 elsewhere"]);
    expect(program.all(CONFIG_MAP)).toEqual([]);
  });

  it("has what its constructs refuse in the component's program", async () => {
    const program = await refusedBy((_, __, app) => {
      Program.of(app).refuse(new PlinthError(BRIDGE.validation, { path: "c/x", message: "no", fix: "yes" }));
    });
    expect(program.outputs.refusals).toEqual(["PL2001 c/x"]);
  });

  it("for paths that give one name", async () => {
    const program = await refusedBy((chart) => {
      const outer = object(chart, "a");
      new ApiObject(outer, "Resource", { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "other" } });
    });
    expect(program.outputs.refusals).toEqual(["PL2016 c/a/Resource"]);
  });
});

describe("in a component of Plinth", () => {
  class Plinth extends PlinthComponent {
    constructor(name: string) {
      super("plinth:test:Plinth", name, {});
      registerChart(this, (app) => {
        const [first, second] = [new Chart(app, "first"), new Chart(app, "second")];
        for (const id of ["a", "b"]) object(first, `${name}-first-${id}`);
        for (const id of ["a", "b"]) object(second, `${name}-second-${id}`);
        second.addDependency(first);
      });
      this.registerOutputs();
    }
  }

  it("order is kept", async () => {
    const program = await captureProgram(() => {
      new Plinth("one");
    });
    const barrier = program.get("plinth:bridge:Barrier");
    expect(program.get(CONFIG_MAP, "one-second/one-second-a").dependsOn).toEqual([barrier.urn]);
    expect(barrier.dependsOn).toEqual(["a", "b"].map((id) => program.get(CONFIG_MAP, `one-first/one-first-${id}`).urn));
  });

  it("nothing is sent when something later in the program is refused", async () => {
    const { program, errors } = await attemptProgram(() => {
      new Plinth("one");
      currentProgram().refuse(new PlinthError(BRIDGE.validation, { path: "later", message: "no", fix: "yes" }));
      new Plinth("two");
    });
    expect(program.resources.map(({ name }) => name)).toEqual(["project-stack"]);
    expect(errors.map(String)).toEqual([expect.stringContaining("1 thing is wrong")]);
  });
});
