import { readFileSync } from "node:fs";
import type { Manifest } from "@plinth/bridge/chart";
import { Check } from "@plinth/core";
import { describe, expect, it } from "vitest";
import { planFluxPod } from "../plan-bootstrap.js";
import { bootstrapFlux, type FluxBootstrapProps } from "./bootstrap.js";
import { CONTROLLERS, type Container } from "./bootstrap-container.js";

/** A Deployment as Flux's own manifests have it. */
function deployment(name: string, files = false): Manifest {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace: "flux-system" },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          serviceAccountName: name,
          containers: [
            {
              name: "manager",
              image: `ghcr.io/fluxcd/${name}:v1`,
              args: [
                "--events-addr=http://notification-controller.flux-system.svc.cluster.local./",
                "--watch-all-namespaces",
                "--log-level=info",
                "--enable-leader-election",
                ...(files ? ["--storage-path=/data"] : []),
              ],
              env: [
                { name: "RUNTIME_NAMESPACE", valueFrom: { fieldRef: { fieldPath: "metadata.namespace" } } },
                {
                  name: "GOMEMLIMIT",
                  valueFrom: { resourceFieldRef: { containerName: "manager", resource: "limits.memory" } },
                },
              ],
              ports: [{ name: "http-prom", containerPort: 8080 }],
              livenessProbe: { httpGet: { path: "/healthz", port: "healthz" } },
              readinessProbe: { httpGet: files ? { path: "/", port: "http" } : { path: "/readyz", port: "healthz" } },
              volumeMounts: [
                ...(files ? [{ name: "data", mountPath: "/data" }] : []),
                { name: "tmp", mountPath: "/tmp" },
              ],
            },
          ],
          volumes: [{ name: "tmp", emptyDir: {} }],
        },
      },
    },
  };
}

const SERVICE: Manifest = {
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "source-controller", namespace: "flux-system" },
  spec: { selector: { app: "source-controller" }, ports: [{ name: "http", port: 80, targetPort: "http" }] },
};

const ACCOUNT: Manifest = { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "helm-controller" } };
const NAMES = ["source-controller", "kustomize-controller", "helm-controller"];
const OBJECTS = [ACCOUNT, SERVICE, ...NAMES.map((name) => deployment(name, name === "source-controller"))];
const TALOS = planFluxPod({ host: "localhost", port: 7445 });

function bootstrap(
  objects: readonly Manifest[] = OBJECTS,
  props: Partial<FluxBootstrapProps> = {},
): { readonly objects: readonly Manifest[]; readonly codes: readonly string[] } {
  const check = new Check("platform");
  const changed = bootstrapFlux(objects, { pod: TALOS, ...props }, check);
  return { objects: changed, codes: check.refusals.map(({ code }) => code) };
}

interface PodSpec {
  readonly containers: readonly (Container & { readonly env: readonly { name: string; value?: string }[] })[];
  readonly volumes: readonly object[];
}

function specOf(object: Manifest | undefined): { readonly template: { readonly spec: PodSpec } } {
  return object?.spec as { template: { spec: PodSpec } };
}

function podOf(objects: readonly Manifest[]): PodSpec {
  const found = objects.filter(({ kind }) => kind === "Deployment");
  expect(found).toHaveLength(1);
  return specOf(found[0]).template.spec;
}

it("has as long to end as an action of Helm may take, and ten minutes at least", () => {
  const grace = (actionSeconds: number): string | undefined => {
    const { objects } = bootstrap(OBJECTS, { actionSeconds });
    return /"terminationGracePeriodSeconds":(\d+)/.exec(JSON.stringify(objects))?.[1];
  };
  expect([grace(60), grace(1200)]).toEqual(["600", "1200"]);
});

