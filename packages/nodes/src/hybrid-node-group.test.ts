import { UNKNOWN } from "@plinth/bridge/testing";
import { ownedName, ownerText, PlinthError, PlinthReport } from "@plinth/core";
import { describe, expect, it } from "vitest";
import { placementOf } from "./plan.js";
import { metadata, runCloud, sent } from "./testing/captured-cloud.js";
import { CLUSTER_API_ARGS } from "./testing/cluster-api.js";
import { GROUP_PROPS } from "./testing/refused.js";

const FLAVOR = "openstack:compute/flavor:Flavor";
const ACCESS = "openstack:compute/flavorAccess:FlavorAccess";
const IMAGE = "openstack:images/image:Image";
const CLASS = "kubernetes:deckhouse.io/v1:OpenStackInstanceClass";
const GROUP = "kubernetes:deckhouse.io/v1:NodeGroup";

const urn = (type: string, name: string): string =>
  `urn:pulumi:dev::hybrid::plinth:nodes:HybridNodeGroup$${type}::${name}`;
const owner = (type: string, name: string) => ({ project: "hybrid", stack: "dev", urn: urn(type, name) });

const machine = (change: object) => ({ group: { machine: { ...GROUP_PROPS.machine, ...change } } });
const existing = machine({ flavor: { existing: true, name: "c4m8d50" } });

const nodeGroup = {
  type: GROUP,
  inputs: {
    apiVersion: "deckhouse.io/v1",
    kind: "NodeGroup",
    metadata: metadata("burst"),
    spec: {
      nodeType: "CloudEphemeral",
      cloudInstances: {
        classReference: { kind: "OpenStackInstanceClass", name: "burst" },
        minPerZone: 1,
        maxPerZone: 10,
        maxSurgePerZone: 1,
        zones: ["ru-3a"],
      },
      nodeTemplate: { labels: {}, taints: [{ key: "dedicated", value: "burst", effect: "NoSchedule" }] },
      disruptions: { approvalMode: "Automatic" },
      chaos: { mode: "Disabled" },
    },
  },
};
const instanceClass = (flavorName: string, imageName: string) => ({
  type: CLASS,
  inputs: {
    apiVersion: "deckhouse.io/v1",
    kind: "OpenStackInstanceClass",
    metadata: metadata("burst"),
    spec: { flavorName, imageName, mainNetwork: "k8s_l3vpn" },
  },
});

describe("a group whose flavor and image exist", () => {
  it("is an instance class and a group, and nothing else", async () => {
    const attempt = await runCloud(existing);
    expect(attempt.errors).toEqual([]);
    expect(sent(attempt, "burst")).toEqual({
      "burst-deckhouse/instance-class": instanceClass("c4m8d50", "ubuntu"),
      "burst-deckhouse/node-group": nodeGroup,
    });
    expect(attempt.program.outputs).toMatchObject({ flavorName: "c4m8d50", imageName: "ubuntu" });
    expect(attempt.calls).toContainEqual({ token: "getFlavor", args: { name: "c4m8d50" } });
    expect(attempt.calls).toContainEqual({ token: "getImage", args: { name: "ubuntu", mostRecent: true } });
  });

  it.each([
    [
      { vcpus: 8 },
      'set cores: 8, memory: "8192Mi", disk: "50Gi", or name another flavor',
      "8 cores, 8192 MiB and 50 GiB",
    ],
    [
      { ram: 4096 },
      'set cores: 4, memory: "4096Mi", disk: "50Gi", or name another flavor',
      "4 cores, 4096 MiB and 50 GiB",
    ],
    [{ disk: 0 }, 'set cores: 4, memory: "8192Mi", disk: "0Gi", or name another flavor', "4 cores, 8192 MiB and 0 GiB"],
  ])("is refused with a flavor of another shape: %j", async (flavor, fix, shape) => {
    const { errors, program } = await runCloud(existing, { flavor });
    expect(errors).toHaveLength(1);
    const [error] = errors;
    if (!PlinthError.isInstance(error)) throw error;
    expect(error).toMatchObject({ code: "PL4011", path: "burst", property: "machine.flavor", value: "c4m8d50", fix });
    expect(error.summary).toBe(`The flavor c4m8d50 has ${shape}, not 4, 8192 and 50`);
    expect([...program.all(CLASS), ...program.all(GROUP)]).toEqual([]);
  });
});

