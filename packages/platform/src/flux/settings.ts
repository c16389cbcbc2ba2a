/** How Flux reaches one registry or chart server. */
export interface RegistryAccess {
  /** Host, with its port where it has one: `registry.example.org:5000`. */
  readonly host: string;
  /** Whether it speaks plain HTTP; only for an `oci` one. @default false */
  readonly insecure?: boolean;
  /**
   * Secret in Flux's namespace with credentials: of type `kubernetes.io/dockerconfigjson` for a registry, with `username` and
   * `password` for a Helm repository. @default - none are needed
   */
  readonly secretName?: string;
  /** Secret in Flux's namespace with the certificate authority in `ca.crt`. @default - a public one */
  readonly certificateSecretName?: string;
}

/** Fields that drift detection leaves alone. */
export interface DriftIgnore {
  /** JSON pointers (RFC 6901), for example `/spec/replicas`. */
  readonly paths: readonly `/${string}`[];
  /** Of which objects: each field is a regular expression. @default - of all objects of the release */
  readonly target?: {
    readonly group?: string;
    readonly kind?: string;
    readonly name?: string;
    readonly namespace?: string;
  };
}

/** What is the same for all releases of a platform. Durations are written as Go does: `30s`, `10m`. */
export interface FluxSettings {
  /** How often a release is compared with the cluster. @default "10m" */
  readonly interval?: string;
  /** How often a Helm repository's index is read; artifacts of fixed versions are looked at as often. @default "1h" */
  readonly sourceInterval?: string;
  /** How long one action of Helm may take. @default "10m" */
  readonly timeout?: string;
  /** How long after a failure the same action is tried again, for ever. @default "30s" */
  readonly retryInterval?: string;
  /** How many revisions Helm keeps. @default 5 */
  readonly history?: number;
  /** What drift detection leaves alone, beside replicas and the certificates that controllers fill in. @default - nothing more */
  readonly driftIgnores?: readonly DriftIgnore[];
  /**
   * Whether CRDs stay when the release that owns them is removed, as Helm does with a chart's folder `crds`. Without, every
   * object of their kinds goes too. @default true
   */
  readonly keepCrds?: boolean;
  /**
   * Whether a release takes over objects that are there already and belong to no release or another one.
   * @default false: it fails and says so
   */
  readonly takeOwnership?: boolean;
  /** Registries and chart servers that need more than their URL. @default - none */
  readonly registries?: readonly RegistryAccess[];
}

/** The settings, read and checked. */
export type PlannedFluxSettings = Required<FluxSettings>;

/** Safe settings. Why each: the rules in `flux-rules.ts`. */
export const FLUX_DEFAULTS: PlannedFluxSettings = {
  interval: "10m",
  sourceInterval: "1h",
  timeout: "10m",
  retryInterval: "30s",
  history: 5,
  driftIgnores: [],
  keepCrds: true,
  takeOwnership: false,
  registries: [],
};

/** Every setting, for the check for unknown ones. */
export const FLUX_FIELDS = {
  interval: true,
  sourceInterval: true,
  timeout: true,
  retryInterval: true,
  history: true,
  driftIgnores: true,
  keepCrds: true,
  takeOwnership: true,
  registries: true,
} as const satisfies Record<keyof FluxSettings, true>;
