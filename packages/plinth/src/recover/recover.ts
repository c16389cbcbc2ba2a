import type { Environment } from "@plinth/clients";
import type { Decisions } from "./plan.js";
import type { Process } from "./processes.js";
import type { Recovery, RecoveryPlan } from "./recover-stack.js";

/** Which stack is recovered, and how. */
export interface RecoverOptions extends Decisions {
  /** Name of the stack. @default - the one that is selected */
  readonly stack?: string;
  /** Folder of the Pulumi project. @default - the current one */
  readonly cwd?: string;
  /** Environment with which `pulumi up` ran: `PULUMI_*`, `OS_*`, `KUBECONFIG`. @default process.env */
  readonly env?: Environment;
  /** Deletes what is there beside the recorded object of the same resource, with the next `up`. @default false */
  readonly deleteDuplicates?: boolean;
  /**
   * Asked whether plug-ins of the dead run that still run, and serve an engine that is gone, are ended. They would go on making
   * objects while these are looked for. @default - they are not, and their stack is refused (PL7005)
   */
  readonly endSurvivors?: (survivors: readonly Process[]) => boolean | Promise<boolean>;
  /** Asked before anything is changed. @default - nobody is asked */
  readonly confirm?: (plan: RecoveryPlan) => boolean | Promise<boolean>;
}

/**
 * Heals a stack after Pulumi was killed in the middle of an `up` or a `destroy`: clears the lock of the dead process, finds by
 * owner what was made and never recorded, in OpenStack and in Kubernetes, records it as the program describes it, and takes out
 * what was deleted. The next `up` goes on where the dead one stopped, and makes nothing twice. In a file backend it puts right what was
 * being written when Pulumi died, where Pulumi cannot read the stack any more.
 *
 * Uses the `pulumi` command of the environment, and logs in to clouds and clusters as the stack's own providers do.
 *
 * @throws PlinthError, PlinthReport (PL70xx) before anything is changed: when the lock is held, or is another host's; when it
 * cannot be found out what became of a creation; when a cloud or a cluster cannot be read
 */
export async function recover(options: RecoverOptions = {}): Promise<Recovery> {
  // rarely needed: nothing of it is loaded with the package
  const [{ recoverStack }, { Pulumi }] = await Promise.all([import("./recover-stack.js"), import("./pulumi.js")]);
  const pulumi = new Pulumi(options.cwd ?? process.cwd(), options.env ?? process.env);
  try {
    return await recoverStack(options, pulumi);
  } finally {
    await pulumi.close();
  }
}
