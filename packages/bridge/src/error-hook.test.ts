import * as pulumi from "@pulumi/pulumi";
import state from "@pulumi/pulumi/runtime/state.js";
import { expect, it } from "vitest";
import { errorHook } from "./error-hook.js";
import { attemptProgram } from "./testing.js";

const { getStore } = state as unknown as { getStore(): { supportsErrorHooks: boolean; callbacks?: unknown } };

/** What a program is given that runs with such an engine. @param register what its language host says */
async function option(supported: boolean, register?: () => Promise<void>): Promise<object> {
  let given: Pick<pulumi.CustomResourceOptions, "hooks"> = {};
  const { errors } = await attemptProgram(() => {
    Object.assign(getStore(), { supportsErrorHooks: supported, callbacks: { registerErrorHook: register } });
    // as a component's transformation does, before it is known whether there are hooks
    given = pulumi.mergeOptions(
      errorHook("plinth:test", () => false),
      { dependsOn: [] },
    );
    Object.assign(getStore(), { supportsErrorHooks: false });
  });
  expect(errors).toEqual([]);
  return given.hooks ?? {};
}

it("there is a hook where engine and language host know it", async () => {
  expect(await option(true, async () => {})).toMatchObject({ onError: [{ name: "plinth:test" }] });
});

it("there is none where the engine knows it and the language host does not, and the program goes on", async () => {
  const unknown = () => Promise.reject(new Error("12 UNIMPLEMENTED: unknown method RegisterErrorHook"));
  expect(await option(true, unknown)).toEqual({});
});

it("there is none where the engine does not know it", async () => {
  expect(await option(false)).toEqual({});
});
