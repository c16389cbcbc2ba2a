import { attemptProgram, type CaptureAttempt, UNKNOWN } from "@plinth/bridge/testing";
import { PlinthError } from "@plinth/core";
import { describe, expect, it } from "vitest";
import { L3VPNNetwork, type L3VPNNetworkArgs } from "./component.js";
import { EXISTING_SUBNET } from "./testing/captured-network.js";
import { NETWORK_PROPS, type NetworkChange } from "./testing/refused.js";

const NETWORK = "openstack:networking/network:Network";
const ADOPTED = { network: { existing: true, name: "k8s_l3vpn" } } as const;

/** Runs a program with a network of which Neutron says that it carries so much, whether it is made or adopted. */
function run(change: NetworkChange, found: unknown, preview = false): Promise<CaptureAttempt> {
  const program = (): object => {
    const { mtu, podMtu } = new L3VPNNetwork("net", { ...NETWORK_PROPS, ...change } as L3VPNNetworkArgs);
    return { mtu, podMtu };
  };
  return attemptProgram(program, {
    preview,
    outputs: ({ type }) => (type === NETWORK ? { mtu: found } : {}),
    call: ({ token, args }) => {
      if (token.includes("getSubnetIds")) return { ...args, ids: [] };
      return token.includes("getSubnet") ? EXISTING_SUBNET : { id: "network-0", ...args, mtu: found };
    },
  });
}

const warnings = ({ program }: CaptureAttempt): string[] => program.messages.map(({ message }) => message);

describe.each([
  ["made", {}],
  ["adopted", ADOPTED],
] as const)("the MTU of a network that is %s", (_, network) => {
  it("is what was planned with, where Neutron agrees or says nothing", async () => {
    for (const found of [1500, undefined, 0]) {
      const attempt = await run(network, found);
      expect([attempt.errors, warnings(attempt)]).toEqual([[], []]);
      expect(attempt.program.outputs).toEqual({ mtu: 1500, podMtu: 1450 });
    }
  });

  it("is Neutron's where nobody has given one, and the plan's sum is told to be another", async () => {
    const attempt = await run(network, 1450);
    expect(attempt.errors).toEqual([]);
    expect(attempt.program.outputs).toEqual({ mtu: 1450, podMtu: 1400 });
    expect(warnings(attempt)).toEqual([
      "net: Neutron's network carries packets of 1450 bytes, not 1500, and pods 1400: set mtu: 1450, so that it is planned with",
    ]);
  });

  it("is not Neutron's where the way to a site carries less", async () => {
    const sites = [{ name: "racks", cidrs: ["10.13.1.0/24"], mtu: 1400 }] as const;
    const attempt = await run({ ...network, sites }, 8950);
    expect(attempt.program.outputs).toEqual({ mtu: 1400, podMtu: 1350 });
    expect(warnings(attempt)).toEqual([
      expect.stringContaining("net: Neutron's network carries packets of 8950 bytes, the way to the sites 1400"),
    ]);
  });

  it.each([
    ["the network's own", { mtu: 1500 }, "PL3015", "mtu", "set mtu: 1450"],
    ["the pods'", { podNetwork: { mtu: 1450 } }, "PL3018", "podNetwork.mtu", "leave it out for 1400, or use less"],
  ])("is refused where it is less than what is given as %s", async (_what, given, code, property, fix) => {
    const { errors, program } = await run({ ...network, ...given }, 1450);
    const refusals = errors.filter(PlinthError.isInstance);
    expect(refusals).toMatchObject([{ code, path: "net", property, fix }]);
    expect(program.all("openstack:networking/subnet:Subnet")).toEqual([]);
    expect(program.all("openstack:networking/subnetRoute:SubnetRoute")).toEqual([]);
  });
});

describe("the MTU of a network that is about to be made", () => {
  it("is not known in a preview, and nothing is said", async () => {
    const attempt = await run({}, UNKNOWN, true);
    expect([attempt.errors, warnings(attempt)]).toEqual([[], []]);
    expect(attempt.program.outputs).toEqual({ mtu: UNKNOWN, podMtu: UNKNOWN });
  });

  it("is given to Neutron where the program has one", async () => {
    const { program } = await run({ mtu: 1450 }, 1450);
    expect(program.get(NETWORK).inputs).toMatchObject({ mtu: 1450 });
    expect(program.outputs).toEqual({ mtu: 1450, podMtu: 1400 });
  });
});
