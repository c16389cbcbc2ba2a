import { CapturedSecret, UNKNOWN } from "@plinth/bridge/testing";
import { ownedName, ownerText, PlinthError, PlinthReport } from "@plinth/core";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import type { DeckhouseCloudArgs } from "./cloud-provider-args.js";
import { metadata, PASSWORD, runCloud, sent } from "./testing/captured-cloud.js";

const USER = "openstack:identity/user:User";
const ASSIGNMENT = "openstack:identity/roleAssignment:RoleAssignment";
const KEY_PAIR = "openstack:compute/keypair:Keypair";
const MODULE_CONFIG = "kubernetes:deckhouse.io/v1alpha1:ModuleConfig";

const urn = (type: string, name: string): string =>
  `urn:pulumi:dev::hybrid::plinth:nodes:CloudProvider$${type}::${name}`;
const owner = (type: string, name: string) => ({ project: "hybrid", stack: "dev", urn: urn(type, name) });

const made = {
  user: { password: pulumi.secret(PASSWORD) },
  keyPair: { publicKey: "ssh-ed25519 AAAA" },
} satisfies Partial<DeckhouseCloudArgs>;

const moduleConfig = {
  type: MODULE_CONFIG,
  inputs: {
    apiVersion: "deckhouse.io/v1alpha1",
    kind: "ModuleConfig",
    metadata: metadata("cloud-provider-openstack"),
    spec: {
      enabled: true,
      version: 1,
      settings: {
        connection: {
          authURL: "https://keystone/v3",
          domainName: "Default",
          tenantID: "project-0",
          username: "k8s-nodes",
          password: new CapturedSecret(PASSWORD),
          region: "ru-3",
        },
        internalNetworkNames: ["k8s_l3vpn"],
        podNetworkMode: "VXLAN",
        instances: {
          sshKeyPairName: "deckhouse",
          mainNetwork: "k8s_l3vpn",
          securityGroups: ["hybrid-dev-net-security-group"],
        },
      },
    },
  },
};

const cloudsYaml = (username: string): string =>
  [
    "clouds:",
    "  plinth:",
    "    auth:",
    '      auth_url: "https://keystone/v3"',
    `      username: "${username}"`,
    `      password: "${PASSWORD}"`,
    '      user_domain_name: "Default"',
    '      project_id: "project-0"',
    '    region_name: "ru-3"',
    "    interface: public",
    "    identity_api_version: 3",
    "",
  ].join("\n");

describe("a cloud of a user and a key pair that exist", () => {
  it("is the configuration of the controllers and nothing else", async () => {
    const attempt = await runCloud({});
    expect(attempt.errors).toEqual([]);
    expect(sent(attempt, "cloud")).toEqual({ "cloud-deckhouse/module-config": moduleConfig });
    expect(attempt.program.outputs).toEqual({
      cloudsYaml: new CapturedSecret(cloudsYaml("k8s-nodes")),
      keyPairName: "deckhouse",
      projectId: "project-0",
    });
    expect(attempt.calls.map(({ token }) => token).sort()).toEqual(["getAuthScope", "getNetwork", "getSubnet"]);
  });

  it.each([
    ["the provider's region", { region: "ru-2" }, "https://keystone-2/v3", "ru-2"],
    ["the first region, where the provider has none", { region: "" }, "https://keystone-2/v3", "ru-2"],
    ["the first region, where the provider's has none of its own", { region: "ru-9" }, "https://keystone-2/v3", "ru-9"],
  ])("has the identity endpoint of %s", async (_, scope, authURL, region) => {
    const { program } = await runCloud({}, { scope });
    expect(program.get(MODULE_CONFIG).inputs).toMatchObject({
      spec: { settings: { connection: { authURL, region } } },
    });
  });

  it("is refused when the catalogue has no identity endpoint, unless it is given", async () => {
    const scope = { serviceCatalogs: [] };
    const { program, errors } = await runCloud({}, { scope });
    expect(errors).toHaveLength(1);
    const [error] = errors;
    if (!PlinthError.isInstance(error)) throw error;
    expect(error).toMatchObject({
      code: "PL4012",
      path: "cloud",
      property: "connection",
      fix: 'set connection: { authUrl: "https://...:5000/v3", region: "..." }',
    });
    expect(program.all(MODULE_CONFIG)).toEqual([]);

    const connection = { authUrl: "https://keystone/v3", region: "ru-3" };
    expect((await runCloud({ cloud: { connection } }, { scope })).errors).toEqual([]);
  });

  it("may lie elsewhere than the program's own credentials lead", async () => {
    const connection = { authUrl: "https://other/v3", region: "ru-9", caCertificate: "PEM" };
    const attempt = await runCloud({ cloud: { connection, zones: ["ru-3a"] } });
    const { spec } = moduleConfig.inputs;
    expect(sent(attempt, "cloud")["cloud-deckhouse/module-config"]?.inputs).toEqual({
      ...moduleConfig.inputs,
      spec: {
        ...spec,
        settings: {
          ...spec.settings,
          zones: ["ru-3a"],
          connection: { ...spec.settings.connection, authURL: "https://other/v3", region: "ru-9", caCert: "PEM" },
        },
      },
    });
  });
});

