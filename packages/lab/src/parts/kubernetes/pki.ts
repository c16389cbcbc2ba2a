import { randomBytes } from "node:crypto";
import { chmod, mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { exists, readIfThere, writeWhole } from "../../files.js";
import { run } from "../../run.js";
import type { KeyPair, Layout } from "./layout.js";

/** A lab that lives longer may be reset. */
const DAYS = "3650";

/** Names and addresses under which the servers of the lab are reached, from outside and in the words of a pod. */
const SERVER_NAMES = [
  "IP:127.0.0.1",
  "IP:10.96.0.1",
  "DNS:localhost",
  "DNS:kubernetes",
  "DNS:kubernetes.default",
  "DNS:kubernetes.default.svc",
  "DNS:kubernetes.default.svc.cluster.local",
];

/** The user of the kubeconfig: a cluster administrator. */
const ADMIN = { name: "admin", group: "system:masters" };

/**
 * Makes what the servers prove themselves with, where it is missing: a certificate authority of this lab's own, the
 * certificates signed by it, the key of the service accounts and the token of the user. Keys and tokens are readable by
 * their owner only.
 */
export async function makeSecrets(files: Layout): Promise<void> {
  await mkdir(dirname(files.tokens), { recursive: true, mode: 0o700 });
  if (!(await exists(files.ca.cert))) await makeAuthority(files.ca);
  if (!(await exists(files.server.cert))) {
    await makeCertificate(files.server, files.ca, "/CN=plinth-lab-server", [
      `subjectAltName=${SERVER_NAMES.join(",")}`,
      "extendedKeyUsage=serverAuth,clientAuth", // etcd is a client of itself
    ]);
  }
  if (!(await exists(files.client.cert))) {
    await makeCertificate(files.client, files.ca, "/CN=kube-apiserver", ["extendedKeyUsage=clientAuth"]);
  }
  const { key, publicKey } = files.serviceAccount;
  if (!(await exists(publicKey))) {
    await makeKey(key);
    await run("openssl", ["pkey", "-in", key, "-pubout", "-out", publicKey]);
  }
  if (!(await exists(files.tokens))) {
    const token = randomBytes(24).toString("hex");
    await writeWhole(files.tokens, `${token},${ADMIN.name},${ADMIN.name},${ADMIN.group}\n`, 0o600);
  }
}

/** The token of the user; undefined before {@link makeSecrets}. */
export async function userToken(files: Layout): Promise<string | undefined> {
  return (await readIfThere(files.tokens))?.split(",")[0];
}

async function makeKey(path: string): Promise<void> {
  await run("openssl", ["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", path]);
  await chmod(path, 0o600);
}

async function makeAuthority(pair: KeyPair): Promise<void> {
  await makeKey(pair.key);
  await run("openssl", [
    ...["req", "-x509", "-new", "-key", pair.key, "-days", DAYS, "-subj", "/CN=plinth-lab", "-out", pair.cert],
    ...["-addext", "keyUsage=critical,keyCertSign,digitalSignature"],
  ]);
}

/** Makes a key and a certificate for it, signed by an authority. */
export async function makeCertificate(
  pair: KeyPair,
  authority: KeyPair,
  subject: string,
  extensions: readonly string[],
): Promise<void> {
  await makeKey(pair.key);
  await run("openssl", [
    ...["req", "-x509", "-new", "-key", pair.key, "-days", DAYS, "-subj", subject, "-out", pair.cert],
    ...["-CA", authority.cert, "-CAkey", authority.key],
    ...["basicConstraints=critical,CA:FALSE", ...extensions].flatMap((extension) => ["-addext", extension]),
  ]);
}
