import { whenChecked } from "@plinth/bridge";
import { PlinthError } from "@plinth/core";
import * as openstack from "@pulumi/openstack";
import * as pulumi from "@pulumi/pulumi";
import { NODES } from "./rules.js";

/** Where the cloud is and which project is meant, when it is not to be taken from the provider's own credentials. */
export interface CloudConnection {
  /** URL of Keystone, version 3. @default - the public identity endpoint of the region in the cloud's catalogue */
  readonly authUrl?: pulumi.Input<string>;
  /** Region in which machines are ordered. @default - the OpenStack provider's, or that of the identity endpoint */
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
  /** URL of Keystone, version 3. */
  readonly authUrl: pulumi.Output<string>;
  /** Region in which machines are ordered. */
  readonly region: pulumi.Output<string>;
  /** Name of the provider's user. */
  readonly userName: pulumi.Output<string>;
  /** Name of the domain of the provider's user. */
  readonly domainName: pulumi.Output<string>;
  /** Id of that domain. */
  readonly domainId: pulumi.Output<string>;
  /** Id of the project of the provider's credentials. */
  readonly projectId: pulumi.Output<string>;
}

/**
 * Reads the scope of the OpenStack provider's credentials, and the identity endpoint in its catalogue: that of the provider's
 * region, or the first where the provider names none.
 * @param path name of the component, for the refusal of a catalogue without such an endpoint
 */
export function cloudScope(path: string, given: CloudConnection, options: pulumi.InvokeOutputOptions): CloudScope {
  const scope = openstack.identity.getAuthScopeOutput({ name: whenChecked(path, options) }, options);
  const fromCatalogue = (pick: (endpoint: Endpoint, ownRegion: string) => string): pulumi.Output<string> =>
    scope.apply((found) => pick(identityEndpoint(found, path), found.region));
  return {
    authUrl: given.authUrl === undefined ? fromCatalogue(({ url }) => url) : pulumi.output(given.authUrl),
    region:
      given.region === undefined ? fromCatalogue(({ region }, own) => own || region) : pulumi.output(given.region),
    userName: scope.userName,
    domainName: scope.userDomainName,
    domainId: scope.userDomainId,
    projectId: scope.projectId,
  };
}

type Catalogue = Pick<openstack.identity.GetAuthScopeResult, "serviceCatalogs" | "region">;
type Endpoint = Catalogue["serviceCatalogs"][number]["endpoints"][number];

function identityEndpoint({ serviceCatalogs, region }: Catalogue, path: string): Endpoint {
  const identity = serviceCatalogs.find(({ type }) => type === "identity");
  const all = identity?.endpoints.filter((one) => one.interface === "public") ?? [];
  const found = all.find((one) => one.region === region) ?? all[0];
  if (found !== undefined) return found;
  throw new PlinthError(NODES.noIdentity, {
    path,
    property: "connection",
    message: "The cloud's catalogue has no public identity endpoint",
    fix: 'set connection: { authUrl: "https://...:5000/v3", region: "..." }',
  });
}