describe("a cloud of a user and a key pair that are made", () => {
  it("is the user with its role, the key pair of that user, and the configuration", async () => {
    const attempt = await runCloud({ cloud: made });
    expect(attempt.errors).toEqual([]);
    const keyPairName = ownedName(owner(KEY_PAIR, "cloud-key-pair"), "cloud-key-pair");
    const { spec } = moduleConfig.inputs;
    expect(sent(attempt, "cloud")).toEqual({
      "cloud-user": {
        type: USER,
        inputs: {
          name: "hybrid-dev-cloud-user",
          description: ownerText(owner(USER, "cloud-user")),
          password: new CapturedSecret(PASSWORD),
          defaultProjectId: "project-0",
          domainId: "default",
        },
      },
      "cloud-user-role": {
        type: ASSIGNMENT,
        inputs: { userId: "cloud-user-id", projectId: "project-0", roleId: "id of member" },
      },
      "cloud-key-pair": {
        type: KEY_PAIR,
        inputs: { name: keyPairName, publicKey: "ssh-ed25519 AAAA", userId: "cloud-user-id" },
      },
      "cloud-deckhouse/module-config": {
        type: MODULE_CONFIG,
        inputs: {
          ...moduleConfig.inputs,
          spec: {
            ...spec,
            settings: {
              ...spec.settings,
              connection: { ...spec.settings.connection, username: "hybrid-dev-cloud-user" },
              instances: { ...spec.settings.instances, sshKeyPairName: keyPairName },
            },
          },
        },
      },
    });
    expect(attempt.program.outputs.cloudsYaml).toEqual(new CapturedSecret(cloudsYaml("hybrid-dev-cloud-user")));
  });

  it("is made in an order in which it works at once", async () => {
    const { program } = await runCloud({ cloud: made });
    expect(program.get(ASSIGNMENT).dependsOn).toEqual([urn(USER, "cloud-user")]);
    expect(program.get(KEY_PAIR).dependsOn).toEqual([urn(USER, "cloud-user")]);
    expect(program.get(MODULE_CONFIG).dependsOn).toEqual(
      expect.arrayContaining([
        urn(ASSIGNMENT, "cloud-user-role"),
        urn(KEY_PAIR, "cloud-key-pair"),
        program.get("openstack:networking/subnetRoute:SubnetRoute").urn,
      ]),
    );
  });

  it("has user and key pair deleted before they are replaced: their names are unique", async () => {
    const { program } = await runCloud({ cloud: made });
    const first = program.resources.filter(({ options }) => options.deleteBeforeReplace).map(({ type }) => type);
    expect(first.sort()).toEqual([KEY_PAIR, USER]);
    expect(program.get(USER).options.additionalSecretOutputs).toContain("password");
  });

  it("takes names and the role as they are given", async () => {
    const user = { name: "orderer", role: "admin", password: pulumi.secret(PASSWORD) };
    const { program, calls } = await runCloud({ cloud: { user, keyPair: { name: "k", publicKey: "ssh-rsa A" } } });
    expect(program.get(USER).inputs.name).toBe("orderer");
    expect(program.get(KEY_PAIR).inputs.name).toBe("k");
    expect(calls).toContainEqual({ token: "getRole", args: { name: "admin" } });
  });

  it("gives a member's key pair to the member itself", async () => {
    const { program } = await runCloud({ cloud: { keyPair: { publicKey: "ssh-rsa A" } } });
    expect(Object.keys(program.get(KEY_PAIR).inputs)).toEqual(["name", "publicKey"]);
  });

  it("is refused when the member is another user than machines are ordered as", async () => {
    const cloud = { keyPair: { name: "deckhouse", publicKey: "ssh-rsa A" } };
    const { program, errors } = await runCloud({ cloud }, { scope: { userName: "demo" } });
    expect(errors).toHaveLength(1);
    const [error] = errors;
    if (!PlinthError.isInstance(error)) throw error;
    expect(error).toMatchObject({ code: "PL4013", path: "cloud", property: "keyPair", value: "deckhouse" });
    expect(error.summary).toBe("The key pair would belong to demo, and machines are ordered as k8s-nodes");
    expect(program.all(KEY_PAIR)).toEqual([]);
    expect(program.all(MODULE_CONFIG)).toEqual([]);
  });
});

