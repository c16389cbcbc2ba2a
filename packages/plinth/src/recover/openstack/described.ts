import type { Session } from "@plinth/clients";
import { findOwnerHash } from "@plinth/core";
import type { Properties } from "../checkpoint.js";
import { type FoundObject, type OpenStackKind, type OwnedObject, unlessMissing } from "./kind.js";

/** An object as an API lists it. */
export interface Listed {
  readonly id: string;
  readonly name?: string;
  readonly description?: string | null;
}

/** How objects are listed and read. */
export interface Listing {
  readonly service: string;
  /** For example `/networks`. */
  readonly path: string;
  /** Key of the list in the answer. */
  readonly key: string;
  /** What is added to the path for the list. @default - nothing */
  readonly query?: string;
  /** Of the list. @default - the first */
  readonly microversion?: string;
  /** Where an object says its owner. @default - in its description */
  readonly ownerOf?: (object: Listed) => unknown;
  /** Where the inputs say it. @default - in the description */
  readonly ownerIn?: (inputs: Properties) => unknown;
  /** What an object lacks. @default - nothing */
  readonly incomplete?: (cloud: Session, object: Listed, inputs: Properties) => Promise<string | undefined>;
}

/**
 * A type whose objects have a place for their owner. Objects of a resource that says none (a user's own) are found by name,
 * and nobody can be sure of them.
 */
export function described(listing: Listing): OpenStackKind {
  const { service, path, key, query = "", microversion } = listing;
  const ownerOf = listing.ownerOf ?? (({ description }: Listed): unknown => description);
  const ownerIn = listing.ownerIn ?? (({ description }: Properties): unknown => description);
  const list = async (cloud: Session): Promise<readonly Listed[]> => {
    const answer = await cloud.get<Record<string, Listed[]>>(service, path + query, microversion);
    return answer[key] ?? [];
  };
  return {
    async find(cloud, inputs) {
      const owner = ownerIn(inputs);
      const isOurs = typeof owner === "string" && findOwnerHash(owner) !== undefined;
      const objects = (await list(cloud)).filter((each) =>
        isOurs ? ownerOf(each) === owner : each.name === inputs.name,
      );
      return Promise.all(
        objects.map(async (object): Promise<FoundObject> => {
          const incomplete = await listing.incomplete?.(cloud, object, inputs);
          return { id: object.id, isOurs, ...(incomplete === undefined ? {} : { incomplete }) };
        }),
      );
    },
    exists: async (cloud, id) =>
      (await unlessMissing(cloud.get(service, `${path.replace(/\/detail$/, "")}/${id}`))) !== undefined,
    async all(cloud) {
      return (await list(cloud)).flatMap((object): OwnedObject[] => {
        const owner = ownerOf(object);
        if (typeof owner !== "string" || findOwnerHash(owner) === undefined) return [];
        return [{ id: object.id, name: object.name ?? "", owner }];
      });
    },
  };
}
