import { join } from "node:path";
import { call, type Endpoint } from "@plinth/clients";
import { LabError } from "../../errors.js";
import { readIfThere, writeWhole } from "../../files.js";
import { kubeconfig } from "./kubeconfig.js";
import type { ApiServer } from "./servers.js";

/** Ten years, as the certificates of the lab: one that lives longer may be reset. */
const SECONDS = 3650 * 24 * 3600;

/** A service account that a controller of the lab works as. */
export interface ServiceAccount {
  readonly namespace: string;
  readonly name: string;
}

/**
 * Writes the kubeconfig of a controller: it comes to the API server as its own service account, with what the account's
 * roles allow and no more. The token is got from the API server and kept as long as that takes it.
 *
 * @param folder where the kubeconfig (`NAME.kubeconfig`) goes; readable by the owner only
 * @returns path of the kubeconfig
 * @throws LabError when the API server gives no token
 */
export async function accountKubeconfig(server: ApiServer, folder: string, account: ServiceAccount): Promise<string> {
  const [tokenFile, file] = [join(folder, `${account.name}.token`), join(folder, `${account.name}.kubeconfig`)];
  const kept = await readIfThere(tokenFile);
  if (kept === undefined || !(await isTaken({ ...server, token: kept }))) {
    await writeWhole(tokenFile, await newToken(server, account), 0o600);
  }
  await writeWhole(file, kubeconfig(server, { name: account.name, tokenFile }), 0o600);
  return file;
}

async function isTaken(endpoint: Endpoint): Promise<boolean> {
  const review = { apiVersion: "authentication.k8s.io/v1", kind: "SelfSubjectReview" };
  const answer = await call(endpoint, "/apis/authentication.k8s.io/v1/selfsubjectreviews", post(review));
  return answer.status === 201;
}

async function newToken(server: ApiServer, { namespace, name }: ServiceAccount): Promise<string> {
  const request = {
    apiVersion: "authentication.k8s.io/v1",
    kind: "TokenRequest",
    spec: { expirationSeconds: SECONDS },
  };
  const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`;
  const { status, text } = await call(server, path, post(request));
  if (status !== 201) throw new LabError(`The API server gives no token to ${namespace}/${name} (${status}): ${text}`);
  return (JSON.parse(text) as { status: { token: string } }).status.token;
}

function post(body: object) {
  return { method: "POST", contentType: "application/json", body: JSON.stringify(body) };
}
