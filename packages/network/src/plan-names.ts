import { type Check, CORE } from "@plinth/core";

/** Longest name of anything in OpenStack, in characters. */
const MAX_NAME = 255;
/** What names may have in them. Source: openstack/nova:nova/api/validation/parameter_types.py and validators.py. */
const PATTERNS = { any: /^/, flavor: /^(?!\s)\P{Cc}*(?<!\s)$/u, keyPair: /^[\w@.-]([\w@. -]*[\w@.-])?$/ } as const;

/**
 * Refuses a name that OpenStack does not take.
 * @param name `undefined` where none was given: one that is derived is short enough
 * @param kind what is named: Nova is stricter than the other services. @default "any"
 */
export function checkName(
  property: string,
  name: string | undefined,
  check: Check,
  kind: keyof typeof PATTERNS = "any",
): void {
  if (name === undefined) return;
  const { length } = [...name];
  if (length > 0 && length <= MAX_NAME && PATTERNS[kind].test(name)) return;
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
