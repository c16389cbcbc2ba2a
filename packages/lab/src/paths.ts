import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { PlinthError } from "@plinth/core";
import { LAB } from "./rules.js";

/** Where things lie. */
export interface Paths {
  /** Binaries, downloads and the compiler's cache, shared by all labs of the user; may be deleted at any time. */
  readonly cache: string;
  /** What labs remember: one folder each under `labs/`. */
  readonly state: string;
}

/** An environment, `process.env` for short. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The folders of this user. The cache is `$PLINTH_CACHE`, else `$XDG_CACHE_HOME/plinth`, else `~/.cache/plinth`; the state
 * `$PLINTH_STATE`, else `$XDG_STATE_HOME/plinth`, else `~/.local/state/plinth`.
 *
 * @see https://specifications.freedesktop.org/basedir-spec/latest/ (relative values are ignored, as it asks)
 */
export function paths(env: Environment = process.env): Paths {
  const home = env.HOME || homedir();
  return {
    cache: env.PLINTH_CACHE || join(base(env.XDG_CACHE_HOME, home, ".cache"), "plinth"),
    state: env.PLINTH_STATE || join(base(env.XDG_STATE_HOME, home, ".local/state"), "plinth"),
  };
}

/**
 * The folder of one lab: `<state>/labs/<name>`.
 *
 * @throws PlinthError (PL9001) for a name that is not one
 */
export function labDirectory(state: string, name: string): string {
  if (!/^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$/.test(name)) {
    throw new PlinthError(LAB.name, {
      path: "lab",
      property: "name",
      value: name,
      message: `"${name}" is not a name for a lab.`,
      fix: "Take a short name such as default or test-1.",
    });
  }
  return join(state, "labs", name);
}

function base(value: string | undefined, home: string, fallback: string): string {
  return value !== undefined && isAbsolute(value) ? value : join(home, fallback);
}
