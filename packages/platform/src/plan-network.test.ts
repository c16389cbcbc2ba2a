import { AddressPlan, Check, type Cidr, Program } from "@plinth/core";
import { planNetwork } from "@plinth/network/plan";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cidrsOf, planPlatform, rangeText } from "./plan.js";
import { distro } from "./presets.js";
import type { JsonObject } from "./release.js";
import { OWN, plan } from "./testing/planned.js";

/** The values of a release. */
function valuesOf(name: string, given: Parameters<typeof plan>[0] = {}): JsonObject {
  return plan(given).plan?.releases.find((release) => release.name === name)?.values ?? {};
}

describe("the network of a platform", () => {
  it("has ranges by default, the DNS at the tenth address of the Services", () => {
    const network = plan().plan?.network;
    const texts = Object.entries(network ?? {}).map(([key, value]) => [
      key,
      Array.isArray(value) ? value.map((one) => ("prefix" in one ? String(one) : rangeText(one))) : String(value),
    ]);
    expect(Object.fromEntries(texts)).toEqual({
      pod: "10.244.0.0/16",
      podGateway: "10.244.0.1",
      service: "10.96.0.0/16",
      dnsAddress: "10.96.0.10",
      join: "100.64.0.0/16",
      nodePod: "10.245.0.0/16",
      nodes: ["192.168.100.0/24"],
      loadBalancer: ["192.168.100.200-192.168.100.250"],
    });
  });

  it("is handed to kube-ovn, with every machine of the control plane", () => {
    expect(valuesOf("kubeovn")).toMatchObject({
      "kube-ovn": {
        ipv4: {
          POD_CIDR: "10.244.0.0/16",
          POD_GATEWAY: "10.244.0.1",
          SVC_CIDR: "10.96.0.0/16",
          JOIN_CIDR: "100.64.0.0/16",
        },
        networking: { NET_STACK: "ipv4" },
        MASTER_NODES: "192.168.100.11,192.168.100.12,192.168.100.13",
      },
    });
  });

  it("is handed to kube-ovn as IPv6 where it is", () => {
    const network = {
      ...OWN.network,
      pod: "fd00:10::/64",
      service: "fd00:96::/112",
      join: "fd00:64::/64",
      nodePod: "fd00:11::/64",
    } as const;
    expect(valuesOf("kubeovn", { network })).toMatchObject({
      "kube-ovn": { ipv6: { POD_CIDR: "fd00:10::/64", POD_GATEWAY: "fd00:10::1" }, networking: { NET_STACK: "ipv6" } },
    });
  });

  it("has Cilium chained behind kube-ovn, by KubePrism on Talos", () => {
    expect(valuesOf("cilium").cilium).toMatchObject({
      k8sServiceHost: "localhost",
      k8sServicePort: 7445,
      cgroup: { autoMount: { enabled: false } },
      cni: { chainingMode: "generic-veth", chainingTarget: "kube-ovn" },
      enableIPv4Masquerade: false,
      gatewayAPI: { enabled: true },
    });
    expect(valuesOf("cilium").cilium).not.toHaveProperty("podAnnotations");
  });

  it("has Cilium by itself where there is no kube-ovn, with addresses that Kubernetes hands to Nodes", () => {
    const given = {
      preset: distro,
      distribution: "generic",
      apiServer: { host: "192.168.100.10", port: 6443 },
    } as const;
    const values = valuesOf("cilium", given).cilium;
    expect(values).toMatchObject({
      k8sServiceHost: "192.168.100.10",
      k8sServicePort: 6443,
      cgroup: { autoMount: { enabled: true } },
      routingMode: "native",
      autoDirectNodeRoutes: true,
      ipv4NativeRoutingCIDR: "10.244.0.0/16",
    });
    expect(values).toHaveProperty(
      ["podAnnotations", "container.apparmor.security.beta.kubernetes.io/cilium-agent"],
      "unconfined",
    );
    expect(values).not.toHaveProperty("cni");
    const network = plan(given).plan?.network;
    expect(String(network?.nodePod)).toBe(String(network?.pod));
  });

  it("has Cilium's own tunnel where nodes are in several subnets", () => {
    const network = { nodes: ["192.168.100.0/24", "192.168.101.0/24"] } as const;
    expect(valuesOf("cilium", { preset: distro, network }).cilium).not.toHaveProperty("routingMode");
  });

  it("says what is given and not used", () => {
    const { warnings } = plan({ preset: distro, network: { ...OWN.network, join: "100.65.0.0/16" } });
    expect(warnings).toEqual([
      "platform: network.join is not used: there is no kube-ovn in the platform, pods have addresses of network.pod",
    ]);
  });

  it("tells LINSTOR whether it is on Talos", () => {
    expect(valuesOf("linstor")).toMatchObject({ talos: { enabled: true } });
    expect(valuesOf("linstor", { distribution: "generic", apiServer: { host: "10.0.0.1", port: 6443 } })).toMatchObject(
      {
        talos: { enabled: false },
      },
    );
  });
});

