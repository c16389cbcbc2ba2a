import type { Manifest } from "@plinth/bridge/chart";
import type { Check } from "@plinth/core";
import { PLATFORM_FLUX } from "../flux-rules.js";
import type { FluxPod } from "../plan-bootstrap.js";
import { CONTROLLERS, type Container, containerOf, type PodOptions } from "./bootstrap-container.js";

/** How Flux itself runs. */
export interface FluxBootstrapProps extends PodOptions {
  /** How its pod runs: derived from the distribution. */
  readonly pod: FluxPod;
  /** Seconds that one action of Helm may take: as long its pod has to end, at least ten minutes. @default 600 */
  readonly actionSeconds?: number;
}

/** The part of a Deployment that is read and written here. */
interface Deployment extends Manifest {
  readonly spec: {
    readonly template: {
      readonly metadata?: { readonly annotations?: object };
      readonly spec: {
        readonly containers: readonly Container[];
        readonly volumes?: readonly { readonly name: string }[];
      };
    };
  };
}

interface Service extends Manifest {
  readonly spec: { readonly ports: readonly { readonly targetPort?: string | number }[] };
}

const NAME = "flux";
const LABELS = { app: NAME };

/** Whose rights the one pod has: helm-controller's account may do all that any of them needs (cluster-admin). */
const ACCOUNT = "helm-controller";

/** Until Flux has let go of what it is doing, the longest of its controllers. */
const GRACE_SECONDS = 600;

/**
 * Flux's own objects (those of `flux install --export`, or of the artifact `flux-manifests`), so changed that it runs before
 * there is a pod network: all controllers in one pod, on the host's network, where each has ports of its own, reach each other
 * on localhost and the API server by its address, and tolerate a node that is not ready.
 *
 * They are changed and not written anew, because CRDs, roles and images of a version are Flux's business. Controllers that
 * are not among {@link CONTROLLERS} (the two for image updates) are left out of the pod and of the result.
 * In a hosted cluster (no host network) the Deployments stay apart and get only the flags.
 *
 * @returns the objects in their order; refused (PL5059) and unchanged when controllers are missing
 */
export function bootstrapFlux(
  objects: readonly Manifest[],
  props: FluxBootstrapProps,
  check: Check,
): readonly Manifest[] {
  const deployments = objects.filter(isDeployment);
  const needed = ["source-controller", "helm-controller", ...(props.externalArtifacts ? ["source-watcher"] : [])];
  const missing = needed.filter((name) => managerOf(name, deployments) === undefined);
  if (missing.length > 0) {
    check.refuse(PLATFORM_FLUX.fluxObjects, {
      property: "flux.objects",
      value: deployments.map(({ metadata }) => metadata.name),
      message: `There is no Deployment ${missing.join(" and no ")} with a container manager`,
      fix: `give what flux install --export writes${props.externalArtifacts ? ", with --components-extra=source-watcher" : ""}`,
    });
    return objects;
  }
  if (!props.pod.hostNetwork)
    return objects.map((object) => (isDeployment(object) ? withFlags(object, props) : object));
  const first = deployments.findIndex(({ metadata }) => metadata.name in CONTROLLERS);
  const pod = onePod(deployments, props);
  return objects.flatMap((object): Manifest[] => {
    if (object === deployments[first]) return [pod];
    if (isDeployment(object)) return [];
    return [isService(object) ? toOnePod(object) : object];
  });
}

function isDeployment(object: Manifest): object is Deployment {
  return object.kind === "Deployment";
}

function isService(object: Manifest): object is Service {
  return object.kind === "Service" && object.metadata.name in CONTROLLERS;
}

function managerOf(name: string, deployments: readonly Deployment[]): Container | undefined {
  const found = deployments.find(({ metadata }) => metadata.name === name);
  return found?.spec.template.spec.containers.find((container) => container.name === "manager");
}

function onePod(deployments: readonly Deployment[], props: FluxBootstrapProps): Manifest {
  const { pod } = props;
  const names = Object.keys(CONTROLLERS).filter((name) => managerOf(name, deployments) !== undefined);
  const containers = names.flatMap((name) => {
    const manager = managerOf(name, deployments);
    return manager === undefined ? [] : [containerOf(name, manager, { ...props, env: pod.env, peers: names })];
  });
  const volumes = new Set(containers.flatMap(({ volumeMounts = [] }) => volumeMounts.map((mount) => mount.name)));
  const namespace = deployments[0]?.metadata.namespace;
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: NAME, ...(namespace === undefined ? {} : { namespace }), labels: LABELS },
    spec: {
      replicas: 1,
      // the next one cannot have the ports of the host before this one has gone
      strategy: { type: "Recreate" },
      selector: { matchLabels: LABELS },
      template: {
        metadata: { labels: LABELS },
        spec: {
          serviceAccountName: ACCOUNT,
          priorityClassName: "system-cluster-critical",
          hostNetwork: pod.hostNetwork,
          dnsPolicy: pod.dnsPolicy,
          tolerations: pod.tolerations,
          nodeSelector: { "kubernetes.io/os": "linux" },
          terminationGracePeriodSeconds: Math.max(GRACE_SECONDS, props.actionSeconds ?? 0),
          securityContext: { fsGroup: 1337 },
          containers,
          volumes: [...volumes].map((name) => ({ name, emptyDir: {} })),
        },
      },
    },
  };
}

function withFlags(object: Deployment, props: FluxBootstrapProps): Manifest {
  const { template } = object.spec;
  const { name } = object.metadata;
  if (!(name in CONTROLLERS)) return object;
  const containers = template.spec.containers.map((container) =>
    container.name === "manager" ? containerOf(name, container, props) : container,
  );
  return { ...object, spec: { ...object.spec, template: { ...template, spec: { ...template.spec, containers } } } };
}

/** A Service of one controller, led to its port of the one pod. */
function toOnePod(object: Service): Manifest {
  const ports = object.spec.ports.map((port) => {
    const { targetPort } = port;
    const renamed = CONTROLLERS[object.metadata.name]?.ports.find(({ was }) => was === targetPort);
    return renamed === undefined ? port : { ...port, targetPort: renamed.name };
  });
  return { ...object, spec: { ...object.spec, selector: LABELS, ports } };
}
