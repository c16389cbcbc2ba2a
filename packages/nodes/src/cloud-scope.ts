import * as openstack from "@pulumi/openstack";
import * as pulumi from "@pulumi/pulumi";
import { whenChecked } from "./when-checked.js";

/** Where the cloud is and which project is meant, when it is not to be taken from the provider's own credentials. */
export interface CloudConnection {
  /** URL of Keystone, version 3. @default - the public identity endpoint of the cloud's catalogue */
  readonly authUrl?: pulumi.Input<string>;
  /** @default - the region of that endpoint */
  readonly region?: pulumi.Input<string>;
  /** Certificate authority of the cloud, PEM. @default - a public one */
  readonly caCertificate?: pulumi.Input<string>;
}

/** Every property of a connection, for the check for unknown ones. */
export const CONNECTION_FIELDS = {
  authUrl: true,
  region: true,
  caCertificate: true,
} as const satisfies Record<keyof CloudConnection, true>;

/** Where the cloud is, in which project the program works. */
export interface CloudScope {
  readonly authUrl: pulumi.Output<string>;
  readonly region: pulumi.Output<string>;
  readonly domainName: pulumi.Output<string>;
  readonly domainId: pulumi.Output<string>;
  readonly projectId: pulumi.Output<string>;
}

/** Reads the scope of the OpenStack provider's credentials, and the identity endpoint in its catalogue. */
export function cloudScope(name: string, given: CloudConnection, options: pulumi.InvokeOutputOptions): CloudScope {
  const scope = openstack.identity.getAuthScopeOutput({ name: whenChecked(name, options) }, options);
  const identity = scope.apply(({ serviceCatalogs }) =>
    serviceCatalogs
      .find(({ type }) => type === "identity")
      ?.endpoints.find((endpoint) => endpoint.interface === "public"),
  );
  return {
    authUrl: pulumi.output(given.authUrl ?? identity.apply((endpoint) => endpoint?.url ?? "")),
    region: pulumi.output(given.region ?? identity.apply((endpoint) => endpoint?.region ?? "")),
    domainName: scope.userDomainName,
    domainId: scope.userDomainId,
    projectId: scope.projectId,
  };
}
