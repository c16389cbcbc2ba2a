import { AsyncResource } from "node:async_hooks";
import * as pulumi from "@pulumi/pulumi";
import state from "@pulumi/pulumi/runtime/state.js";

/** What Pulumi knows of the engine that runs the program, and of a hook; its types are not published. */
interface Store {
  getStore?(): { readonly supportsErrorHooks?: boolean };
}
interface Registering {
  readonly __registered: Promise<unknown>;
}

/**
 * Option of a resource: what is done when an operation with it fails. Unlike hooks of deletion it does not ask for the program at a
 * `pulumi destroy`; there it is not called.
 *
 * Language hosts older than the engine do not know such hooks, and the engine says nothing of that: Pulumi would fail with
 * `UNIMPLEMENTED`. So the option has the hook when it is registered, which is before the program has been checked, and no resource
 * of Plinth's is sent before that.
 * @param name unique in the program; it stands in the state of the resource
 * @param callback says whether Pulumi shall try again
 * @returns the same object for several resources; nothing where there are no such hooks
 */
export function errorHook(
  name: string,
  callback: pulumi.ErrorHookFunction,
): Pick<pulumi.CustomResourceOptions, "hooks"> {
  const { getStore } = state as unknown as Store;
  if (getStore?.().supportsErrorHooks !== true) return {};
  // the engine calls back from outside of the program, and only inside is it known where to log
  const hook = new pulumi.ErrorHook(name, AsyncResource.bind(callback));
  // Pulumi reads this object when it sends the resource; lists in it it has copied before
  const hooks: pulumi.ResourceHookBinding = {};
  (hook as unknown as Registering).__registered.then(
    () => {
      hooks.onError = [hook];
    },
    (error: unknown) => pulumi.log.debug(`${name}: there are no error hooks: ${error}`),
  );
  return { hooks };
}
