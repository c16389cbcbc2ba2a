import { Check } from "@plinth/core";
import { AddressesChart, type AddressesProps, planAddresses } from "@plinth/platform/chart";
import { type TalosVersion, talosDocuments, talosVersion } from "@plinth/platform/machine";
import { planUpgrade, recordOfPlan } from "@plinth/platform/upgrade";
import { App } from "cdk8s";
import { platform } from "plinth";
import { describe, expect, it } from "vitest";
import { OWN, presetOf, type Rendered, render } from "./program.js";

const { full } = platform;
const FULL = { preset: full } as const;

const network = (change: Partial<platform.NetworkRanges>) => ({ network: { ...OWN.network, ...change } });

/** What kube-ovn's chart is told. */
const kubeOvn = ({ release }: Rendered) =>
  (release("kubeovn").values as { "kube-ovn": { ipv4: object; MASTER_NODES: string } })["kube-ovn"];

/** Values of the machines' documents with that key, at whatever depth. */
function inDocuments(key: string, { plan }: Rendered, version: string): readonly unknown[] {
  const talos = talosVersion(version, "talos", new Check("platform")) as TalosVersion;
  const settings = { talos, kubernetes: "1.35.2", network: plan.network as platform.PlatformNetwork };
  const found: unknown[] = [];
  JSON.stringify(talosDocuments(plan.machine, settings, "control-plane"), (name, value: unknown) => {
    if (name === key) found.push(value);
    return value;
  });
  return found;
}

describe("the ranges of a platform", () => {
  it("cozystack/cozystack#4161: are the user's to choose, and refused where another cluster of the program has them", () => {
    const tenant = (cidr: string) => {
      const claim = { cidr: new Check("").cidr("", cidr), owner: "tenant", property: "pods", use: "pods of a tenant" };
      return [claim] as Parameters<typeof render>[2];
    };
    expect(render(FULL, {}, tenant("10.96.4.0/22")).refusals.map(([code]) => code)).toEqual(["PL1005"]);
    expect(render(FULL, {}, tenant("10.244.128.0/17")).refusals.map(([code]) => code)).toEqual(["PL1005"]);
    const other = network({ pod: "10.30.0.0/16", service: "10.31.0.0/16" });
    expect(render({ ...FULL, ...other }, {}, tenant("10.244.128.0/17")).refusals).toEqual([]);
    expect(kubeOvn(render({ ...FULL, ...other })).ipv4).toMatchObject({
      POD_CIDR: "10.30.0.0/16",
      POD_GATEWAY: "10.30.0.1",
      SVC_CIDR: "10.31.0.0/16",
    });
  });

  it("cozystack/cozystack#3740: pods of kube-ovn and Cilium's own addresses are in two, that may not meet", () => {
    const rendered = presetOf("full");
    expect(kubeOvn(rendered).ipv4).toMatchObject({ POD_CIDR: "10.244.0.0/16" });
    for (const version of ["v1.6.4", "v1.13.9", "v1.14.0"]) {
      expect(inDocuments("podSubnets", rendered, version)).toEqual([["10.245.0.0/16"]]);
    }
    const same = render({ ...FULL, ...network({ nodePod: "10.244.0.0/16" }) });
    expect(same.refusals).toEqual([["PL1005", "platform", "network.nodePod"]]);
  });

  it("cozystack/cozystack#283: have the pods' gateway inside, and room", () => {
    for (const podGateway of ["10.245.0.1", "10.244.0.0", "10.244.255.255"]) {
      expect(render({ ...FULL, ...network({ podGateway }) }).refusals).toEqual([
        ["PL5010", "platform", "network.podGateway"],
      ]);
    }
    expect(render({ ...FULL, ...network({ join: "100.64.0.0/28" }) }).refusals).toEqual([
      ["PL5014", "platform", "network.join"],
    ]);
  });

  it("cozystack/cozystack#283: ranges that are edited later are refused: nothing applies them to what runs", () => {
    const before = recordOfPlan(render(FULL).plan);
    const refused = (change: Partial<platform.NetworkRanges>, acknowledged: readonly string[] = []) => {
      const check = new Check("platform");
      planUpgrade(before, recordOfPlan(render({ ...FULL, ...network(change) }).plan), acknowledged, check);
      return check.refusals.map(({ code, value }) => [code, value]);
    };
    const others = {
      pod: "10.0.0.0/16",
      service: "10.97.0.0/16",
      join: "100.65.0.0/16",
      nodePod: "10.9.0.0/16",
    } as const;
    for (const [name, range] of Object.entries(others)) {
      const change = { [name]: range, ...(name === "pod" ? { podGateway: "10.0.0.1" } : {}) };
      expect(refused(change)).toContainEqual(["PL5043", `network.${name}`]);
    }
    expect(refused({ service: others.service }, ["network.service"])).toEqual([]);
    expect(refused({})).toEqual([]);
  });

  it("cozystack/cozystack#2242: kube-ovn's databases run on every machine of the control plane, of which there is an odd number", () => {
    expect(kubeOvn(presetOf("full")).MASTER_NODES).toBe("192.168.100.11,192.168.100.12,192.168.100.13");
    const two = render({ ...FULL, machines: OWN.machines.slice(0, 2) });
    expect(two.refusals).toEqual([["PL5012", "platform", "machines"]]);
  });

  it("cozystack/cozystack#2804: addresses are announced by BGP to peers that are there, and to no others", () => {
    const peer = { name: "tor", address: "192.168.100.1", peerAsn: 64512, myAsn: 64513 } as const;
    const pool = (peers: readonly string[]): AddressesProps => ({
      namespace: "cozy-metallb",
      pools: [{ name: "public", announce: { type: "bgp", peers } }],
      peers: [peer],
    });
    const { network: planned } = presetOf("full").plan;
    const plan = (props: AddressesProps) => {
      const check = new Check("platform");
      const result = planAddresses(props, planned as platform.PlatformNetwork, check);
      return { result, codes: check.refusals.map(({ code }) => code) };
    };
    expect(plan(pool([])).codes).toEqual(["PL5068"]);
    expect(plan(pool(["rack"])).codes).toEqual(["PL5068"]);
    const { result, codes } = plan(pool(["tor"]));
    expect(codes).toEqual([]);
    const objects = new AddressesChart(new App(), "addresses", { plan: result }).toJson();
    expect(Object.fromEntries(objects.map(({ kind, spec }) => [kind, spec]))).toEqual({
      BGPPeer: { myASN: 64513, peerASN: 64512, peerAddress: "192.168.100.1" },
      IPAddressPool: { addresses: ["192.168.100.200-192.168.100.250"], autoAssign: true, avoidBuggyIPs: false },
      BGPAdvertisement: { ipAddressPools: ["public"], peers: ["tor"] },
    });
  });
});
