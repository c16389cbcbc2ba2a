import type { ProgressEvent } from "@plinth/lab";

/** Prints progress: a line for each step, and below them, on a terminal, one that says how far what works now is. */
export class Progress {
  readonly #start = Date.now();
  readonly #current = new Map<string, { readonly event: ProgressEvent; readonly since: number }>();
  #timer: NodeJS.Timeout | undefined;

  /** Takes an event of the lab. */
  readonly report = (event: ProgressEvent): void => {
    if (process.stdout.isTTY) this.#timer ??= setInterval(() => this.#draw(), 500).unref();
    const before = this.#current.get(event.part)?.event;
    this.#current.set(event.part, { event, since: Date.now() });
    if (before?.step === event.step) return;
    if (process.stdout.isTTY) this.#clear();
    console.log(`${this.#clock()} ${event.part}: ${event.step}${expected(event)}`);
    if (process.stdout.isTTY) this.#draw();
  };

  /** No more progress. */
  end(): void {
    if (this.#timer === undefined) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#clear();
  }

  #clear(): void {
    process.stdout.write("\r\u001b[K");
  }

  #draw(): void {
    const working = [...this.#current.values()].filter(({ event }) => event.done !== true);
    const rows = working.map(({ event, since }) => {
      const seconds = Math.round((Date.now() - since) / 1000);
      const fraction =
        event.fraction ?? (event.expectedSeconds ? Math.min(0.99, seconds / event.expectedSeconds) : undefined);
      const far = fraction === undefined ? `${seconds} s` : `${Math.round(fraction * 100)} %`;
      return `${event.part} ${working.length === 1 && fraction !== undefined ? `${bar(fraction)} ` : ""}${far}`;
    });
    const line = `${this.#clock()} ${rows.join("  ")}`;
    process.stdout.write(`\r\u001b[K${line.slice(0, (process.stdout.columns ?? 80) - 1)}`);
  }

  #clock(): string {
    const seconds = Math.floor((Date.now() - this.#start) / 1000);
    return `[${String(Math.floor(seconds / 60)).padStart(2)}:${String(seconds % 60).padStart(2, "0")}]`;
  }
}

/** Columns of a bar. */
const BAR = 24;

function bar(fraction: number): string {
  const full = Math.round(Math.max(0, Math.min(1, fraction)) * BAR);
  return `[${"#".repeat(full)}${" ".repeat(BAR - full)}]`;
}

function expected({ expectedSeconds }: ProgressEvent): string {
  if (expectedSeconds === undefined) return "";
  const minutes = Math.round(expectedSeconds / 60);
  return minutes < 1 ? ` (about ${Math.ceil(expectedSeconds)} s)` : ` (about ${minutes} min)`;
}
