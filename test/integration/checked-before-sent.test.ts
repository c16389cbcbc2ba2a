import * as openstack from "@pulumi/openstack";
import * as pulumi from "@pulumi/pulumi";
import { LocalWorkspace } from "@pulumi/pulumi/automation/index.js";
import { L3VPNNetwork } from "plinth";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hybridStack, withoutRouter } from "../support/hybrid.js";
import { added, type Inventory, inventory } from "../support/inventory.js";
import type { Stack } from "../support/stack.js";
import { logIn, type TestLab, testLab } from "../support/test-lab.js";

/** What stands in the state beside the stack itself. */
function others(urns: readonly string[]): string[] {
  return urns.filter((urn) => !urn.includes("::pulumi:pulumi:Stack::") && !urn.includes("::pulumi:providers:"));
}

let lab: TestLab;
let before: Inventory;

beforeAll(async () => {
  lab = await testLab();
  before = await inventory(await logIn(lab));
});

describe("a program of three constructs of which two are refused", () => {
  let stack: Stack;

  beforeAll(async () => {
    stack = await hybridStack(lab, "refused");
    await stack.project.edit('serviceCidr: "10.222.0.0/16"', 'serviceCidr: "192.168.200.0/25"');
    await stack.project.edit("{ min: 1, max: 10 }", "{ min: 11, max: 10 }");
  });

  afterAll(async () => {
    await stack.remove();
    await stack.project.remove();
  });

  it.each([
    ["pulumi up", ["up", "--yes"]],
    ["pulumi up --skip-preview", ["up", "--yes", "--skip-preview"]],
    ["pulumi preview", ["preview"]],
  ])("is reported once and whole by %s, and nothing is sent", async (_, args) => {
    const { code, text } = await stack.run(args, { asText: true });
    expect(code).not.toBe(0);
    const report = text.slice(text.indexOf("Diagnostics:"));
    expect(report.split("Plinth refused this program: 2 things are wrong. Nothing of Plinth's was sent.")).toHaveLength(
      2,
    );
    expect(report).toContain("PL1005  192.168.200.0/25 (Services) overlaps 192.168.200.0/24");
    expect(report).toContain("PL4002  min 11 is above max 10");
    expect(report).not.toMatch(/^\s+at .*\.js/m);
    expect(others(await stack.urns())).toEqual([]);
    expect(added(before, await inventory(await logIn(lab)))).toEqual({});
  });
});

describe("a program that throws half way", () => {
  it("sends nothing of ours", async () => {
    const stack = await hybridStack(lab, "thrown");
    await stack.project.edit(
      "const workers =",
      'if (zones.length === 1) throw new Error("half way");\nconst workers =',
    );
    const { code, text } = await stack.up({ asText: true });
    expect(code).not.toBe(0);
    expect(text).toContain("Error: half way");
    expect(others(await stack.urns())).toEqual([]);
    expect(added(before, await inventory(await logIn(lab)))).toEqual({});
    await stack.remove();
    await stack.project.remove();
  });
});

describe("a program that waits for a value of ours", () => {
  const WAIT = `await new Promise((resolve) => network.networkId.apply(resolve));\n`;

  it("goes on when the value is there; what it makes later is checked by itself", async () => {
    const stack = await hybridStack(lab, "waits");
    await withoutRouter(stack);
    await stack.project.edit("const cloud =", `${WAIT}const cloud =`);
    await stack.project.edit("{ min: 1, max: 10 }", "{ min: 11, max: 10 }");
    const { code, text } = await stack.up({ asText: true });
    expect(code).not.toBe(0);
    expect(text).toContain(
      "What the program made before it waited for a value was sent, nothing of Plinth's after that.",
    );
    expect(text).toContain("PL4002");
    const urns = others(await stack.urns());
    expect(urns.some((urn) => urn.endsWith("::k8s-subnet"))).toBe(true);
    expect(urns.filter((urn) => urn.includes("HybridNodeGroup"))).toEqual([]);
    await stack.remove();
    await stack.project.remove();
  });

  it("is told, in a preview, that the value is not known", async () => {
    const stack = await hybridStack(lab, "never");
    await stack.project.edit("const cloud =", `${WAIT}const cloud =`);
    const { code, text } = await stack.run(["preview"], { asText: true });
    expect(code).not.toBe(0);
    expect(text).toContain("PL2101  The program waits for a value that never comes");
    await stack.remove();
    await stack.project.remove();
  });
});

