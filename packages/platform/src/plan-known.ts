import { type Check, isOutput } from "@plinth/core";
import { PLATFORM_SETTINGS } from "./settings-rules.js";

/**
 * Refuses what is not known while a program is planned: Pulumi Outputs and promises. The refusal says where.
 *
 * @param place where the value stands, as a property. @default - it is what was set for a component, by the names in it
 */
export function checkKnownNow(value: unknown, place: string, check: Check): void {
  for (const unknown of unknownIn(value, place)) {
    const [, target] = /^values\.(.*)/.exec(unknown) ?? [];
    check.refuse(PLATFORM_SETTINGS.knownNow, {
      property: unknown,
      message: `${unknown} is an Output or a promise: its value comes when the program runs`,
      fix:
        target === undefined
          ? 'write a plain value, for example config.require("…"), or wait for a promise by await'
          : `write a plain value, or put it into a Secret or ConfigMap and give valuesFrom: [{ kind: "Secret", name: "…", targetPath: "${target}" }]`,
    });
  }
}

function unknownIn(value: unknown, place: string): string[] {
  if (typeof value !== "object" || value === null) return [];
  if (isOutput(value) || typeof (value as { then?: unknown }).then === "function") return [place || "settings"];
  if (Array.isArray(value)) return value.flatMap((item: unknown, i) => unknownIn(item, `${place}[${i}]`));
  const dot = place === "" ? "" : ".";
  return Object.entries(value).flatMap(([key, below]) => unknownIn(below, `${place}${dot}${key}`));
}
