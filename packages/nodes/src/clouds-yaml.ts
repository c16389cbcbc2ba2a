import * as pulumi from "@pulumi/pulumi";
import type { CloudScope } from "./cloud-scope.js";

/** A `clouds.yaml` with one cloud, as OpenStack's clients and Cluster API read it. Secret: the password stands in it. */
export function cloudsYaml(
  cloud: string,
  scope: CloudScope,
  user: { readonly name: pulumi.Input<string>; readonly password: pulumi.Input<string> },
): pulumi.Output<string> {
  const { authUrl, region, domainName, projectId } = scope;
  const text = pulumi
    .all([authUrl, region, domainName, projectId, user.name, user.password])
    .apply(([url, regionName, domain, project, name, password]) =>
      [
        "clouds:",
        `  ${cloud}:`,
        "    auth:",
        `      auth_url: ${quote(url)}`,
        `      username: ${quote(name)}`,
        `      password: ${quote(password)}`,
        `      user_domain_name: ${quote(domain)}`,
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
