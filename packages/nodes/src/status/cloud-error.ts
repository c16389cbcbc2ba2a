/** What an OpenStack said, and what helps. */
export interface CloudError {
  /** A word for it; `undefined` where the text is none of those known. */
  readonly reason: string | undefined;
  /** The cloud's own words. */
  readonly message: string;
  readonly fix: string;
}

/** Texts of OpenStack's services, the most telling first. */
const KNOWN: readonly (readonly [pattern: RegExp, reason: string, fix: string])[] = [
  [
    /quota exceeded|exceeds? .*quota|quota .*exceed/i,
    "QuotaExceeded",
    "raise the project's quota (openstack quota set), or lower the group's size",
  ],
  [
    /no valid host/i,
    "NoValidHost",
    "use another zone, a smaller flavor or a softer serverGroup.policy, or ask the provider for room",
  ],
  [
    /no more ip addresses|ipaddressgenerationfailure|no more free ip/i,
    "NoFreeAddress",
    "lower the sizes of the subnet's groups, or give the network a larger cidr",
  ],
  [
    /key ?pair .*(not found|could not|invalid)|invalid key_name/i,
    "KeyPairNotFound",
    "make the key pair anew: run pulumi up",
  ],
  [
    /flavor.*(not found|could not be found|no .*match)|no flavor/i,
    "FlavorNotFound",
    "run pulumi up, or name one that exists",
  ],
  [/image.*(not found|could not be found|no .*match)|no image/i, "ImageNotFound", "upload it, or name one that exists"],
  [
    /found \d+ images|multiple images|more than one image/i,
    "ImageNotUnique",
    "remove or rename the others of that name",
  ],
  [/security ?group.*(not found|does not exist)/i, "SecurityGroupNotFound", "make it anew: run pulumi up"],
  [/availability zone.*(not|invalid)/i, "ZoneNotFound", "name zones that the cloud has"],
  [
    /authentication failed|unauthorized|requires? authentication|\b401\b/i,
    "Unauthorized",
    "give the service user's password anew: run pulumi up",
  ],
  [/policy doesn't allow|\b403\b.*forbidden/i, "Forbidden", "give the service user the role that it needs"],
  [
    /connection refused|no such host|i\/o timeout|deadline exceeded/i,
    "Unreachable",
    "look whether the cloud's API answers",
  ],
];

/** Reads an error of an OpenStack out of what a controller made of it. */
export function readCloudError(text: string): CloudError {
  const message = unwrap(text);
  const known = KNOWN.find(([pattern]) => pattern.test(message)) ?? KNOWN.find(([pattern]) => pattern.test(text));
  return { reason: known?.[1], message, fix: known?.[2] ?? "look at the server and its project in the cloud" };
}

/** The innermost message: services answer in JSON, `{"forbidden": {"code": 403, "message": "…"}}`, and clients quote it. */
function unwrap(text: string): string {
  const inner = [...text.matchAll(/"message":\s*"((?:[^"\\]|\\.)*)"/g)].at(-1)?.[1];
  return (inner ?? text).replaceAll('\\"', '"').trim();
}