describe("an inline program of the Automation API", () => {
  const workspace = (): { envVars: Record<string, string> } => ({ envVars: { ...lab.env } });

  beforeAll(() => {
    // the API looks the engine up where this process does
    process.env.PATH = lab.env.PATH ?? process.env.PATH;
  });

  const network = (name: string, nextHop: string): L3VPNNetwork =>
    new L3VPNNetwork(name, {
      cidr: "10.50.0.0/24",
      nextHop,
      sites: [{ name: "racks", cidrs: ["10.60.0.0/24"] }],
    });

  async function run(stackName: string, program: () => Promise<unknown>): Promise<{ error: string; urns: string[] }> {
    const stack = await LocalWorkspace.createOrSelectStack(
      { stackName, projectName: "inline", program: async () => void (await program()) },
      workspace(),
    );
    const error = await stack.up().then(
      () => "",
      (reason: Error) => reason.message,
    );
    const { deployment } = await stack.exportStack();
    const urns = ((deployment as { resources?: { urn: string }[] }).resources ?? []).map(({ urn }) => urn);
    await stack.destroy();
    await stack.workspace.removeStack(stackName);
    return { error, urns: others(urns) };
  }

  it("is refused as a whole, whatever else it waits for", async () => {
    const { error, urns } = await run("refused", async () => {
      network("good", "10.50.0.2");
      await new Promise((resolve) => setTimeout(resolve, 300));
      network("outside", "10.51.0.2");
      network("overlapping", "10.50.0.3");
    });
    expect(error).toContain("PL3001  The next hop 10.51.0.2 is not a host address of 10.50.0.0/24");
    expect(error).toContain("PL1005  10.50.0.0/24 (subnet for VMs) overlaps 10.50.0.0/24");
    expect(urns).toEqual([]);
    expect(added(before, await inventory(await logIn(lab)))).toEqual({});
  });

  it("may make resources of the user's own even when it is refused: those are not held", async () => {
    const { urns } = await run("own", async () => {
      new pulumi.ComponentResource("user:index:Own", "own", {}, {});
      network("outside", "10.51.0.2");
      // a value that never comes must not keep the program from ending
      new openstack.networking.Subnet("takes-ours", {
        networkId: network("other", "10.52.0.1").networkId,
        cidr: "10.9.0.0/24",
      });
    });
    expect(urns.filter((urn) => urn.includes("plinth:"))).toEqual([]);
    expect(urns.filter((urn) => !urn.endsWith("::own"))).toEqual([]);
  });

  it("goes on when it has waited for a value of ours", async () => {
    let id = "";
    const { error, urns } = await run("waits", async () => {
      const first = network("first", "10.50.0.2");
      id = await new Promise<string>((resolve) => first.networkId.apply(resolve));
    });
    expect(error).toBe("");
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(urns.some((urn) => urn.endsWith("::first-subnet"))).toBe(true);
  });

  it("does not see another that runs beside it with equal ranges, which in one program are refused", async () => {
    const preview = async (stackName: string, networks: readonly string[]): Promise<number | undefined> => {
      const program = async (): Promise<void> => networks.forEach((name) => void network(name, "10.50.0.2"));
      const project = { stackName, projectName: "twins", program };
      const stack = await LocalWorkspace.createOrSelectStack(project, workspace());
      try {
        return (await stack.preview()).changeSummary.create;
      } finally {
        await stack.workspace.removeStack(stackName);
      }
    };
    const alone = await preview("alone", ["alone"]);
    expect(alone).toBeGreaterThan(1);
    expect(await Promise.all(["left", "right"].map((name) => preview(name, [name])))).toEqual([alone, alone]);
    await expect(preview("both", ["left", "right"])).rejects.toThrow("PL1005  10.50.0.0/24 (subnet for VMs) overlaps");
  });
});
