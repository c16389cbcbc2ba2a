import { AsyncResource } from "node:async_hooks";
import * as pulumi from "@pulumi/pulumi";
import state from "@pulumi/pulumi/runtime/state.js";

/** What Pulumi knows of the engine that runs the program; its types are not published. */
interface Store {
  getStore?(): { readonly supportsErrorHooks?: boolean };
}

/**
 * What is done when an operation with a resource fails. Unlike hooks of deletion it does not ask for the program at a `pulumi
 * destroy`; there it is not called.
 * @param name unique in the program; it stands in the state of the resource
 * @param callback says whether Pulumi shall try again
 * @returns `undefined` where the engine is too old for such hooks
 */
export function errorHook(name: string, callback: pulumi.ErrorHookFunction): pulumi.ErrorHook | undefined {
  const { getStore } = state as unknown as Store;
  if (getStore?.().supportsErrorHooks !== true) return undefined;
  // the engine calls back from outside of the program, and only inside is it known where to log
  return new pulumi.ErrorHook(name, AsyncResource.bind(callback));
}
