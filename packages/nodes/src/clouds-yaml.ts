import * as pulumi from "@pulumi/pulumi";
import type { CloudScope } from "./cloud-scope.js";

/** Who logs in. */
export interface CloudUser {
  readonly name: pulumi.Input<string>;
  /** Instead of the name. Tells a user from an earlier one of the same name and password. @default - by name */
  readonly id?: pulumi.Output<string> | undefined;
  readonly password: pulumi.Input<string>;
}

/** A `clouds.yaml` with one cloud, as OpenStack's clients and Cluster API read it. Secret: the password stands in it. */
export function cloudsYaml(cloud: string, scope: CloudScope, user: CloudUser): pulumi.Output<string> {
  const { authUrl, region, domainName, projectId } = scope;
  const text = pulumi
    .all([authUrl, region, domainName, projectId, user.name, user.password, user.id])
    .apply(([url, regionName, domain, project, name, password, id]) =>
      [
        "clouds:",
        `  ${cloud}:`,
        "    auth:",
        `      auth_url: ${quote(url)}`,
        id === undefined ? `      username: ${quote(name)}` : `      user_id: ${quote(id)}`,
        `      password: ${quote(password)}`,
        ...(id === undefined ? [`      user_domain_name: ${quote(domain)}`] : []),
        `      project_id: ${quote(project)}`,
        `    region_name: ${quote(regionName)}`,
        "    interface: public",
        "    identity_api_version: 3",
        "",
      ].join("\n"),
    );
  return pulumi.secret(text);
}

/** A text of JSON is a text of YAML, whatever stands in it. */
function quote(text: string): string {
  return JSON.stringify(text);
}
