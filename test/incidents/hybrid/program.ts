import {
  attemptProgram,
  type CaptureAttempt,
  type CapturedProgram,
  type CapturedResource,
  CapturedSecret,
} from "@plinth/bridge/testing";
import { PlinthReport } from "@plinth/core";
import * as pulumi from "@pulumi/pulumi";
import {
  CloudProvider,
  type CloudProviderArgs,
  HybridNodeGroup,
  type HybridNodeGroupArgs,
  L3VPNNetwork,
  type L3VPNNetworkArgs,
} from "plinth";

/** Racks joined to an OpenStack: what an incident changes. */
export interface Program {
  readonly network?: Partial<L3VPNNetworkArgs>;
  /** With the engine `clusterApi`, the default. */
  readonly cloud?: Partial<CloudProviderArgs>;
  /** By component name. @default - one group, `burst` */
  readonly groups?: Readonly<Record<string, Partial<HybridNodeGroupArgs>>>;
  /** What the cloud answers, by the name of the provider's function. @default - that all is there, once */
  readonly answers?: Readonly<Record<string, object>>;
}

/** The parts of an object that tests look at. */
export interface SentObject {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly spec: never;
}

/** The engine of the article, with its cluster. */
export const DECKHOUSE = {
  engine: { type: "deckhouse" },
  cluster: { podCidr: "10.111.0.0/16", serviceCidr: "10.222.0.0/16" },
} as const satisfies Partial<CloudProviderArgs>;

/** The shape of the machines. */
export const MACHINE = {
  cores: 4,
  memory: "8Gi",
  disk: "50Gi",
  image: { existing: true, name: "ubuntu" },
} as const satisfies HybridNodeGroupArgs["machine"];

const IDENTITY = {
  type: "identity",
  endpoints: [{ interface: "public", url: "https://keystone/v3", region: "one" }],
};

/** Runs a program against no cloud at all, and gives what it would have sent and what it is refused for. */
export async function run({ network, cloud, groups = { burst: {} }, answers }: Program = {}): Promise<Outcome> {
  const program = (): object => {
    const net = new L3VPNNetwork("net", {
      cidr: "192.168.200.0/24",
      nextHop: "192.168.200.252",
      sites: [{ name: "racks", cidrs: ["10.13.1.0/24"] }],
      ...network,
    } as L3VPNNetworkArgs);
    const provider = new CloudProvider("cloud", {
      network: net,
      cluster: {
        podCidr: "10.111.0.0/16",
        serviceCidr: "10.222.0.0/16",
        endpoint: "10.13.1.10:6443",
        version: "v1.35.2",
        kubeconfig: pulumi.secret("kubeconfig"),
        caCertificate: "certificate",
      },
      user: { password: pulumi.secret("tr0ub4dor") },
      keyPair: { publicKey: "ssh-ed25519 AAAA" },
      ...cloud,
    } as CloudProviderArgs);
    for (const [name, change] of Object.entries(groups)) {
      const args = { cloud: provider, machine: MACHINE, size: { min: 0, max: 3 }, zones: ["one-a"], ...change };
      new HybridNodeGroup(name, args as HybridNodeGroupArgs);
    }
    return { autoscalerArgs: provider.autoscaler?.apply(({ args }) => args) };
  };
  const call = ({ token, args }: { token: string; args: object }): object => {
    const name = token.replace(/^.*:/, "");
    if (answers?.[name] !== undefined) return { ...args, ...answers[name] };
    if (name === "getAuthScope") {
      return { projectId: "p", userDomainName: "Default", userDomainId: "default", serviceCatalogs: [IDENTITY] };
    }
    return { ids: [], ...args };
  };
  return new Outcome(await attemptProgram(program, { project: "hybrid", stack: "dev", call }));
}

/** What came of a program. */
export class Outcome {
  readonly #attempt: CaptureAttempt;

  constructor(attempt: CaptureAttempt) {
    this.#attempt = attempt;
  }

  /** Code, component and property of each refusal. */
  get refusals(): readonly (readonly [code: string, path: string, property: string | undefined])[] {
    return this.#attempt.errors
      .flatMap((error) => (PlinthReport.isInstance(error) ? error.errors : [error as PlinthReport["errors"][number]]))
      .map(({ code, path, property }) => [code, path, property] as const);
  }

  /** All that was sent. @throws Error when the program was refused */
  get program(): CapturedProgram {
    if (this.#attempt.errors.length > 0) throw this.#attempt.errors[0];
    return this.#attempt.program;
  }

  /** Kubernetes objects of a kind. */
  objects(kind: string): readonly SentObject[] {
    return this.program.resources
      .filter(({ type }) => type.startsWith("kubernetes:") && type.endsWith(`:${kind}`))
      .map(({ inputs }) => plain(inputs) as SentObject);
  }

  /** The spec of the one object of a kind. */
  spec<T>(kind: string): T {
    const [one, ...more] = this.objects(kind);
    if (one === undefined || more.length > 0) throw new Error(`There is not one ${kind}`);
    return one.spec;
  }

  /** Arguments for the cluster autoscaler, by flag. */
  get autoscalerArgs(): Readonly<Record<string, string>> {
    const args = (this.program.outputs.autoscalerArgs ?? []) as readonly string[];
    return Object.fromEntries(args.map((arg) => arg.split(/^--([^=]+)=/).slice(1)));
  }

  /** Inputs of the resources of a type of the OpenStack provider. */
  inputs(type: string): readonly Readonly<Record<string, unknown>>[] {
    return this.program.all(`openstack:${type}`).map(({ inputs }) => plain(inputs) as Record<string, unknown>);
  }

  /** The object of a kind whose resource's name begins like that. */
  resource(kind: string, begins: string): CapturedResource {
    const found = this.program.resources.find(({ type, name }) => type.endsWith(`:${kind}`) && name.startsWith(begins));
    if (found === undefined) throw new Error(`There is no ${kind} of ${begins}`);
    return found;
  }

  /** Names of the resources that a resource waits for when it is made, and goes before when it is deleted. */
  waitsFor({ dependsOn }: CapturedResource): readonly string[] {
    return dependsOn.map((urn) => urn.replace(/^.*::/, ""));
  }
}

function plain(value: unknown): unknown {
  if (value instanceof CapturedSecret) return plain(value.value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, plain(field)]));
}
