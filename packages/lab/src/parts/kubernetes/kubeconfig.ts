import type { Endpoint } from "../../https.js";

/** A kubeconfig for one cluster and one user who comes with a token; it verifies the server. */
export function kubeconfig(endpoint: Endpoint & { readonly token: string }): string {
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
    users: [{ name: "admin", user: { token: endpoint.token } }],
    contexts: [{ name: "plinth-lab", context: { cluster: "plinth-lab", user: "admin" } }],
    "current-context": "plinth-lab",
  };
  return `${JSON.stringify(config, undefined, 2)}\n`; // JSON is YAML
}
