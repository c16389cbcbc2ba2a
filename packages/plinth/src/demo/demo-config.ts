import { generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Configuration of the hybrid stack on the lab, with what is secret apart. */
export interface DemoConfig {
  readonly plain: Readonly<Record<string, string>>;
  readonly secret: Readonly<Record<string, string>>;
}

/** The configuration for a lab: made once and kept in its folder, so that a second run changes nothing. */
export async function demoConfig(labDir: string): Promise<DemoConfig> {
  const file = join(labDir, "demo.json");
  if (existsSync(file)) return JSON.parse(await readFile(file, "utf8")) as DemoConfig;
  const { publicKey } = generateKeyPairSync("ed25519");
  const config: DemoConfig = {
    plain: { "hybrid:publicKey": toOpenSsh(publicKey, "plinth-demo") },
    secret: { "hybrid:password": randomBytes(18).toString("base64url") },
  };
  await mkdir(labDir, { recursive: true, mode: 0o700 });
  await writeFile(file, JSON.stringify(config), { mode: 0o600 });
  return config;
}

/** An Ed25519 public key as OpenSSH writes it. Source: RFC 8709, section 4. */
function toOpenSsh(key: KeyObject, comment: string): string {
  const raw = Buffer.from(key.export({ format: "jwk" }).x ?? "", "base64url");
  const parts = [Buffer.from("ssh-ed25519"), raw].flatMap((part) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(part.length);
    return [length, part];
  });
  return `ssh-ed25519 ${Buffer.concat(parts).toString("base64")} ${comment}`;
}
