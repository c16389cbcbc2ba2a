import * as pulumi from "@pulumi/pulumi";

/**
 * Settings of the provider with which the children of a component are made: those that it was given, or of Pulumi's default
 * provider those of the stack's configuration.
 * @param name of the package, for example `kubernetes`
 */
export async function providerSettings(
  component: pulumi.ComponentResource,
  name: string,
): Promise<Readonly<Record<string, string>>> {
  const given = component.getProvider(`${name}:index:`);
  const settings = given === undefined ? configured(name) : await Promise.all(Object.entries(given).map(known));
  return Object.fromEntries(
    settings.filter((setting): setting is [string, string] => typeof setting[1] === "string" && setting[1] !== ""),
  );
}

function configured(name: string): readonly (readonly [key: string, value: string])[] {
  const all = Object.entries(pulumi.runtime.allConfig());
  return all.flatMap(([key, value]) => (key.startsWith(`${name}:`) ? [[key.slice(name.length + 1), value]] : []));
}

/** What a provider was made with, it has as Outputs. They are known once something was made with it. */
async function known([key, value]: readonly [key: string, value: unknown]): Promise<readonly [string, unknown]> {
  if (!pulumi.Output.isInstance(value)) return [key, undefined];
  return [key, await new Promise((resolve) => value.apply(resolve))];
}
