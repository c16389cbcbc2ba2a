import { createHash } from "node:crypto";

/** Whose an object is. Stands in every OpenStack object from its first request on, so that a crash leaves nothing unowned. */
export interface Owner {
  /** Pulumi project. */
  readonly project: string;
  /** Pulumi stack, without organisation. */
  readonly stack: string;
  /** Pulumi URN of the resource. */
  readonly urn: string;
}

/** Hash of an owner's URN: the first 12 hexadecimal digits of its SHA-256. Frozen: recovery finds objects by it. */
export function ownerHash(owner: Owner): string {
  return digest(`${owner.project}\n${owner.stack}\n${owner.urn}`, 12);
}

/**
 * The owner as it stands in the description of an OpenStack object, for example
 * `made by plinth for hybrid/dev (owner 0f3ae1b25c77)`. Frozen.
 */
export function ownerText(owner: Owner): string {
  return `made by plinth for ${owner.project}/${owner.stack} (owner ${ownerHash(owner)})`;
}

/** Finds the owner's hash in a description or a name that {@link ownerText} or {@link ownedName} has made. */
export function findOwnerHash(text: string): string | undefined {
  return /\(owner ([0-9a-f]{12})\)$/.exec(text)?.[1] ?? /-([0-9a-f]{12})$/.exec(text)?.[1];
}

/**
 * The physical name of an object that has no description to say its owner in: readable path, then the owner's hash,
 * for example `cloud-worker-flavor-0f3ae1b25c77`. At most `max` characters: the readable part is cut. Frozen.
 */
export function ownedName(owner: Owner, path: string, max = 63): string {
  const hash = ownerHash(owner);
  const readable = slug(path)
    .slice(0, max - hash.length - 1)
    .replace(/-+$/, "");
  return readable === "" ? hash : `${readable}-${hash}`;
}

/**
 * A name made of a path: lower case letters, digits and single hyphens. A path that fits is kept readable; a longer one
 * is cut and ends with eight hexadecimal digits of its hash, so that two long paths never meet. Frozen.
 */
export function nameFromPath(path: string, max = 63): string {
  const name = slug(path);
  if (name.length <= max && name !== "") return name;
  const hash = digest(path, 8);
  const readable = name.slice(0, max - hash.length - 1).replace(/-+$/, "");
  return readable === "" ? hash : `${readable}-${hash}`;
}

/** Whether a text is a DNS label (RFC 1123): what names of most Kubernetes objects must be. */
export function isDnsLabel(text: string): boolean {
  return text.length <= 63 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(text);
}

function slug(path: string): string {
  return path
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
}

function digest(text: string, length: number): string {
  return createHash("sha256").update(text).digest("hex").slice(0, length);
}
