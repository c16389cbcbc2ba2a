import { join } from "node:path";

/** The files of the Kubernetes part of a lab. */
export interface Layout {
  readonly dir: string;
  /** Data of etcd. */
  readonly data: string;
  readonly kubeconfig: string;
  /** User tokens that the API server knows; readable by the owner only. */
  readonly tokens: string;
  readonly ca: KeyPair;
  /** Certificate of all three servers: they all answer on 127.0.0.1. */
  readonly server: KeyPair;
  /** Certificate with which the API server comes to etcd. */
  readonly client: KeyPair;
  /** Key pair with which service account tokens are signed. */
  readonly serviceAccount: { readonly key: string; readonly publicKey: string };
}

/** A private key and its certificate. */
export interface KeyPair {
  readonly key: string;
  readonly cert: string;
}

/** Where the files lie: all under `<lab>/kubernetes`. */
export function layout(labDir: string): Layout {
  const dir = join(labDir, "kubernetes");
  const pki = join(dir, "pki");
  const pair = (name: string) => ({ key: join(pki, `${name}.key`), cert: join(pki, `${name}.crt`) });
  return {
    dir,
    data: join(dir, "etcd"),
    kubeconfig: join(dir, "kubeconfig"),
    tokens: join(pki, "tokens.csv"),
    ca: pair("ca"),
    server: pair("server"),
    client: pair("client"),
    serviceAccount: { key: join(pki, "service-account.key"), publicKey: join(pki, "service-account.pub") },
  };
}
