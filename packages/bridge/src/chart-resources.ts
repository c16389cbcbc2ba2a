import type * as pulumi from "@pulumi/pulumi";
import type { ApiObject } from "cdk8s";
import { KubernetesObject } from "./kubernetes-object.js";

/** The Pulumi resources of a chart's objects. */
export class ChartResources {
  readonly #parent: pulumi.Resource;
  readonly #refused: boolean;
  readonly #resources: Map<ApiObject, KubernetesObject>;

  /** @param resources those registered, in order; `undefined` when the chart was refused */
  constructor(parent: pulumi.Resource, resources: Map<ApiObject, KubernetesObject> | undefined) {
    this.#parent = parent;
    this.#refused = resources === undefined;
    this.#resources = resources ?? new Map();
  }

  /** All resources, each after those that it depends on. Empty when the chart was refused. */
  get resources(): readonly KubernetesObject[] {
    return [...this.#resources.values()];
  }

  /**
   * The resource of an object, for its status or to depend on it. When the chart was refused it is one that is never
   * registered, so that the program goes on and finds what else is wrong.
   * @throws Error when the object is of another chart
   */
  resource(object: ApiObject): KubernetesObject {
    const known = this.#resources.get(object);
    if (known !== undefined) return known;
    const { path } = object.node;
    if (!this.#refused) throw new Error(`${path} is no object of this chart`);
    const { apiVersion, kind, name } = object;
    const inert = new KubernetesObject(path, { apiVersion, kind, metadata: { name } }, { parent: this.#parent }, true);
    this.#resources.set(object, inert);
    return inert;
  }
}
