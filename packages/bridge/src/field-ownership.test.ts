import * as pulumi from "@pulumi/pulumi";
import { ApiObject, type ApiObjectMetadata, App, Chart } from "cdk8s";
import type { Construct } from "constructs";
import { expect, it } from "vitest";
import type { Edit } from "./edit.js";
import { registerChart } from "./register.js";
import { renderObjects } from "./render.js";
import { captureProgram } from "./testing.js";

class Component extends pulumi.ComponentResource {
  constructor() {
    super("test:index:Component", "comp");
  }
}

function emit(scope: Construct, metadata: ApiObjectMetadata = {}): Chart {
  const chart = new Chart(scope, "c");
  new ApiObject(chart, "o", { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "o", ...metadata } });
  return chart;
}

/** The annotations with which an object is registered. */
async function annotationsOf(metadata?: ApiObjectMetadata, edit?: Edit): Promise<unknown> {
  const program = await captureProgram(() => {
    registerChart(new Component(), (app) => void emit(app, metadata), { edit });
  });
  const [object] = program.all("kubernetes:core/v1:ConfigMap");
  return (object?.inputs.metadata as { annotations?: unknown } | undefined)?.annotations;
}

it("has the fields of every object taken back from other managers", async () => {
  expect(await annotationsOf()).toEqual({ "pulumi.com/patchForce": "true" });
});

it("keeps the other annotations", async () => {
  expect(await annotationsOf({ annotations: { team: "infra" } })).toEqual({
    "pulumi.com/patchForce": "true",
    team: "infra",
  });
});

it("keeps annotations that an edit takes from an Output", async () => {
  const edit: Edit = ({ value }) => ({
    ...value,
    metadata: { ...(value.metadata as object), annotations: pulumi.output({ team: "infra" }) },
  });
  expect(await annotationsOf(undefined, edit)).toEqual({ "pulumi.com/patchForce": "true", team: "infra" });
});

it("leaves an object to others whose edit says so", async () => {
  const edit: Edit = ({ value }) => ({
    ...value,
    metadata: { ...(value.metadata as object), annotations: { "pulumi.com/patchForce": "false" } },
  });
  expect(await annotationsOf(undefined, edit)).toEqual({ "pulumi.com/patchForce": "false" });
});

it("puts nothing of Pulumi into what is rendered without it", () => {
  expect(renderObjects(emit(new App()))).toEqual([{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "o" } }]);
});
