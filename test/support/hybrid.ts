import { PUBLIC_KEYS } from "./keys.js";
import { Project } from "./project.js";
import { Stack } from "./stack.js";
import type { TestLab } from "./test-lab.js";

/** Password of the service user that the hybrid stack makes. */
export const PASSWORD = "not-a-secret: 'it' \"quotes\"";

/** How a copy of the hybrid stack differs. */
export interface HybridOptions {
  /** Configuration beside the public key. @default - none: the engine is `deckhouse`, whose objects nothing acts upon */
  readonly config?: Readonly<Record<string, string>>;
  /** Password of the service user. @default - {@link PASSWORD} */
  readonly password?: string;
  /** Environment on top of the lab's. @param dir folder of the copy. @default - none */
  readonly env?: (dir: string) => Readonly<Record<string, string>>;
  /** Loaded by Pulumi as it is, TypeScript, which takes twice as long. @default - compiled before */
  readonly asTypeScript?: boolean;
}

/** A copy of the hybrid stack with a stack of its own. */
export async function hybridStack(lab: TestLab, name: string, options: HybridOptions = {}): Promise<Stack> {
  const project = await Project.hybrid();
  if (options.asTypeScript !== true) await project.compile();
  const env = { ...lab.env, ...options.env?.(project.dir) };
  const config = { "hybrid:engine": "deckhouse", "hybrid:publicKey": PUBLIC_KEYS[0], ...options.config };
  return Stack.init(project, name, env, config, { "hybrid:password": options.password ?? PASSWORD });
}

const ROUTER = `
  router: {
    externalNetwork: { name: config.get("externalNetwork") ?? "external-network" },
    accessNetwork: { name: "k8s-external-access", cidr: "192.168.201.0/24" },
  },`;

/** Takes the router out of a copy: it takes half of the time of `up` and `destroy`. */
export function withoutRouter({ project }: Stack): Promise<void> {
  return project.edit(ROUTER, "");
}

/** How many objects of each kind the hybrid stack adds to an OpenStack. */
export const IN_OPENSTACK = {
  networks: 2,
  subnets: 2,
  ports: 3, // the router's: its gateway and two interfaces
  routers: 1,
  securityGroups: 1,
  users: 1,
  flavors: 1,
  keyPairs: 1,
};

/** What the hybrid stack adds to Kubernetes. */
export const IN_KUBERNETES = {
  moduleConfigs: ["cloud-provider-openstack"],
  instanceClasses: ["cloud-worker"],
  nodeGroups: ["cloud-worker"],
};

/** Kubernetes without the stack. */
export const NOTHING_IN_KUBERNETES = { moduleConfigs: [], instanceClasses: [], nodeGroups: [] };

/** Resources of the hybrid stack, those without a counterpart outside Pulumi among them: the root and three components. */
export const RESOURCES = 32;
