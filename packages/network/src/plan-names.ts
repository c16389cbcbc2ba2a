import { type Check, CORE } from "@plinth/core";

/** Longest name of anything in OpenStack, in characters. */
const MAX_NAME = 255;
/** What the names of most things may have: anything but control characters, and no space at an end. */
const NAME = /^\P{Cc}*$/u;
/** What the name of a key pair may have. Source: openstack/nova:nova/api/validation/validators.py, keypair_name_292. */
const KEY_PAIR_NAME = /^[A-Za-z0-9@._ -]*$/;

/**
 * Refuses a name that OpenStack does not take.
 * @param name `undefined` where none was given: one that is derived is short enough
 * @param kind what is named: key pairs may have fewer characters. @default "any"
 */
export function checkName(
  property: string,
  name: string | undefined,
  check: Check,
  kind: "any" | "keyPair" = "any",
): void {
  if (name === undefined) return;
  const { length } = [...name];
  const allowed = kind === "any" ? NAME : KEY_PAIR_NAME;
  if (length > 0 && length <= MAX_NAME && name.trim() === name && allowed.test(name)) return;
  check.refuse(CORE.name, {
    property,
    value: name,
    message:
      length > MAX_NAME
        ? `A name of ${length} characters is too long for OpenStack`
        : `${JSON.stringify(name)} is not a name that OpenStack takes`,
    fix: `give a name of at most ${MAX_NAME} letters, digits, hyphens and underscores, for example k8s_l3vpn`,
  });
}
