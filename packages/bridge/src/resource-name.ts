/**
 * A construct path without the segments that cdk8s calls a construct's main child, so that wrapping an object in a
 * construct renames nothing. Frozen: names of Pulumi resources are made of it.
 */
export function shortPath(path: string): string {
  const segments = path.split("/").filter((segment) => !/^(default|resource)$/i.test(segment));
  return segments.join("/");
}

/**
 * Name of the Pulumi resource of a construct: the component's name, a hyphen and the construct's path. Slashes stay,
 * since two paths that differ must not give one name. Frozen: a change replaces every resource.
 */
export function resourceName(component: string, path: string): string {
  const short = shortPath(path);
  return short === "" ? component : `${component}-${short}`;
}
