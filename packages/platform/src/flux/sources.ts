import { ArtifactGenerator, HelmRepository, OCIRepository } from "@plinth/api/flux";
import type { ApiObject } from "cdk8s";
import type { Construct } from "constructs";
import type { FluxPlan } from "./plan-flux.js";
import type { ChartFolder, HelmRepositoryPlan, OciRepositoryPlan, SourcePlan } from "./plan-sources.js";
import type { RegistryAccess } from "./settings.js";

/** Media type of the layer in which `helm push` puts a chart. */
const HELM_CHART = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";

/** A source's objects: the source, and what cuts charts out of it. */
export function sourceObjects(scope: Construct, source: SourcePlan, plan: FluxPlan): ApiObject[] {
  if (source.kind === "HelmRepository") return [helmRepository(scope, source, plan)];
  const repository = ociRepository(scope, source, plan);
  if (source.folders.size === 0) return [repository];
  const own = generator(scope, source, { namespace: plan.fluxNamespace, folders: source.folders, plan });
  const external = [...source.external].map(([namespace, folders]) =>
    generator(scope, source, { namespace, folders, plan }),
  );
  for (const cut of [own, ...external]) cut.node.addDependency(repository);
  return [repository, own, ...external];
}

/** What cuts charts out of an artifact: each becomes an ExternalArtifact of the namespace. */
function generator(
  scope: Construct,
  source: OciRepositoryPlan,
  cut: {
    readonly namespace: string;
    readonly folders: ReadonlyMap<string, ChartFolder>;
    readonly plan: FluxPlan;
  },
): ApiObject {
  const { fluxNamespace } = cut.plan;
  const isOwn = cut.folders === source.folders;
  const elsewhere = cut.namespace === fluxNamespace ? {} : { namespace: fluxNamespace };
  return new ArtifactGenerator(scope, `${isOwn ? "charts" : `external-${cut.namespace}`}-${source.name}`, {
    metadata: { name: isOwn ? source.name : `${source.name}-external`, namespace: cut.namespace },
    spec: {
      sources: [{ alias: "charts", kind: "OCIRepository", name: source.name, ...elsewhere }],
      artifacts: [...cut.folders].map(([name, { folder, libraries }]) => ({
        name,
        // Helm reads a chart from the one folder of an archive
        copy: [
          { from: `@charts/${folder}/**`, to: `@artifact/${name}/` },
          ...libraries.map((library) => ({
            from: `@charts/${library}/**`,
            to: `@artifact/${name}/charts/${library.split("/").at(-1)}/`,
          })),
        ],
      })),
    },
  });
}

function helmRepository(scope: Construct, { name, url, access }: HelmRepositoryPlan, plan: FluxPlan): ApiObject {
  return new HelmRepository(scope, `helm-${name}`, {
    metadata: { name, namespace: plan.fluxNamespace },
    spec: { url, interval: plan.settings.sourceInterval, ...references(access) },
  });
}

function ociRepository(scope: Construct, source: OciRepositoryPlan, plan: FluxPlan): ApiObject {
  const { name, url, tag, digest, folders, access } = source;
  return new OCIRepository(scope, `oci-${name}`, {
    metadata: { name, namespace: plan.fluxNamespace },
    spec: {
      url,
      interval: plan.settings.sourceInterval,
      // a digest wins; the tag beside it is for readers
      ref: { tag, ...(digest === undefined ? {} : { digest }) },
      ...(folders.size === 0 ? { layerSelector: { mediaType: HELM_CHART, operation: "copy" } } : {}),
      ...(access?.insecure ? { insecure: true } : {}),
      ...references(access),
    },
  });
}

function references(access: RegistryAccess | undefined): object {
  return {
    ...(access?.secretName === undefined ? {} : { secretRef: { name: access.secretName } }),
    ...(access?.certificateSecretName === undefined ? {} : { certSecretRef: { name: access.certificateSecretName } }),
  };
}
