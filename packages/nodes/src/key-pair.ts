import type { ChildContext } from "@plinth/bridge";
import { PlinthError } from "@plinth/core";
import * as openstack from "@pulumi/openstack";
import * as pulumi from "@pulumi/pulumi";
import { NODES } from "./rules.js";
import type { ReadyUser } from "./service-user.js";

/** The key with which one can log in to the machines. */
export type KeyPair =
  | {
      readonly existing: true;
      /** Name in Nova. It must be the service user's: Nova keeps key pairs by user. */
      readonly name: string;
    }
  | {
      readonly existing?: false;
      /** Name in Nova, unique for its user. @default - from the component's name and the owner's hash */
      readonly name?: string;
      /** The public key, as in `~/.ssh/id_ed25519.pub`. */
      readonly publicKey: pulumi.Input<string>;
    };

/** Every property of a key pair, for the check for unknown ones. */
export const KEY_PAIR_FIELDS = { existing: true, name: true, publicKey: true } as const;

const KEY_PAIR_TYPE = "openstack:compute/keypair:Keypair";

/**
 * Makes the key pair, or adopts it, and returns its name. It must be the service user's: a program that makes the user makes
 * it for that user, which only an administrator can; any other makes it for the user that it runs as itself.
 */
export function keyPair(
  args: KeyPair,
  user: Pick<ReadyUser, "id" | "name">,
  ownName: pulumi.Output<string>,
  path: string,
  child: (type: string, suffix: string) => ChildContext,
): pulumi.Output<string> {
  if (args.existing === true) return pulumi.output(args.name);
  const { resourceName, uniqueName, edited, options } = child(KEY_PAIR_TYPE, "key-pair");
  const name = args.name ?? uniqueName;
  const owned = user.id === undefined ? { name: asOwner(name, user.name, ownName, path) } : { name, userId: user.id };
  const made = new openstack.compute.Keypair(
    resourceName,
    edited({ ...owned, publicKey: args.publicKey }),
    // names are unique for a user, so the old one must go first
    { ...options, deleteBeforeReplace: true },
  );
  return made.name;
}

/** The name, once it is known that the program runs as the user who is to have the key pair. */
function asOwner(
  name: string,
  userName: pulumi.Input<string>,
  ownName: pulumi.Output<string>,
  path: string,
): pulumi.Output<string> {
  return pulumi.all([userName, ownName]).apply(([wanted, own]) => {
    // Keystone pays no heed to the case; mocks may know no user
    if (!own || own.toLowerCase() === wanted.toLowerCase()) return name;
    throw new PlinthError(NODES.keyPairOwner, {
      path,
      property: "keyPair",
      value: name,
      message: `The key pair would belong to ${own}, and machines are ordered as ${wanted}`,
      fix: `run the program as ${wanted}, or have the key pair of ${wanted} made by an administrator and set keyPair: { existing: true, name: "${name}" }`,
    });
  });
}