describe("the ranges of a program", () => {
  /** A platform and an L3VPN network in one program. @returns the codes and messages of what is refused */
  function together(nodes: (typeof OWN)["network"]["nodes"], site: string): string[] {
    const program = new Program();
    const network = new Check("net");
    const planned = planNetwork(
      {
        cidr: "192.168.200.0/24",
        nextHop: "192.168.200.252",
        sites: [{ name: "racks", cidrs: [site as "10.13.1.0/24"] }],
      },
      network,
    );
    program.claim(planned?.claims ?? []);
    const check = new Check("platform");
    const machines = [{ name: "node1", address: "10.13.1.11", role: "control-plane" }] as const;
    const platform = planPlatform({ distribution: "talos", network: { nodes }, machines }, check);
    program.take(check);
    program.claim(platform?.claims ?? []);
    return program.refusals.map(({ code, property }) => `${code} ${property}`);
  }

  it("share the subnet of a site that is named", () => {
    expect(together([{ cidr: "10.13.1.0/24", site: "racks" }], "10.13.1.0/24")).toEqual([]);
    expect(together(["10.13.1.0/24"], "10.13.1.0/24")).toEqual(["PL1005 network.nodes[0]"]);
  });

  it("meet those of other constructs", () => {
    expect(together(["10.13.1.0/24"], "10.244.3.0/24")).toEqual(["PL1005 network.pod"]);
  });

  it("can be blocks of an address plan", () => {
    const program = new Program();
    expect(program.addressPlan).toBeInstanceOf(AddressPlan);
    program.pool({ name: "clusters", cidrs: [cidr("10.64.0.0", 12)] });
    const block = (name: string): `${string}/${number}` =>
      String(program.allocate({ owner: "platform", name, pool: "clusters", prefix: 16 })) as `${string}/${number}`;
    const network = {
      ...OWN.network,
      pod: block("pods"),
      service: block("services"),
      join: block("join"),
      nodePod: block("node pods"),
    };
    const check = new Check("platform");
    const planned = planPlatform({ ...OWN, network }, check);
    program.claim(planned?.claims ?? []);
    expect([...check.refusals, ...program.refusals]).toEqual([]);
    expect(String(planned?.plan.network?.service)).toBe("10.65.0.0/16");
  });
});

it("a run of addresses is made of the fewest CIDRs, none outside, none twice", () => {
  const address = fc.integer({ min: 0, max: 2 ** 16 });
  fc.assert(
    fc.property(address, address, (a, b) => {
      const base = cidr("10.0.0.0", 8).first;
      const [first, last] = [base.plus(Math.min(a, b)), base.plus(Math.max(a, b))];
      const cidrs = cidrsOf({ first, last });
      expect(cidrs[0]?.first.value).toBe(first.value);
      expect(cidrs.at(-1)?.last.value).toBe(last.value);
      cidrs.slice(1).forEach((one, i) => {
        expect(one.first.value).toBe((cidrs[i]?.last.value ?? 0n) + 1n);
      });
      // no two neighbours are halves of one
      cidrs.slice(1).forEach((one, i) => {
        const before = cidrs[i];
        const joins = before?.prefix === one.prefix && (before.first.value / before.size) % 2n === 0n;
        expect(joins).toBe(false);
      });
    }),
  );
});

function cidr(text: string, prefix: number): Cidr {
  const read = new Check("test").cidr("cidr", `${text}/${prefix}`);
  if (read === undefined) throw new Error(`${text}/${prefix} is not a CIDR`);
  return read;
}
