import { PlinthError, PlinthReport, type Program } from "@plinth/core";
import * as pulumi from "@pulumi/pulumi";
import state from "@pulumi/pulumi/runtime/state.js";
import { BRIDGE_GATE } from "./gate-rules.js";
import { InFlight } from "./in-flight.js";
import { onProgramEnd } from "./program-end.js";

/** How long an inline program may be quiet (nothing of it in flight to the engine) before it counts as waiting. */
const QUIET_MILLISECONDS = 5_000;
/** How long it may then be quiet in a preview, where a value that it waits for may never come. */
const PREVIEW_QUIET_MILLISECONDS = 60_000;
const POLL_MILLISECONDS = 250;

const GATE = Symbol.for("plinth.gate");

/**
 * Holds back everything that Plinth registers until the whole program has been checked.
 *
 * Pulumi registers resources while the program still runs, and a throw does not stop what is queued. So each resource of
 * ours depends on the gate's promise, which Pulumi awaits before it sends the resource. The gate opens when the program
 * has ended, or when it cannot go on because it waits for a value of a resource. When refusals stand it stays closed:
 * nothing of ours is sent, and one report says all that is wrong. See `docs/adr/0003-checked-before-sent.md`.
 */
export class Gate {
  readonly #program: Program;
  readonly #inFlight = new InFlight();
  readonly #stack: pulumi.Resource | undefined;
  readonly #opened: Promise<void>;
  #pass!: () => void;
  #reject!: (reason: unknown) => void;
  #state: "closed" | "open" | "refused" = "closed";
  #held = 0;
  #theReport: PlinthReport | undefined;

  private constructor(program: Program) {
    this.#program = program;
    this.#opened = new Promise((resolve, reject) => {
      this.#pass = resolve;
      this.#reject = reject;
    });
    // each held resource reports the rejection; without one there is nobody to tell
    this.#opened.catch(() => {});
    this.#stack = pulumi.runtime.getStackResource();
    if (this.#stack === undefined) setImmediate(() => this.#checkAtRest());
    else if (!this.#followInlineProgram(this.#stack)) process.on("beforeExit", this.#atRest);
  }

  /** The gate of a program; made when it is asked for the first time. */
  static of(program: Program): Gate {
    const holder = program as { [GATE]?: Gate };
    holder[GATE] ??= new Gate(program);
    return holder[GATE];
  }

  /** What a resource gives as `dependsOn` so that it is not sent before the gate opens. Resolves to no resources. */
  get dependency(): pulumi.Output<pulumi.Resource[]> {
    this.#held++;
    const passed = this.#state === "open" ? this.#checkLater() : this.#opened;
    return pulumi.output(passed.then((): pulumi.Resource[] => []));
  }

  /** With the gate open, what comes is checked as it comes; the synchronous code that makes it may still find refusals. */
  async #checkLater(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    if (this.#program.refusals.length > 0) throw this.#report(true);
  }

  /** @returns whether nothing was refused */
  #check(): boolean {
    if (this.#program.refusals.length > 0) {
      this.#state = "refused";
      return false;
    }
    if (this.#state === "closed") {
      this.#state = "open";
      for (const warning of this.#program.warnings) void pulumi.log.warn(warning);
      this.#pass();
    }
    return true;
  }

  /** Pulumi prints an error that it has printed before no second time, so there is one report. */
  #report(partly = false): PlinthReport {
    this.#theReport ??= new PlinthReport(this.#program.refusals, { partly });
    return this.#theReport;
  }

  #checkAtRest(): void {
    if (!this.#check()) this.#reject(this.#report());
  }

  /** Under `pulumi up`: Node has nothing left to do. The program has ended, has failed, or waits for what the gate holds. */
  readonly #atRest = (): void => {
    if (this.#state === "refused") return;
    const wasOpen = this.#state === "open";
    if (wasOpen) process.off("beforeExit", this.#atRest);
    let outcome: "waiting" | "ended" | "failed" = "waiting";
    let failure: unknown;
    (this.#stack as unknown as { __data?: Promise<unknown> }).__data?.then(
      () => {
        outcome = "ended";
      },
      (error: unknown) => {
        outcome = "failed";
        failure = error;
      },
    );
    // after the promise's callbacks
    setImmediate(() => {
      if (outcome === "failed") {
        this.#state = "refused";
        this.#reject(failure);
      } else if (!wasOpen) this.#checkAtRest();
      // at rest with the gate open: a program that has not ended now never will; one that has failed is reported already
      else if (outcome === "waiting" && !pulumi.log.hasErrors()) throw deadlock();
    });
  };

  /**
   * Of an inline program the end of its code is known. Its refusals are thrown there, once; what is held stays held.
   * @returns whether this program can be followed
   */
  #followInlineProgram(stack: pulumi.Resource): boolean {
    let over = false;
    const givenUp = new Promise<never>((_, reject) => {
      this.#watchForQuiet(() => over, reject);
    });
    return onProgramEnd(stack, {
      givenUp,
      ended: async () => {
        over = true;
        const partly = this.#state === "open";
        if (this.#check()) return;
        await this.#release();
        throw this.#report(partly);
      },
      failed: async () => {
        over = true;
        if (this.#state === "closed") this.#state = "refused";
        if (this.#state === "refused") await this.#release();
      },
    });
  }

  /**
   * In an inline program that waits Node is never at rest: the caller's own work goes on. Quiet towards the engine is the
   * next best sign.
   */
  #watchForQuiet(over: () => boolean, giveUp: (reason: unknown) => void): void {
    let quietSince = Date.now();
    let held = this.#held;
    const timer = setInterval(() => {
      if (over() || this.#state === "refused") {
        clearInterval(timer);
        return;
      }
      if (this.#inFlight.count > 0 || held !== this.#held) {
        held = this.#held;
        quietSince = Date.now();
      }
      const quiet = Date.now() - quietSince;
      if (this.#state === "closed" && quiet >= QUIET_MILLISECONDS) {
        quietSince = Date.now();
        void pulumi.log.info(
          "The program waits: what it has made so far is checked as a whole and sent, what it makes later is checked by itself.",
        );
        if (!this.#check()) giveUp(this.#report());
      } else if (this.#state === "open" && pulumi.runtime.isDryRun() && quiet >= PREVIEW_QUIET_MILLISECONDS) {
        clearInterval(timer);
        giveUp(deadlock());
      }
    }, POLL_MILLISECONDS);
    timer.unref();
  }

  /**
   * Pulumi waits at the end of an inline program until each resource has been answered, and one that is held or took a value
   * of a held one never is. What was really sent is waited for; the rest is given up.
   */
  async #release(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    await this.#inFlight.idle();
    const { getStore } = state as unknown as { getStore(): { settings: { rpcDone: Promise<unknown> } } };
    getStore().settings.rpcDone = Promise.resolve();
  }
}

function deadlock(): PlinthError {
  return new PlinthError(BRIDGE_GATE.deadlock, {
    path: "the program",
    message: "The program waits for a value that never comes",
    fix: "use the value inside apply(), or export it, instead of awaiting it; or await it only when pulumi.runtime.isDryRun() is false",
  });
}
