import { ApiError, type Session } from "@plinth/clients";
import type { Properties } from "../checkpoint.js";

/** What an interrupted creation may have made. */
export interface FoundObject {
  /** As the provider would record it. */
  readonly id: string;
  /** Whether it cannot be anybody else's. */
  readonly isOurs: boolean;
  /** What it lacks, so that it is better made anew. @default - nothing: it is whole */
  readonly incomplete?: string;
  /** Outputs that the provider does not read back, but would have recorded. @default - none */
  readonly outputs?: Properties;
}

/** An object that says whose it is. */
export interface OwnedObject {
  readonly id: string;
  readonly name: string;
  /** The owner as it stands in the object: see `ownerText` and `ownedName` of `@plinth/core`. */
  readonly owner: string;
}

/** How objects of a type are found in an OpenStack. */
export interface OpenStackKind {
  /** What has the inputs' owner or, for a type that says none, the inputs' name or relation. */
  find(cloud: Session, inputs: Properties): Promise<readonly FoundObject[]>;
  /** Whether what was recorded is still there. */
  exists(cloud: Session, id: string, inputs: Properties): Promise<boolean>;
  /** All that say their owner. @default - objects of the type say none, or go with another */
  readonly all?: (cloud: Session) => Promise<readonly OwnedObject[]>;
}

/** What an API answers, or `undefined` where there is nothing. */
export async function unlessMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}

/** A property as the text that goes into a path or a query. */
export function textOf(inputs: Properties, key: string): string {
  return encodeURIComponent(String(inputs[key] ?? ""));
}