describe("before there is a pod network", () => {
  it("all controllers are in one pod on the host's network, which tolerates nodes that are not ready", () => {
    const { objects, codes } = bootstrap();
    expect(codes).toEqual([]);
    expect(objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`)).toEqual([
      "ServiceAccount/helm-controller",
      "Service/source-controller",
      "Deployment/flux",
    ]);
    expect(podOf(objects)).toMatchObject({
      hostNetwork: true,
      dnsPolicy: "Default",
      serviceAccountName: "helm-controller",
      tolerations: [
        { key: "node.kubernetes.io/not-ready", operator: "Exists" },
        { key: "node.kubernetes.io/unreachable", operator: "Exists" },
        { key: "node.cilium.io/agent-not-ready", operator: "Exists" },
        { key: "node.cloudprovider.kubernetes.io/uninitialized", operator: "Exists" },
      ],
    });
    expect(objects.at(-1)?.spec).toMatchObject({ strategy: { type: "Recreate" }, replicas: 1 });
    expect(objects[1]?.spec).toEqual({
      selector: { app: "flux" },
      ports: [{ name: "http", port: 80, targetPort: "http-source" }],
    });
  });

  it("they reach the API server by its address and artifacts on localhost, and report to nobody", () => {
    const { containers } = podOf(bootstrap().objects);
    expect(containers.map(({ name }) => name)).toEqual(NAMES);
    for (const { env, args = [] } of containers) {
      expect(env).toEqual(
        expect.arrayContaining([
          { name: "KUBERNETES_SERVICE_HOST", value: "localhost" },
          { name: "KUBERNETES_SERVICE_PORT", value: "7445" },
          { name: "SOURCE_CONTROLLER_LOCALHOST", value: "localhost:9790" },
        ]),
      );
      expect(args.filter((arg) => /events-addr|\.svc/.test(arg))).toEqual([]);
    }
  });

  it("no two have one port, no port name is too long, and every probe leads to a port", () => {
    const all = [...NAMES, "notification-controller", "source-watcher"].map((name) => deployment(name));
    const { containers } = podOf(bootstrap(all).objects);
    const ports = containers.flatMap((container) => container.ports ?? []);
    expect(new Set(ports.map(({ containerPort }) => containerPort)).size).toBe(ports.length);
    expect(new Set(ports.map(({ name }) => name)).size).toBe(ports.length);
    // Kubernetes: an IANA service name
    for (const { name } of ports) expect(name).toMatch(/^[a-z0-9-]{1,15}$/);
    for (const { name, livenessProbe, readinessProbe, ports: own = [], args = [] } of containers) {
      for (const probe of [livenessProbe, readinessProbe]) {
        expect(own.map((port) => port.name)).toContain(probe?.httpGet?.port);
      }
      for (const { port, flag } of CONTROLLERS[name]?.ports ?? []) expect(args).toContain(`--${flag}=:${port}`);
      if (name === "notification-controller") continue;
      expect(args).toContain("--events-addr=http://localhost:9690");
    }
  });

  it("what was one container's stays its own: files, memory limit", () => {
    const { containers, volumes } = podOf(bootstrap().objects);
    expect(volumes).toEqual(
      ["source-controller-data", "source-controller-tmp", "kustomize-controller-tmp", "helm-controller-tmp"].map(
        (name) => ({ name, emptyDir: {} }),
      ),
    );
    expect(JSON.stringify(containers)).not.toContain('"manager"');
    expect(JSON.stringify(containers[2])).toContain('"containerName":"helm-controller"');
  });

  it("has the flags of a platform: jitter, places, gates", () => {
    const all = [...OBJECTS, deployment("source-watcher", true)];
    const args = (props: Partial<FluxBootstrapProps>) => podOf(bootstrap(all, props).objects).containers[2]?.args;
    expect(args({})).toEqual([
      "--watch-all-namespaces",
      "--log-level=info",
      "--interval-jitter-percentage=10",
      "--concurrent=10",
      "--requeue-dependency=10s",
      "--feature-gates=CancelHealthCheckOnNewRevision=true",
      "--metrics-addr=:9795",
      "--health-addr=:9796",
      "--enable-leader-election=false",
    ]);
    expect(args({ jitterPercent: 20, concurrency: 4, requeueDependency: "5s", externalArtifacts: true })).toEqual(
      expect.arrayContaining([
        "--interval-jitter-percentage=20",
        "--concurrent=4",
        "--requeue-dependency=5s",
        "--feature-gates=CancelHealthCheckOnNewRevision=true,ExternalArtifact=true",
      ]),
    );
  });
});

it("in a hosted cluster each keeps a pod of its own, with the flags", () => {
  const { objects } = bootstrap(OBJECTS, { pod: planFluxPod(undefined) });
  expect(objects.map(({ metadata }) => metadata.name)).toEqual(OBJECTS.map(({ metadata }) => metadata.name));
  expect(objects[1]).toBe(SERVICE);
  const [manager] = specOf(objects[4]).template.spec.containers;
  expect(manager).toMatchObject({ name: "manager" });
  expect(manager?.args).toEqual(expect.arrayContaining(["--enable-leader-election", "--concurrent=10"]));
});

it("objects that are not Flux's are refused, and other objects stay as they are", () => {
  expect(bootstrap([ACCOUNT, deployment("source-controller")]).codes).toEqual(["PL5059"]);
  expect(bootstrap(OBJECTS, { externalArtifacts: true }).codes).toEqual(["PL5059"]);
  const manifests = JSON.parse(
    readFileSync(new URL("../../../lab/data/flux/manifests.json", import.meta.url), "utf8"),
  ) as Manifest[];
  const { objects, codes } = bootstrap([...manifests, ...OBJECTS]);
  expect(codes).toEqual([]);
  expect(objects.slice(0, manifests.length)).toEqual(manifests);
});
