import { PUBLIC_KEYS } from "./keys.js";
import { Project } from "./project.js";
import { Stack } from "./stack.js";
import type { TestLab } from "./test-lab.js";

/** Password of the service user that the hybrid stack makes. */
export const PASSWORD = "not-a-secret: 'it' \"quotes\"";

/** A copy of the hybrid stack with a stack of its own. */
export async function hybridStack({ env }: TestLab, name: string, config: Record<string, string> = {}): Promise<Stack> {
  const plain = { "hybrid:publicKey": PUBLIC_KEYS[0], ...config };
  return Stack.init(await Project.hybrid(), name, env, plain, { "hybrid:password": PASSWORD });
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
