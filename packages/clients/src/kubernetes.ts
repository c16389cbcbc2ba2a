import { ask, type HttpAnswer } from "./http.js";
import type { ClusterAccess } from "./kubeconfig.js";

/** Which object. */
export interface ObjectReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** @default - the access's namespace, for a kind that has one */
  readonly namespace?: string | undefined;
}

/** An object that is there. */
export interface ReadObject {
  /** The namespace it is in. @default - the kind has none */
  readonly namespace?: string;
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly managedFields?: readonly { readonly manager: string; readonly operation: string }[];
  };
}

/** Reads objects of a cluster. */
export interface ClusterReader {
  /** @returns the object, or `undefined` where it is not, or its kind is not served @throws Error for any other answer */
  find(reference: ObjectReference): Promise<ReadObject | undefined>;
  /**
   * Reads all objects of a kind, in all namespaces.
   * @returns them as they are, with their kind; none where it is not served @throws Error when they may not be read
   */
  list<T = ListedObject>(kind: { readonly apiVersion: string; readonly kind: string }): Promise<readonly T[]>;
}

/** An object of a list. */
export interface ListedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** How many objects are asked for at once. */
const PAGE = 500;

interface List {
  readonly metadata?: { readonly continue?: string };
  readonly items: readonly object[];
}

interface ServedKind {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** A reader of a cluster. Kinds are looked up once for each API version. */
export function clusterReader(access: ClusterAccess): ClusterReader {
  const kinds = new Map<string, Promise<readonly ServedKind[]>>();
  const get = (path: string): Promise<HttpAnswer> => {
    const headers = {
      accept: "application/json",
      ...(access.authorization === undefined ? {} : { authorization: access.authorization }),
    };
    const base = access.server.replace(/\/+$/, "");
    return ask(new URL(base + path), { headers }, access.trust);
  };
  const read = async <T>(path: string): Promise<T | undefined> => {
    const { status, text } = await get(path);
    if (status === 404) return undefined;
    if (status !== 200) throw new Error(`GET ${access.server}${path}: ${status} ${text}`);
    return JSON.parse(text) as T;
  };
  const served = (prefix: string): Promise<readonly ServedKind[]> => {
    const known = kinds.get(prefix) ?? read<{ resources: ServedKind[] }>(prefix).then((list) => list?.resources ?? []);
    kinds.set(prefix, known);
    return known;
  };
  const kindOf = async (apiVersion: string, kind: string) => {
    const prefix = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    return { prefix, of: (await served(prefix)).find((each) => each.kind === kind && !each.name.includes("/")) };
  };
  return {
    async find({ apiVersion, kind, name, namespace = access.namespace }) {
      const { prefix, of } = await kindOf(apiVersion, kind);
      if (of === undefined) return undefined;
      const place = of.namespaced ? `/namespaces/${encodeURIComponent(namespace)}` : "";
      const found = await read<ReadObject>(`${prefix}${place}/${of.name}/${encodeURIComponent(name)}`);
      return found && { ...(of.namespaced ? { namespace } : {}), metadata: found.metadata };
    },

    async list<T>({ apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }) {
      const { prefix, of } = await kindOf(apiVersion, kind);
      const found: T[] = [];
      let more: string | undefined = of === undefined ? undefined : "";
      while (of !== undefined && more !== undefined) {
        const query = new URLSearchParams({ limit: `${PAGE}`, ...(more === "" ? {} : { continue: more }) });
        const page = await read<List>(`${prefix}/${of.name}?${query}`);
        // in a list the objects themselves do not say what they are
        found.push(...(page?.items ?? []).map((item) => ({ ...item, apiVersion, kind }) as T));
        more = page?.metadata?.continue || undefined;
      }
      return found;
    },
  };
}