describe("a group whose flavor is made", () => {
  it("has a private one of the machine's shape, for the project alone", async () => {
    const attempt = await runCloud({ group: {} });
    expect(attempt.errors).toEqual([]);
    const name = ownedName(owner(FLAVOR, "burst-flavor"), "burst-flavor");
    expect(sent(attempt, "burst")).toEqual({
      "burst-flavor": {
        type: FLAVOR,
        inputs: {
          name,
          description: ownerText(owner(FLAVOR, "burst-flavor")),
          vcpus: 4,
          ram: 8192,
          disk: 50,
          isPublic: false,
        },
      },
      "burst-flavor-access": { type: ACCESS, inputs: { flavorId: "burst-flavor-id", tenantId: "project-0" } },
      "burst-deckhouse/instance-class": instanceClass(name, "ubuntu"),
      "burst-deckhouse/node-group": nodeGroup,
    });
    expect(attempt.program.outputs.flavorName).toBe(name);
  });

  it("waits for the flavor's access, the cloud's configuration and the class", async () => {
    const { program } = await runCloud({ group: { machine: { ...GROUP_PROPS.machine, flavor: { name: "c4m8d50" } } } });
    expect(program.get(FLAVOR).inputs.name).toBe("c4m8d50");
    expect(program.get(ACCESS).dependsOn).toEqual([urn(FLAVOR, "burst-flavor")]);
    expect(program.get(CLASS).dependsOn).toEqual(
      expect.arrayContaining([
        urn(ACCESS, "burst-flavor-access"),
        program.get("kubernetes:deckhouse.io/v1alpha1:ModuleConfig").urn,
      ]),
    );
    expect(program.get(GROUP).dependsOn).toEqual([urn(CLASS, "burst-deckhouse/instance-class")]);
  });

  it("has flavor and access deleted before they are replaced: the flavor's name is unique", async () => {
    const { program } = await runCloud({ group: {} });
    const first = program.resources.filter(({ options }) => options.deleteBeforeReplace).map(({ type }) => type);
    expect(first).toEqual([FLAVOR, ACCESS]);
  });

  it("is the same in a preview, where the flavor's id is not known yet", async () => {
    const [preview, up] = [await runCloud({ group: {} }, { preview: true }), await runCloud({ group: {} })];
    expect(preview.errors).toEqual([]);
    expect(preview.program.get(ACCESS).inputs).toEqual({ flavorId: UNKNOWN, tenantId: "project-0" });
    expect(preview.program.resources.map(({ urn: one }) => one).sort()).toEqual(
      up.program.resources.map(({ urn: one }) => one).sort(),
    );
  });
});

describe("a group whose image is uploaded", () => {
  it("has one that says its owner", async () => {
    const attempt = await runCloud(machine({ image: { file: "ubuntu.qcow2" } }));
    expect(attempt.errors).toEqual([]);
    const name = ownedName(owner(IMAGE, "burst-image"), "burst-image");
    expect(sent(attempt, "burst")["burst-image"]).toEqual({
      type: IMAGE,
      inputs: {
        name,
        containerFormat: "bare",
        diskFormat: "qcow2",
        localFilePath: "ubuntu.qcow2",
        properties: { plinth_owner: ownerText(owner(IMAGE, "burst-image")) },
      },
    });
    expect(attempt.program.get(CLASS).inputs).toMatchObject({ spec: { imageName: name } });
    expect(attempt.calls.map(({ token }) => token)).not.toContain("getImage");
  });

  it("takes its name and format as they are given", async () => {
    const { program } = await runCloud(machine({ image: { name: "u", file: "u.raw", diskFormat: "raw" } }));
    expect(program.get(IMAGE).inputs).toMatchObject({ name: "u", diskFormat: "raw" });
  });
});

