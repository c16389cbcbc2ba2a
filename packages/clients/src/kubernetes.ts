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
  return {
    async find({ apiVersion, kind, name, namespace = access.namespace }) {
      const prefix = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
      const of = (await served(prefix)).find((each) => each.kind === kind && !each.name.includes("/"));
      if (of === undefined) return undefined;
      const place = of.namespaced ? `/namespaces/${encodeURIComponent(namespace)}` : "";
      const found = await read<ReadObject>(`${prefix}${place}/${of.name}/${encodeURIComponent(name)}`);
      return found && { ...(of.namespaced ? { namespace } : {}), metadata: found.metadata };
    },
  };
}
