import { type ApiServer, call } from "@plinth/lab";

/** An object as the Kubernetes API answers it. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly managedFields?: readonly { readonly manager: string; readonly fieldsV1: object }[];
  };
  readonly spec: Readonly<Record<string, unknown>>;
}

/** An object, or some fields of one, as they are applied. */
export type Applied = Omit<KubernetesObject, "metadata"> & { readonly metadata: { readonly name: string } };

/** Paths of the kinds that the hybrid stack makes, all of them cluster-wide. */
export const KINDS = {
  moduleConfigs: "/apis/deckhouse.io/v1alpha1/moduleconfigs",
  instanceClasses: "/apis/deckhouse.io/v1/openstackinstanceclasses",
  nodeGroups: "/apis/deckhouse.io/v1/nodegroups",
} as const;

/** A plain client of a Kubernetes API, so that nothing is believed that Pulumi says of it. */
export class Cluster {
  readonly #server: ApiServer;

  constructor(server: ApiServer) {
    this.#server = server;
  }

  /** @throws Error for any status but 200 */
  get(kind: keyof typeof KINDS, name: string): Promise<KubernetesObject> {
    return this.#send<KubernetesObject>(`${KINDS[kind]}/${name}`);
  }

  /** Names of the objects of each kind. */
  async inventory(): Promise<Record<string, readonly string[]>> {
    const lists = Object.entries(KINDS).map(async ([kind, path]) => {
      const { items } = await this.#send<{ items: KubernetesObject[] }>(path);
      return [kind, items.map(({ metadata }) => metadata.name).sort()] as const;
    });
    return Object.fromEntries(await Promise.all(lists));
  }

  /** Takes fields over as `kubectl apply --server-side --force-conflicts` does. */
  async apply(kind: keyof typeof KINDS, object: Applied, manager: string): Promise<void> {
    const query = `fieldManager=${encodeURIComponent(manager)}&force=true`;
    await this.#send(`${KINDS[kind]}/${object.metadata.name}?${query}`, {
      method: "PATCH",
      contentType: "application/apply-patch+yaml",
      body: JSON.stringify(object),
    });
  }

  /** @throws Error for any status but 200 */
  async delete(kind: keyof typeof KINDS, name: string): Promise<void> {
    await this.#send(`${KINDS[kind]}/${name}`, { method: "DELETE" });
  }

  async #send<T>(path: string, options: Parameters<typeof call>[2] = {}): Promise<T> {
    const { status, text } = await call(this.#server, path, options);
    if (status !== 200) throw new Error(`${options.method ?? "GET"} ${path}: ${status} ${text}`);
    return JSON.parse(text) as T;
  }
}