describe("the password", () => {
  it("is secret wherever it stands, also when it was not given as one", async () => {
    const user = { password: pulumi.output(PASSWORD) };
    const { program } = await runCloud({ cloud: { ...made, user } });
    expect(program.get(USER).inputs.password).toEqual(new CapturedSecret(PASSWORD));
    expect(program.outputs.cloudsYaml).toBeInstanceOf(CapturedSecret);
    const open = program.resources.map(({ inputs }) => withoutSecrets(inputs));
    expect(JSON.stringify(open)).not.toContain(PASSWORD);
    expect(JSON.stringify(open)).toContain("k8s_l3vpn");
  });

  it("is secret in a preview too, where names are not known yet", async () => {
    const { program, errors } = await runCloud({ cloud: made }, { preview: true });
    expect(errors).toEqual([]);
    expect(program.get(KEY_PAIR).inputs.userId).toBe(UNKNOWN);
    expect(program.get(MODULE_CONFIG).inputs).toMatchObject({
      spec: { settings: { connection: { password: new CapturedSecret(PASSWORD) } } },
    });
  });

  it("in plain text is refused, and not repeated", async () => {
    const user = { password: PASSWORD as unknown as pulumi.Output<string> };
    const { program, errors } = await runCloud({ cloud: { user } });
    const [report] = errors as PlinthReport[];
    expect(errors).toHaveLength(1);
    expect(report?.errors.map(({ code, path, property, value }) => ({ code, path, property, value }))).toEqual([
      { code: "PL1010", path: "cloud", property: "user.password", value: undefined },
    ]);
    expect(report?.errors[0]?.fix).toBe(
      "take it from the stack's configuration, config.requireSecret(...), or wrap it in pulumi.secret(...)",
    );
    expect(String(report)).not.toContain(PASSWORD);
    expect(program.resources).toHaveLength(1);
  });

  /** A copy in which each secret is its type only. */
  function withoutSecrets(value: unknown): unknown {
    if (value instanceof CapturedSecret) return "secret";
    if (Array.isArray(value)) return value.map(withoutSecrets);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, withoutSecrets(field)]));
  }
});

describe("an edit", () => {
  it("changes resources' arguments and objects", async () => {
    const attempt = await runCloud({
      cloud: {
        ...made,
        edit: ({ type, value }) => {
          if (type === USER) return { ...value, enabled: false };
          if (type === MODULE_CONFIG)
            return { ...value, metadata: { ...(value.metadata as object), labels: { a: "b" } } };
          return undefined;
        },
      },
    });
    expect(attempt.program.get(USER).inputs).toMatchObject({ name: "hybrid-dev-cloud-user", enabled: false });
    expect(attempt.program.get(MODULE_CONFIG).inputs.metadata).toEqual({
      ...metadata("cloud-provider-openstack"),
      labels: { a: "b" },
    });
  });
});

describe("names that OpenStack does not take", () => {
  it("are refused", async () => {
    const { errors } = await runCloud({
      cloud: { user: { ...made.user, name: "u".repeat(256) }, keyPair: { existing: true, name: "ключ" } },
    });
    const [report] = errors as PlinthReport[];
    expect(PlinthReport.isInstance(report) && report.errors.map(({ code, property }) => `${code} ${property}`)).toEqual(
      ["PL1008 user.name", "PL1008 keyPair.name"],
    );
    const keyPair = { existing: true, name: "me@example.com key_1-2" } as const;
    expect((await runCloud({ cloud: { keyPair } })).errors).toEqual([]);
  });
});

describe("properties that are not known", () => {
  it("are refused, at any depth", async () => {
    const misspelt = {
      user: { ...made.user, rol: "admin" },
      keyPair: { ...made.keyPair, key: "ssh-rsa A" },
      connection: { url: "https://keystone/v3" },
      zone: "ru-3a",
    };
    const { errors } = await runCloud({ cloud: misspelt as Partial<DeckhouseCloudArgs> });
    const [report] = errors as PlinthReport[];
    expect(PlinthReport.isInstance(report) && report.errors.map(({ code, property }) => `${code} ${property}`)).toEqual(
      ["PL1009 zone", "PL1009 user.rol", "PL1009 keyPair.key", "PL1009 connection.url"],
    );
  });
});
