import { LabError } from "../errors.js";

/** What a binary is made for, in the words of Go. */
export interface Platform {
  readonly os: "linux";
  readonly arch: "amd64" | "arm64";
}

/**
 * The platform that this runs on.
 *
 * @throws LabError on one that the lab does not run on: it reads `/proc` and uses Linux's abstract sockets
 */
export function currentPlatform(os: string = process.platform, arch: string = process.arch): Platform {
  const name = arch === "x64" ? "amd64" : arch;
  if (os !== "linux" || (name !== "amd64" && name !== "arm64")) {
    throw new LabError(`The lab does not run on ${os} ${arch}.`, { fix: "Use Linux on amd64, for example a VM." });
  }
  return { os, arch: name };
}
