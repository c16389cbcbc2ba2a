/** What one part of the lab needs to know about the lab it belongs to. */
export interface LabContext {
  /** Name of the lab; several can run side by side. */
  readonly name: string;
  /** Folder of this lab's state: configuration, data, `logs/`, `run/` (pid files), `ports.json`. */
  readonly dir: string;
  /** Folder shared by all labs of the user: binaries, downloads, the compiler's cache. */
  readonly cache: string;
  /** Says what is going on; `done` of `total` where there is something to count. */
  readonly report: (event: ProgressEvent) => void;
  /** A port that is free and stays the same for this lab: chosen once for each key and remembered in `ports.json`. */
  readonly port: (key: string) => Promise<number>;
  /** Ends what goes on early (Ctrl-C): builds are broken off, waits end. @default - never */
  readonly signal?: AbortSignal | undefined;
}

/** One line of progress. */
export interface ProgressEvent {
  /** Name of the part. */
  readonly part: string;
  /** What it does now, for example `building kube-apiserver`. */
  readonly step: string;
  /** How far it is, 0 to 1. @default - not known */
  readonly fraction?: number;
  /** Seconds that the step is expected to take from its start. @default - not known */
  readonly expectedSeconds?: number;
  /** Whether the part has nothing left to do. @default false */
  readonly done?: boolean;
}

/** Whether a part answers, and if not why. */
export type Health =
  | { readonly state: "up" }
  | { readonly state: "down" }
  | { readonly state: "failing"; readonly reason: string };

/**
 * A part of the lab: one real thing that runs on the loopback. All parts have the same verbs, each of which may be
 * repeated without harm; a part can be used alone or together with others.
 */
export interface Part {
  /** Short name, for example `kubernetes`; what `plinth lab up NAME` takes. */
  readonly name: string;
  /** What it is, in one line, for people. */
  readonly title: string;
  /** Names of parts that must be up before this one starts. */
  readonly needs: readonly string[];
  /** Whether it comes up only when it is named, or needed by one that is. @default false */
  readonly onDemand?: boolean;
  /**
   * Says what is missing on this machine for the part to be acquired or run (not root, not Debian, no Go), each with its
   * remedy. Empty: it can be had.
   */
  missing(context: LabContext): Promise<readonly string[]>;
  /** System packages that {@link acquire} would install: asked of the user once before it does. Empty: none. */
  systemPackages(context: LabContext): Promise<readonly string[]>;
  /** Fetches or builds what it needs, into the cache. Resumes where it stopped. */
  acquire(context: LabContext): Promise<void>;
  /** Starts it when it does not run, and waits until it is healthy. */
  start(context: LabContext): Promise<void>;
  /** Asks the part itself whether it answers. */
  health(context: LabContext): Promise<Health>;
  /** Environment variables with which its clients reach it. */
  env(context: LabContext): Promise<Readonly<Record<string, string>>>;
  /** Stops it and waits until it has gone. Its data stays. */
  stop(context: LabContext): Promise<void>;
}
