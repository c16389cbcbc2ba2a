import type { Endpoint } from "@plinth/clients";

/** A user of a kubeconfig; the token is given, or read from a file whenever it is needed. */
export type KubeconfigUser =
  | { readonly name: string; readonly token: string }
  | { readonly name: string; readonly tokenFile: string };

/** A kubeconfig for one cluster and one user who comes with a token; it verifies the server. */
export function kubeconfig(endpoint: Endpoint, { name, ...user }: KubeconfigUser): string {
  const config = {
    apiVersion: "v1",
    kind: "Config",
    clusters: [
      {
        name: "plinth-lab",
        cluster: {
          server: endpoint.url,
          "certificate-authority-data": Buffer.from(endpoint.ca).toString("base64"),
        },
      },
    ],
    users: [{ name, user }],
    contexts: [{ name: "plinth-lab", context: { cluster: "plinth-lab", user: name } }],
    "current-context": "plinth-lab",
  };
  return `${JSON.stringify(config, undefined, 2)}\n`; // JSON is YAML
}
