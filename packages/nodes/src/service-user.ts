import { type ChildContext, whenChecked } from "@plinth/bridge";
import * as openstack from "@pulumi/openstack";
import type * as pulumi from "@pulumi/pulumi";
import type { CloudScope } from "./cloud-scope.js";

/**
 * The OpenStack user as which the cluster orders machines. An administrator's program makes it; a member of the project
 * adopts one.
 */
export type ServiceUser =
  | {
      readonly existing: true;
      /** Name in Keystone. */
      readonly name: string;
      /** Its password, from the stack's configuration: `config.requireSecret(...)`. A plain text is refused. */
      readonly password: pulumi.Output<string>;
    }
  | {
      readonly existing?: false;
      /** Name in Keystone. @default - from the component's name */
      readonly name?: string;
      /** The password that it gets, from the stack's configuration: `config.requireSecret(...)`. A plain text is refused. */
      readonly password: pulumi.Output<string>;
      /** Name of its role in the project. @default "member" */
      readonly role?: string;
    };

/** Every property of a service user, for the check for unknown ones. */
export const USER_FIELDS = { existing: true, name: true, password: true, role: true } as const;

const USER_TYPE = "openstack:identity/user:User";
const ASSIGNMENT_TYPE = "openstack:identity/roleAssignment:RoleAssignment";

/** A user that is there. `id` only of one that the program makes: members cannot look others up. */
export interface ReadyUser {
  /** Name in Keystone. */
  readonly name: pulumi.Input<string>;
  readonly id: pulumi.Output<string> | undefined;
  /** What must exist before the user can do anything in the project. */
  readonly ready: readonly pulumi.Resource[];
}

/** Makes the service user with its role in the project, or adopts it. */
export function serviceUser(
  user: ServiceUser,
  scope: CloudScope,
  child: (type: string, suffix: string) => ChildContext,
  read: pulumi.InvokeOutputOptions,
): ReadyUser {
  if (user.existing === true) return { name: user.name, id: undefined, ready: [] };
  const ofUser = child(USER_TYPE, "user");
  const made = new openstack.identity.User(
    ofUser.resourceName,
    ofUser.edited({
      name: user.name ?? ofUser.name,
      description: ofUser.description,
      password: user.password,
      defaultProjectId: scope.projectId,
      domainId: scope.domainId,
    }),
    { ...ofUser.options, additionalSecretOutputs: ["password"], deleteBeforeReplace: true },
  );
  const ofAssignment = child(ASSIGNMENT_TYPE, "user-role");
  const assignment = new openstack.identity.RoleAssignment(
    ofAssignment.resourceName,
    ofAssignment.edited({
      userId: made.id,
      projectId: scope.projectId,
      roleId: openstack.identity.getRoleOutput({ name: whenChecked(user.role ?? "member", read) }, read).id,
    }),
    ofAssignment.options,
  );
  return { name: made.name, id: made.id, ready: [assignment] };
}
