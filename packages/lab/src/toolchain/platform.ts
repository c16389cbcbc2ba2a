/** What a binary is made for, in the words of Go. */
export interface Platform {
  readonly os: "linux";
  readonly arch: "amd64" | "arm64";
}

/** The platform that this runs on; undefined where the lab does not: it reads `/proc` and uses Linux's abstract sockets. */
export function currentPlatform(os: string = process.platform, arch: string = process.arch): Platform | undefined {
  const name = arch === "x64" ? "amd64" : arch;
  return os === "linux" && (name === "amd64" || name === "arm64") ? { os, arch: name } : undefined;
}