describe("an image whose name two have", () => {
  const images = ["image-0", "image-1"];

  it("is refused where Cluster API's provider would look it up by name, before a template is sent", async () => {
    const { program, errors } = await runCloud({ cloud: CLUSTER_API_ARGS, group: {} }, { images });
    expect(errors).toHaveLength(1);
    const [error] = errors;
    if (!PlinthError.isInstance(error)) throw error;
    expect(error).toMatchObject({ code: "PL4031", path: "burst", property: "machine.image.name", value: "ubuntu" });
    expect(error.summary).toBe("2 images are named ubuntu: image-0, image-1");
    expect(program.resources.filter(({ type }) => type.endsWith(":OpenStackMachineTemplate"))).toEqual([]);
  });

  it("is the newest where Deckhouse takes it", async () => {
    expect((await runCloud({ group: {} }, { images })).errors).toEqual([]);
  });
});

describe("an edit", () => {
  it("changes resources' arguments and objects", async () => {
    const { program } = await runCloud({
      group: {
        edit: ({ type, value }) => {
          if (type === FLAVOR) return { ...value, swap: 1024 };
          if (type === CLASS) return { ...value, spec: { ...(value.spec as object), rootDiskSize: 60 } };
          return undefined;
        },
      },
    });
    expect(program.get(FLAVOR).inputs).toMatchObject({ vcpus: 4, swap: 1024 });
    expect(program.get(CLASS).inputs).toMatchObject({ spec: { mainNetwork: "k8s_l3vpn", rootDiskSize: 60 } });
  });
});

describe("a program that is refused", () => {
  it("in all three constructs has one report of all, and nothing of it is sent or read", async () => {
    const { errors, program, calls } = await runCloud({
      network: { nextHop: "192.168.201.1" },
      cloud: {
        engine: { type: "deckhouse", podNetworkMode: "DirectRouting" },
        cluster: { podCidr: "10.13.0.0/16", serviceCidr: "10.222.0.0/16" },
      },
      group: { size: { min: 2, max: 1 }, surge: 0 },
    });
    expect(errors.map((error) => PlinthReport.isInstance(error))).toEqual([true]);
    const [report] = errors as PlinthReport[];
    expect(report?.errors.map(({ code, path }) => `${code} ${path}`)).toEqual([
      "PL3001 net",
      "PL4001 cloud",
      "PL1005 cloud",
      "PL4002 burst",
    ]);
    expect(report?.message).toMatch(
      /^Plinth refused this program: 4 things are wrong\. Nothing of Plinth's was sent\./,
    );
    expect(program.resources.map(({ type }) => type)).toEqual(["pulumi:pulumi:Stack"]);
    expect(calls).toEqual([]);
  });

  it("is refused as a whole also when the network has no plan", async () => {
    const { errors, program } = await runCloud({
      network: { cidr: "192.168.200.1/24" },
      cloud: { engine: { type: "deckhouse", podNetworkMode: "DirectRouting" } },
      group: { zones: [] as unknown as ["ru-3a"] },
    });
    const [report] = errors as PlinthReport[];
    expect(errors).toHaveLength(1);
    expect(report?.errors.map(({ code, path }) => `${code} ${path}`)).toEqual([
      "PL1004 net",
      "PL4001 cloud",
      "PL4003 burst",
    ]);
    expect(program.resources).toHaveLength(1);
  });
});

describe("the placement of the article's group", () => {
  it("goes into a pod as it is", () => {
    const taints = [{ key: "dedicated", value: "cloud-worker", effect: "NoExecute" }] as const;
    expect(placementOf({ name: "cloud-worker", labels: { "node-role/cloud-worker": "" }, taints })).toEqual({
      nodeSelector: { "node-role/cloud-worker": "" },
      tolerations: [{ key: "dedicated", operator: "Equal", value: "cloud-worker", effect: "NoExecute" }],
    });
    expect(placementOf({ name: "burst", labels: {}, taints: [{ key: "dedicated", effect: "NoSchedule" }] })).toEqual({
      nodeSelector: { "node.deckhouse.io/group": "burst" },
      tolerations: [{ key: "dedicated", operator: "Exists", effect: "NoSchedule" }],
    });
  });
});
