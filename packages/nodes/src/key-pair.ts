import type { ChildContext } from "@plinth/bridge";
import * as openstack from "@pulumi/openstack";
import * as pulumi from "@pulumi/pulumi";

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
 * Makes the key pair, or adopts it, and returns its name.
 * @param userId whose it is: Nova keeps key pairs by user, and whoever orders machines must own it. Only an administrator
 * can give another user's. @default - the program's own user
 */
export function keyPair(
  args: KeyPair,
  userId: pulumi.Output<string> | undefined,
  child: (type: string, suffix: string) => ChildContext,
): pulumi.Output<string> {
  if (args.existing === true) return pulumi.output(args.name);
  const { resourceName, uniqueName, edited, options } = child(KEY_PAIR_TYPE, "key-pair");
  const made = new openstack.compute.Keypair(
    resourceName,
    edited({ name: args.name ?? uniqueName, publicKey: args.publicKey, ...(userId === undefined ? {} : { userId }) }),
    // names are unique for a user, so the old one must go first
    { ...options, deleteBeforeReplace: true },
  );
  return made.name;
}
