import { Check } from "@plinth/core";
import { planTenants, TenantsChart, type TenantsProps } from "@plinth/platform/chart";
import { type TalosVersion, talosDocuments, talosVersion } from "@plinth/platform/machine";
import { registryMirrors } from "@plinth/platform/mirror";
import { App } from "cdk8s";
import { platform } from "plinth";
import { describe, expect, it } from "vitest";
import { component, presetOf, render } from "./program.js";

const { configure, full, kubevirt, monitoring } = platform;

const TALOS = ["v1.6.4", "v1.13.9", "v1.14.0"].map(
  (version) => talosVersion(version, "talos", new Check("platform")) as TalosVersion,
);

describe("what people set", () => {
  it("cozystack/cozystack#173: one mirror has all charts and images, and nothing is asked for elsewhere", () => {
    const mirror = "oci://registry.example.com:5000/plinth";
    const rendered = render({ preset: full, mirror });
    const sources = rendered.all("OCIRepository").map(({ spec }) => `${spec.url}`);
    expect(sources.length).toBeGreaterThan(70);
    expect(sources.filter((url) => !url.startsWith(`${mirror}/`))).toEqual([]);
    expect([...rendered.all("HelmRepository"), ...rendered.all("ArtifactGenerator")]).toEqual([]);

    const images = ["ghcr.io/siderolabs/installer:v1.13.9", "quay.io/jetstack/cert-manager-controller:v1.20.2"];
    const mirrors = registryMirrors(mirror, [...images, "docker.io/library/nginx:1.29"]);
    expect(mirrors.map(({ registry, skipFallback }) => [registry, skipFallback])).toEqual([
      ["docker.io", true],
      ["ghcr.io", true],
      ["quay.io", true],
    ]);
    const network = rendered.plan.network as platform.PlatformNetwork;
    for (const talos of TALOS) {
      const settings = { talos, kubernetes: "1.35.2", network, registryMirrors: mirrors };
      for (const role of ["control-plane", "worker"] as const) {
        const text = JSON.stringify(talosDocuments(rendered.plan.machine, settings, role));
        for (const { registry, endpoints } of mirrors) {
          expect(text).toContain(registry);
          expect(text).toContain(endpoints[0]);
        }
        if (talos.generation !== "single") expect(text.match(/"skipFallback":true/g)).toHaveLength(3);
      }
    }
  });

  it("cozystack/cozystack#2765: a device for virtual machines is all that is set: gate and permission follow", () => {
    const device = { pciVendorSelector: "10DE:2335", resourceName: "nvidia.com/GH100" };
    const rendered = render({ preset: full, configure: [configure(kubevirt, { pciDevices: [device] })] });
    expect(rendered.release("kubevirt").values).toMatchObject({
      extraFeatureGates: ["HostDevices"],
      permittedHostDevices: { pciHostDevices: [device] },
    });
    const unknown = configure(kubevirt, { pciDevices: [{ ...device, pciVendorSelector: "H200" }] });
    expect(render({ preset: full, configure: [unknown] }).refusals).toEqual([
      ["PL5071", "platform/kubevirt", "pciDevices[0]"],
    ]);
  });

  it("cozystack/cozystack#2780: modules that a component needs are loaded by every machine", () => {
    const gpus = component("gpus", { machine: { kernelModules: [{ name: "vfio_pci" }] } });
    const { plan } = render({ components: [gpus] });
    for (const talos of TALOS) {
      const settings = { talos, kubernetes: "1.35.2", network: plan.network as platform.PlatformNetwork };
      expect(JSON.stringify(talosDocuments(plan.machine, settings, "worker"))).toContain('"name":"vfio_pci"');
    }
    expect(plan.machine.reasons["module vfio_pci"]).toEqual(["platform/gpus"]);
  });

  it("cozystack/cozystack#752: quotas add up over the whole tree of tenants", () => {
    const plan = (quota: TenantsProps["quota"], below: TenantsProps["quota"]) => {
      const check = new Check("platform");
      const shop = { name: "shop", quota: quota ?? {}, tenants: [{ name: "dev", quota: below ?? {} }] };
      const planned = planTenants({ host: "cloud.example.com", tenants: [shop] }, check);
      return { planned, refusals: check.refusals.map(({ code, property }) => [code, property]) };
    };
    const at = "tenants.tenants[0].quota.cpu";
    expect(plan({ cpu: "4" }, { cpu: "8" }).refusals).toEqual([["PL5076", at]]);
    expect(plan({ cpu: "4" }, {}).refusals).toEqual([["PL5076", at]]);
    const { planned, refusals } = plan({ cpu: "4" }, { cpu: "3" });
    expect(refusals).toEqual([]);
    const objects = new TenantsChart(new App(), "tenants", { plan: planned }).toJson();
    const hard = objects.filter(({ kind }) => kind === "ResourceQuota").map(({ spec }) => spec.hard["limits.cpu"]);
    expect(hard).toEqual(["1", "3"]);
  });

  it("cozystack/cozystack#1255: every tenant has limits for containers that say nothing themselves", () => {
    const plan = planTenants({ host: "cloud.example.com", tenants: [{ name: "shop" }] }, new Check("platform"));
    const objects = new TenantsChart(new App(), "tenants", { plan }).toJson();
    const ranges = objects.filter(({ kind }) => kind === "LimitRange");
    expect(ranges.map(({ metadata }) => metadata.namespace)).toEqual(["tenant-root", "tenant-shop"]);
    expect(ranges[0]?.spec.limits).toMatchObject([{ default: { memory: "512Mi" }, defaultRequest: { cpu: "100m" } }]);
  });

  it("cozystack/cozystack#1084: a monitoring is as large as it is set to be, and a tenant has one only by choice", () => {
    const storage = { name: "shortterm", retentionPeriod: "3d", deduplicationInterval: "15s", storage: "5Gi" } as const;
    const limits = { vmselect: { cpu: "500m", memory: "1Gi" }, vmstorage: { cpu: "1", memory: "2Gi" } } as const;
    const small = configure(monitoring, { metricsStorages: [{ ...storage, limits }], logsStorage: "5Gi" });
    expect(render({ preset: full, configure: [small] }).release("monitoring").values).toMatchObject({
      metricsStorages: [
        {
          ...storage,
          vmselect: { maxAllowed: { cpu: "500m", memory: "1Gi" } },
          vmstorage: { maxAllowed: { cpu: "1", memory: "2Gi" } },
        },
      ],
      logsStorages: [{ storage: "5Gi" }],
    });
    const tenants = [{ name: "shop" }, { name: "bank", monitoring: true }];
    const plan = planTenants({ host: "cloud.example.com", monitoring: true, tenants }, new Check("platform"));
    expect(plan.tenants.map(({ namespace, monitoring: of }) => [namespace, of])).toEqual([
      ["tenant-root", "tenant-root"],
      ["tenant-shop", "tenant-root"],
      ["tenant-bank", "tenant-bank"],
    ]);
  });

  it("cozystack/cozystack#1568: what there is not to set is refused, by the compiler and without one", () => {
    // @ts-expect-error a setting that there is not
    const misspelt = configure(kubevirt, { cpuAlocationRatio: 4 });
    expect(misspelt.component).toBe(kubevirt);
    // @ts-expect-error components are objects, not names in a list
    const named: platform.PlatformProps["disable"] = ["cilium"];
    expect(named).toHaveLength(1);
    const unknown = { bundle: "paas-full" } as Parameters<typeof render>[0];
    expect(render(unknown).refusals).toEqual([["PL1009", "platform", "bundle"]]);
    // what is chosen is what makes network, storage and machines, not a bundle of all three
    expect(presetOf("minimal").plan.releases.map(({ name }) => name)).toEqual([
      "cozy-fluxcd",
      "cilium",
      "cert-manager",
    ]);
  });
});
