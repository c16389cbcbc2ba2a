import { CapturedSecret } from "@plinth/bridge/testing";
import { expect } from "vitest";
import { runCloud, sent } from "./captured-cloud.js";
import { CLUSTER_API_ARGS } from "./cluster-api.js";

/** An object as it is sent. */
export interface SentObject {
  readonly spec?: object;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** The objects of Cluster API of a component, by construct, without the marks of secrets. */
export async function objectsOf(
  component: "cloud" | "burst",
  change: Parameters<typeof runCloud>[0] = {},
): Promise<Readonly<Record<string, SentObject>>> {
  const attempt = await runCloud({ cloud: CLUSTER_API_ARGS, ...change });
  expect(attempt.errors).toEqual([]);
  const all = Object.entries(sent(attempt, component)).filter(([, { type }]) => type.startsWith("kubernetes:"));
  return Object.fromEntries(
    all.map(([name, { inputs }]) => [name.slice(`${component}-cluster-api/`.length), plain(inputs) as SentObject]),
  );
}

function plain(value: unknown): unknown {
  if (value instanceof CapturedSecret) return plain(value.value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, plain(field)]));
}
