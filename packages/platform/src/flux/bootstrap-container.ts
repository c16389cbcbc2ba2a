/** The part of a container that is read and written here. */
export interface Container {
  readonly name: string;
  readonly args?: readonly string[];
  readonly env?: readonly { readonly name: string; readonly valueFrom?: unknown }[];
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[];
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
  readonly [field: string]: unknown;
}

interface Probe {
  readonly httpGet?: { readonly port: string | number; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

/** What can be set for all controllers. */
export interface PodOptions {
  /** By how many per cent intervals vary, so that not all releases are looked at in the same second. @default 10 */
  readonly jitterPercent?: number;
  /** How many releases helm-controller works on at a time: a slow one keeps its place for as long as it waits. @default 10 */
  readonly concurrency?: number;
  /** How soon a release whose dependency was not ready looks again, a Go duration. @default "10s" */
  readonly requeueDependency?: string;
  /** Whether charts are cut out of artifacts (`FluxPlan.needsSourceWatcher`). @default false */
  readonly externalArtifacts?: boolean;
}

/** What a container of the one pod is made with. */
export interface ContainerOptions extends PodOptions {
  /** Environment beside its own, in the one pod. */
  readonly env?: Readonly<Record<string, string>>;
  /** The controllers in the one pod. @default - each has a pod to itself, and keeps its ports */
  readonly peers?: readonly string[];
}

/** A port: its name in a pod of its own, its name and number beside others, and the flag that sets it. */
interface Port {
  readonly was: string;
  readonly name: string;
  readonly port: number;
  readonly flag: string;
}

const ports = (short: string, metrics: number, health: number, ...more: readonly Port[]): readonly Port[] => [
  ...more,
  { was: "http-prom", name: `prom-${short}`, port: metrics, flag: "metrics-addr" },
  { was: "healthz", name: `healthz-${short}`, port: health, flag: "health-addr" },
];

/**
 * Controllers that can run in the one pod, with ports that are free on a node.
 * Source: the all-in-one distribution of Flux, cozystack/cozystack:internal/fluxinstall/manifests/fluxcd.yaml.
 */
export const CONTROLLERS: Readonly<Record<string, { readonly ports: readonly Port[]; readonly applies?: true }>> = {
  "source-controller": {
    ports: ports("source", 9791, 9792, { was: "http", name: "http-source", port: 9790, flag: "storage-addr" }),
  },
  "kustomize-controller": { ports: ports("kustom", 9793, 9794), applies: true },
  "helm-controller": { ports: ports("helm", 9795, 9796), applies: true },
  "notification-controller": {
    ports: ports(
      "notify",
      9798,
      9799,
      { was: "http", name: "http-notify", port: 9690, flag: "events-addr" },
      { was: "http-webhook", name: "hook-notify", port: 9797, flag: "receiverAddr" },
    ),
  },
  "source-watcher": {
    ports: ports("watch", 9692, 9693, { was: "http", name: "http-watch", port: 9691, flag: "storage-addr" }),
  },
};

/** A release that is mended while its last try still waits is tried at once, not when the try has timed out. */
const GATES = ["CancelHealthCheckOnNewRevision"];

const on = (gate: string): string => `${gate}=true`;

const EVENTS = "http://localhost:9690";

/** A controller's container as it runs beside the others. */
export function containerOf(name: string, manager: Container, options: ContainerOptions): Container {
  const { peers, env = {} } = options;
  const flags = flagsOf(name, options);
  const args = [
    ...(manager.args ?? []).filter((arg) => !(flagName(arg) in flags)),
    ...Object.entries(flags).flatMap(flag),
  ];
  if (peers === undefined) return { ...manager, args };
  const own = CONTROLLERS[name]?.ports ?? [];
  const rename = <T>(port: T): T | string => own.find(({ was }) => was === port)?.name ?? port;
  const probe = (probed: Probe): Probe =>
    probed.httpGet === undefined
      ? probed
      : { ...probed, httpGet: { ...probed.httpGet, port: rename(probed.httpGet.port) } };
  return {
    ...manager,
    name,
    args,
    env: [
      ...(manager.env ?? [])
        .filter((variable) => !(variable.name in env))
        .map((variable) => inContainer(variable, name)),
      ...Object.entries(env).map(([variable, value]) => ({ name: variable, value })),
    ],
    ports: own.map((port) => ({ name: port.name, containerPort: port.port, protocol: "TCP" })),
    ...(manager.livenessProbe === undefined ? {} : { livenessProbe: probe(manager.livenessProbe) }),
    ...(manager.readinessProbe === undefined ? {} : { readinessProbe: probe(manager.readinessProbe) }),
    volumeMounts: (manager.volumeMounts ?? []).map((mount) => ({ ...mount, name: volumeOf(name, mount.name) })),
  };
}

/** Flags by name; `undefined` leaves one out. */
function flagsOf(name: string, options: ContainerOptions): Record<string, string | undefined> {
  const { jitterPercent = 10, concurrency = 10, requeueDependency = "10s", externalArtifacts = false, peers } = options;
  const { ports: own = [], applies = false } = CONTROLLERS[name] ?? {};
  const reports = peers !== undefined && name !== "notification-controller";
  return {
    ...(name === "notification-controller" ? {} : { "interval-jitter-percentage": String(jitterPercent) }),
    ...(name === "helm-controller" ? { concurrent: String(concurrency) } : {}),
    ...(applies ? { "requeue-dependency": requeueDependency } : {}),
    ...(applies
      ? { "feature-gates": [...GATES, ...(externalArtifacts ? ["ExternalArtifact"] : [])].map(on).join() }
      : {}),
    ...(reports ? { "events-addr": peers.includes("notification-controller") ? EVENTS : undefined } : {}),
    ...(peers === undefined ? {} : Object.fromEntries(own.map((port) => [port.flag, `:${port.port}`]))),
    // there is one pod, and the next starts when it has gone
    ...(peers === undefined ? {} : { "enable-leader-election": "false" }),
  };
}

function flag([name, value]: [string, string | undefined]): string[] {
  return value === undefined ? [] : [`--${name}=${value}`];
}

function flagName(arg: string): string {
  return arg.replace(/^--?/, "").replace(/=.*/s, "");
}

/** A variable that is read from a container's limits names that container. */
function inContainer<T extends { readonly valueFrom?: unknown }>(variable: T, name: string): T {
  const from = variable.valueFrom as { readonly resourceFieldRef?: object } | undefined;
  if (from?.resourceFieldRef === undefined) return variable;
  return { ...variable, valueFrom: { resourceFieldRef: { ...from.resourceFieldRef, containerName: name } } };
}

/** Each controller keeps its files to itself, as when it had a pod of its own. */
function volumeOf(controller: string, volume: string): string {
  return `${controller}-${volume}`;
}
