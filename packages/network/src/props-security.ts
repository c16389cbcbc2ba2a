/** A security group that is made, with rules for what nodes of a cluster need of each other. */
export interface MadeSecurityGroup {
  readonly existing?: false;
  readonly id?: never;
  /** Name in OpenStack. @default - from the component's name */
  readonly name?: string;
  /**
   * What VMs may reach: `all`, Neutron's own two rules for outgoing packets stay; `listed`, they are removed, and there are rules to
   * the sites, the subnet, the name servers and the metadata service only: images are pulled from a site, or not at all.
   * @default "all"
   */
  readonly egress?: "all" | "listed";
  /** Whether the sites reach the ports of services of type NodePort, 30000 to 32767. @default false */
  readonly nodePorts?: boolean;
}

/**
 * The security group of the VMs: made, adopted (never changed: the plan lists the rules that it must have), or `none` where
 * somebody else sees to it.
 */
export type SecurityGroup<Id> =
  | MadeSecurityGroup
  | { readonly existing: true; readonly name: string; readonly id?: never }
  | { readonly existing: true; readonly name?: never; readonly id: Id }
  | "none";

type KeyOf<T> = T extends unknown ? keyof T & string : never;

/** Every property of a security group. */
export const SECURITY_GROUP_FIELDS = {
  existing: true,
  name: true,
  id: true,
  egress: true,
  nodePorts: true,
} as const satisfies Record<KeyOf<Exclude<SecurityGroup<unknown>, "none">>, true>;
