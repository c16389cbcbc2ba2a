import {
  ApiError,
  type ClusterReader,
  clusterAccess,
  clusterReader,
  connect,
  type Environment,
  findCloud,
  type Session,
} from "@plinth/clients";
import { PlinthError } from "@plinth/core";
import { RECOVER } from "../recover-rules.js";
import {
  type Checkpoint,
  type Operation,
  operationsOf,
  type Properties,
  plain,
  plainInputs,
  type ResourceState,
  resourcesOf,
  shortName,
} from "./checkpoint.js";
import type { TypedObject } from "./leftovers.js";
import type { FoundObject } from "./openstack/kind.js";
import { OPENSTACK_KINDS } from "./openstack/kinds.js";
import { type Finding, isOutside, mustLook } from "./plan.js";

/** Looks into the clouds and clusters of a stack, as its own providers would. */
export class Lookout {
  readonly #checkpoint: Checkpoint;
  readonly #env: Environment;
  readonly #cwd: string;
  readonly #clouds = new Map<string, Promise<Session>>();
  readonly #clusters = new Map<string, Promise<ClusterReader>>();

  /** @param checkpoint with its secrets: the settings of providers are among them @param cwd folder of the project */
  constructor(checkpoint: Checkpoint, env: Environment, cwd: string) {
    this.#checkpoint = checkpoint;
    this.#env = env;
    this.#cwd = cwd;
  }

  /** What became of each operation that has to be looked after. @throws PlinthError (PL7010) when something cannot be read */
  async findings(): Promise<ReadonlyMap<Operation, Finding>> {
    const operations = operationsOf(this.#checkpoint).filter(mustLook);
    const found = operations.map(async (operation) => [operation, await this.#look(operation)] as const);
    return new Map(await Promise.all(found));
  }

  /** All that says that it is somebody's, in each cloud of the stack. Types that the user may not list are left out. */
  async objects(): Promise<readonly TypedObject[]> {
    const resources = [
      ...resourcesOf(this.#checkpoint),
      ...operationsOf(this.#checkpoint).map((each) => each.resource),
    ];
    const used = resources.filter((each) => isOutside(each) && each.type in OPENSTACK_KINDS);
    const one = new Map(used.map((each) => [`${each.provider} ${this.#region(each)}`, each]));
    const lists = [...one.values()].flatMap((of) =>
      Object.entries(OPENSTACK_KINDS).map(async ([type, { all }]): Promise<TypedObject[]> => {
        if (all === undefined) return [];
        const list = await all(await this.#cloud(of)).catch((error: unknown) => {
          if (error instanceof ApiError && error.status === 403) return [];
          throw unreadable(of, error);
        });
        return list.map((object) => ({ ...object, type }));
      }),
    );
    // of several providers for one cloud each finds the same
    const all = (await Promise.all(lists)).flat();
    return [...new Map(all.map((object) => [`${object.type} ${object.id}`, object])).values()];
  }

  async #look({ type, resource }: Operation): Promise<Finding> {
    const inputs = plainInputs(resource);
    try {
      if (resource.type.startsWith("kubernetes:")) return await this.#inCluster(resource, inputs, type === "creating");
      const kind = OPENSTACK_KINDS[resource.type];
      if (kind === undefined) return undefined;
      const cloud = await this.#cloud(resource);
      if (type === "creating") return await kind.find(cloud, inputs);
      const { id = "" } = resource;
      return (await kind.exists(cloud, id, inputs)) ? [{ id, isOurs: true }] : [];
    } catch (error) {
      throw unreadable(resource, error);
    }
  }

  /** Objects of Kubernetes are found by their names; that Pulumi has applied one stands in its managed fields. */
  async #inCluster(resource: ResourceState, inputs: Properties, created: boolean): Promise<Finding> {
    const { apiVersion, kind, metadata } = inputs;
    const { name, namespace } = (metadata ?? {}) as { readonly name?: string; readonly namespace?: string };
    if (typeof apiVersion !== "string" || typeof kind !== "string" || name === undefined) return undefined;
    const cluster = await this.#cluster(resource);
    const found = await cluster.find({ apiVersion, kind, name, namespace });
    if (found === undefined) return [];
    const id = found.namespace === undefined ? name : `${found.namespace}/${name}`;
    const manager = (found.metadata.managedFields ?? []).find((each) => each.manager.startsWith("pulumi-kubernetes"));
    if (!created) return [{ id, isOurs: true }];
    // somebody else's: `up` takes it over (ADR 8)
    if (manager === undefined) return [];
    // the provider makes a name up for each creation, and goes on under the one that it finds here
    const outputs = manager.operation === "Apply" ? { outputs: { __fieldManager: manager.manager } } : {};
    return [{ id, isOurs: true, ...outputs } satisfies FoundObject];
  }

  #cloud(resource: ResourceState): Promise<Session> {
    const region = this.#region(resource);
    const key = `${resource.provider} ${region}`;
    const settings = { ...this.#settings(resource), ...(region === undefined ? {} : { region }) };
    const known = this.#clouds.get(key) ?? findCloud(settings, this.#env, this.#cwd).then(connect);
    this.#clouds.set(key, known);
    return known;
  }

  #cluster(resource: ResourceState): Promise<ClusterReader> {
    const key = resource.provider ?? "";
    const { kubeconfig, context, namespace } = this.#settings(resource) as Readonly<Record<string, string | undefined>>;
    const known =
      this.#clusters.get(key) ?? clusterAccess({ kubeconfig, context, namespace }, this.#env).then(clusterReader);
    this.#clusters.set(key, known);
    return known;
  }

  #region({ inputs }: ResourceState): string | undefined {
    return inputs?.region === undefined ? undefined : String(plain(inputs.region));
  }

  #settings({ provider = "" }: ResourceState): Properties {
    const of = resourcesOf(this.#checkpoint).find(({ urn, id }) => provider === `${urn}::${id}`);
    return of === undefined ? {} : plainInputs(of);
  }
}

function unreadable(resource: ResourceState, error: unknown): PlinthError {
  if (PlinthError.isInstance(error)) return error;
  const reason = error instanceof Error ? [error.message, ...causes(error)].join(": ") : String(error);
  return new PlinthError(RECOVER.unreadable, {
    path: shortName(resource),
    message: `What became of it cannot be read: ${reason}`,
    fix: "run plinth recover with the environment and the rights with which pulumi up ran",
  });
}

/** Errors of connections say the address in their cause alone. */
function causes({ cause }: Error): readonly string[] {
  return cause instanceof Error ? [cause.message] : [];
}
