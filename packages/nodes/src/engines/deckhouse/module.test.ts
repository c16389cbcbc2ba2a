import { validateObject } from "@plinth/api/testing";
import { describe, expect, it } from "vitest";
import { DECKHOUSE } from "../../deckhouse-rules.js";
import type { DeckhouseModuleSettings } from "../../props-deckhouse-module.js";
import { runCloud } from "../../testing/captured-cloud.js";
import { cloudRefusals } from "../../testing/refused.js";

const MODULE_CONFIG = "kubernetes:deckhouse.io/v1alpha1:ModuleConfig";
const engine = (settings: object) => ({
  engine: { type: "deckhouse", settings: settings as DeckhouseModuleSettings } as const,
});

describe("the settings of Deckhouse's module", () => {
  it("stand beside those that are derived, and the schema takes them", async () => {
    const settings = {
      externalNetworkNames: ["external"],
      additionalExternalNetworkNames: ["other"],
      ignoreVolumeMicroversion: true,
      loadBalancer: { subnetID: "subnet-1", floatingNetworkID: "network-1" },
      storageClass: { exclude: ["slow"], topologyEnabled: false },
      csiDriver: { fsGroupPolicy: "File" },
      tags: { team: "infra" },
    } as const satisfies DeckhouseModuleSettings;
    const { program, errors } = await runCloud({ cloud: engine(settings) });
    expect(errors).toEqual([]);
    const { inputs } = program.get(MODULE_CONFIG);
    expect(inputs).toMatchObject({ spec: { settings: { ...settings, internalNetworkNames: ["k8s_l3vpn"] } } });
    const withPassword = JSON.parse(
      JSON.stringify(inputs, (key, value) => (key === "password" ? "x" : value)),
    ) as object;
    expect(validateObject(withPassword)).toEqual([]);
  });

  it.each([
    [DECKHOUSE.module.code, "loadBalancer", { loadBalancer: { disabled: true, subnetID: "s" } }],
    [DECKHOUSE.module.code, "csiDriver.fsGroupPolicy", { csiDriver: { fsGroupPolicy: "Always" } }],
    [DECKHOUSE.module.code, 'tags["team"]', { tags: { team: "a/b" } }],
    ["PL1008", "externalNetworkNames[0]", { externalNetworkNames: [""] }],
    ["PL1009", "connection", { connection: {} }],
  ])("are refused, %s, at %s", (code, property, settings) => {
    expect(cloudRefusals(engine(settings)).map((one) => [one.code, one.property])).toEqual([
      [code, `engine.settings.${property}`],
    ]);
  });

  it("may say that there are no load balancers", () => {
    expect(cloudRefusals(engine({ loadBalancer: { disabled: true }, tags: { team: "infra" } }))).toEqual([]);
  });
});
