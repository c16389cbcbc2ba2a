import { generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { apiServer, type Lab, LabError } from "@plinth/lab";

/** Configuration of the hybrid stack on the lab, with what is secret apart. */
export interface DemoConfig {
  readonly plain: Readonly<Record<string, string>>;
  readonly secret: Readonly<Record<string, string>>;
}

/** What the networks of the lab's Neutron carry: an overlay over 1500. */
const MTU = 1450;

/**
 * The configuration for a lab that need not run yet: made once and kept in its folder, so that a second run changes nothing.
 * @param engine which controllers order machines. @default - as the stack is set
 */
export async function demoConfig(labDir: string, engine?: string): Promise<DemoConfig> {
  const { publicKey, password } = await keys(labDir);
  const unknown = "(known when the lab is up)";
  return {
    plain: {
      "hybrid:publicKey": publicKey,
      "hybrid:mtu": String(MTU),
      "hybrid:caCertificate": unknown,
      ...(engine === undefined ? {} : { "hybrid:engine": engine }),
    },
    secret: { "hybrid:password": password, "hybrid:kubeconfig": unknown },
  };
}

/** The same with what is known of a lab that is up: how its cluster is reached. */
export async function withCluster({ plain, secret }: DemoConfig, lab: Lab): Promise<DemoConfig> {
  const server = await apiServer(lab.dir);
  const { KUBECONFIG } = await lab.env();
  if (server === undefined || KUBECONFIG === undefined) throw new LabError("The lab has no API server");
  return {
    plain: { ...plain, "hybrid:caCertificate": server.ca },
    secret: { ...secret, "hybrid:kubeconfig": await readFile(KUBECONFIG, "utf8") },
  };
}

interface Keys {
  readonly publicKey: string;
  readonly password: string;
}

async function keys(labDir: string): Promise<Keys> {
  const file = join(labDir, "demo-keys.json");
  if (existsSync(file)) return JSON.parse(await readFile(file, "utf8")) as Keys;
  const { publicKey } = generateKeyPairSync("ed25519");
  const made: Keys = {
    publicKey: toOpenSsh(publicKey, "plinth-demo"),
    password: randomBytes(18).toString("base64url"),
  };
  await mkdir(labDir, { recursive: true, mode: 0o700 });
  await writeFile(file, JSON.stringify(made), { mode: 0o600 });
  return made;
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
