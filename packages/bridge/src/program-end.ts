import * as pulumi from "@pulumi/pulumi";

/** What is told of an inline program. */
export interface ProgramListener {
  /** Its code has ended well, before its outputs are waited for. What this throws becomes the program's error. */
  ended(): Promise<void>;
  /** Its code has thrown. */
  failed(): Promise<void>;
  /** Rejects when the program is to be given up, because its code will never end. */
  readonly givenUp: Promise<never>;
}

interface StackArgs {
  readonly init: () => Promise<unknown>;
}
interface StackPrototype {
  initialize(this: pulumi.Resource, args: StackArgs): Promise<unknown>;
  [PATCHED]?: true;
}
interface Watched {
  [LISTEN]?: (listener: ProgramListener) => void;
}

const PATCHED = Symbol.for("plinth.program-end");
const LISTEN = Symbol.for("plinth.program-end.listen");

/**
 * Pulumi tells nobody when a program's own code has ended: the root stack goes straight on to wait for the exported values,
 * and those may be held. So the root stack's `initialize` is made to tell. A program that loads this file while it already
 * runs (`pulumi up` does) comes too late for that, and has Node's `beforeExit` instead.
 */
function patch(prototype: StackPrototype): void {
  if (prototype[PATCHED]) return;
  prototype[PATCHED] = true;
  const original = prototype.initialize;
  prototype.initialize = function (args) {
    let listener: ProgramListener | undefined;
    let giveUp: (reason: unknown) => void;
    const givenUp = new Promise<never>((_, reject) => {
      giveUp = reject;
    });
    (this as Watched)[LISTEN] = (given) => {
      listener = given;
      given.givenUp.catch((reason: unknown) => giveUp(reason));
    };
    const init = async (): Promise<unknown> => {
      let outputs: unknown;
      try {
        outputs = await Promise.race([args.init(), givenUp]);
      } catch (error) {
        await listener?.failed();
        throw error;
      }
      await listener?.ended();
      return outputs;
    };
    return original.call(this, { ...args, init });
  };
}

patch((pulumi.runtime as unknown as { Stack: { prototype: StackPrototype } }).Stack.prototype);

/**
 * Has the listener told of the program with this root stack.
 * @returns whether it will be: not for a program that was running before Plinth was loaded
 */
export function onProgramEnd(stack: pulumi.Resource, listener: ProgramListener): boolean {
  const listen = (stack as Watched)[LISTEN];
  listen?.(listener);
  return listen !== undefined;
}
