import { Kustomization, OCIRepository } from "@plinth/api/flux";
import { type ApiObject, Chart } from "cdk8s";
import type { Construct } from "constructs";
import type { PlannedFluxSettings } from "../flux/settings.js";
import { BUNDLE_PARTS, type PlatformBundle } from "./bundle.js";
import type { BundleTarget } from "./target.js";

/** Properties of {@link BundleChart}. */
export interface BundleChartProps {
  /** Name of the objects: that of the platform. */
  readonly name: string;
  readonly bundle: PlatformBundle;
  readonly target: BundleTarget;
  /** Namespace of Flux. */
  readonly namespace: string;
  readonly settings: PlannedFluxSettings;
  /** Whether Pulumi waits for each part. @default false */
  readonly waitForReady?: boolean;
  /** Seconds that all objects of a part have to get ready: with the releases, all levels of them. */
  readonly timeout: number;
}

/**
 * What makes Flux apply a bundle: the artifact, and a Kustomization for each part, each after the one before. Removed in reverse, a part
 * has gone before the next one goes.
 */
export class BundleChart extends Chart {
  constructor(
    scope: Construct,
    id: string,
    { name, bundle, target, namespace, settings, timeout, waitForReady = false }: BundleChartProps,
  ) {
    super(scope, id);
    const { repository, insecure, secretName } = target;
    const annotations = waitForReady ? { annotations: { "pulumi.com/waitFor": "condition=Ready" } } : {};
    let before: ApiObject = new OCIRepository(this, "source", {
      metadata: { name, namespace, ...annotations },
      spec: {
        url: repository,
        interval: settings.sourceInterval,
        ref: { tag: bundle.tag },
        ...(insecure ? { insecure } : {}),
        ...(secretName === undefined ? {} : { secretRef: { name: secretName } }),
      },
    });
    let needed: string | undefined;
    for (const part of BUNDLE_PARTS.filter((each) => `${each}/objects.yaml` in bundle.files)) {
      const own = `${name}-${part}`;
      const object = new Kustomization(this, part, {
        metadata: { name: own, namespace, ...annotations },
        spec: {
          interval: settings.interval,
          retryInterval: settings.retryInterval,
          sourceRef: { kind: "OCIRepository", name },
          path: `./${part}`,
          prune: true,
          wait: true,
          deletionPolicy: "WaitForTermination",
          timeout: `${timeout}s`,
          ...(needed === undefined ? {} : { dependsOn: [{ name: needed }] }),
        },
      });
      object.node.addDependency(before);
      [before, needed] = [object, own];
    }
  }
}
