import { stripVTControlCharacters } from "node:util";
import fc from "fast-check";
import { expect, it, describe as suite } from "vitest";
import { explain } from "./explain.js";
import { NARROW_WIDTH, PAGE_WIDTH } from "./page.js";
import { arbitraryProgram } from "./testing/arbitraries.js";
import { describe, HYBRID_GROUP, HYBRID_NETWORK, hybridCase } from "./testing/hybrid-case.js";
import { columns } from "./text.js";

suite("explain", () => {
  it("tells the hybrid case", () => {
    expect(explain(hybridCase())).toMatchInlineSnapshot(`
      "Network k8s_l3vpn, 192.168.200.0/24 (component k8s)

        Addresses
          192.168.200.1                    gateway
          192.168.200.2 - 192.168.200.251  pool of 250
          192.168.200.252                  L3VPN router
          192.168.200.253                  service address
          192.168.200.254                  service address
          250 for VMs; 1 group of at most 11 machines, 239 stay free

        Routes of the VMs
          to                via              leads to
          default           192.168.200.1    outside, by the gateway
          10.13.1.0/24      192.168.200.252  site racks
          192.168.204.0/24  192.168.200.252  site racks-2
          192.168.205.0/24  192.168.200.252  site postgres

        Return routes: without them the answers of a site's hosts don't find the VMs
          for netplan, below "routes:" of the interface; as a command, until the next reboot
          racks, hosts in 10.13.1.0/24
            - to: 192.168.200.0/24
              via: 10.13.1.1
            ip route add 192.168.200.0/24 via 10.13.1.1
          racks-2, hosts in 192.168.204.0/24
            - to: 192.168.200.0/24
              via: 192.168.204.1
            ip route add 192.168.200.0/24 via 192.168.204.1
          postgres, 192.168.205.0/24: managed, no host of ours needs one

        Largest packets (MTU), in bytes
          network 1500 - VXLAN 50 = pods 1450 (cloud k8s-cloud)

        Packets that the security group lets through
          in from  192.168.200.0/24                vxlan udp/8472, kubelet tcp/10250, icmp
          in from  10.13.1.0/24      site racks    vxlan udp/8472, kubelet tcp/10250, icmp
          in from  192.168.204.0/24  site racks-2  vxlan udp/8472, kubelet tcp/10250, icmp
          out to   everything                      Neutron's own rules

        In OpenStack
          network         k8s_l3vpn                              made
          subnet          192.168.200.0/24                       made
          routes          3 routes                               made
          router          (named after the component)            made
          access network  k8s-external-access, 192.168.201.0/24  made
            its gateway   192.168.201.1                          the router's address there
          security group  (named after the component)            made
          L3VPN router    192.168.200.252                        not ours: the provider runs it

      Group cloud-worker in k8s_l3vpn, ordered by deckhouse (component cloud-worker)

        Machine
          4 cores, 8 GiB of memory, 50 GiB of disk
          flavor  c4m8d50                   made
          image   ubuntu-22-04-cloud-amd64  adopted

        Sizes
          zone   min  max  while replacing
          ru-3a    1   10               11
          all      1   10               11
          (max 10 + surge 1) x 1 zone = 11 machines, for 250 addresses

        Labels of the nodes
          node-role/cloud-worker: ""

        Taints of the nodes
          dedicated=cloud-worker:NoExecute

        To land there, a pod's spec says
          nodeSelector:
            node-role/cloud-worker: ""
          tolerations:
            - key: "dedicated"
              operator: Equal
              value: "cloud-worker"
              effect: NoExecute
      "
    `);
  });

  it.each([PAGE_WIDTH, NARROW_WIDTH])("keeps to %i columns and leaves nothing out", (width) => {
    fc.assert(
      fc.property(arbitraryProgram({ networks: 3, sites: 20, groups: 10 }), ({ described, sites, groups }) => {
        const text = explain(described, { width });
        const lines = text.split("\n");
        expect(lines.filter((line) => columns(line) > width || /\p{Cc}| $/u.test(line))).toEqual([]);
        const wanted = sites.flatMap(({ name, cidrs }) => cidrs.map((cidr) => `${name},.*${cidr}`));
        const joined = text.replace(/\n */g, "");
        expect(wanted.filter((pattern) => !new RegExp(pattern).test(joined))).toEqual([]);
        expect(groups.filter((name) => !text.includes(`Group ${name}`))).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  it("is the same text with and without colours", () => {
    const coloured = explain(hybridCase(), { color: true });
    expect(coloured).toContain("\u001b[1mNetwork k8s_l3vpn, 192.168.200.0/24 (component k8s)\u001b[0m\n");
    expect(stripVTControlCharacters(coloured)).toBe(explain(hybridCase()));
  });

  it("says what is given by its id, and what machines have beside the network", () => {
    const { machine, ...rest } = HYBRID_GROUP;
    const burst = {
      ...rest,
      machine: { ...machine, flavor: { existing: true, id: "f-1" } },
      additionalPorts: [{ network: { name: "storage" } }],
      additionalSecurityGroups: [{ name: "monitored" }, { name: "backup" }],
    } as const;
    const text = explain(describe("k8s", HYBRID_NETWORK, { burst }));
    expect(text).toContain("    flavor  (by its id f-1)           adopted\n");
    expect(text).toContain("    further port in storage\n    also in the security groups monitored, backup\n");
  });

  it("counts the addresses for all groups of a network together", () => {
    const size = { min: 0, max: 199 };
    const group = { ...HYBRID_GROUP, size };
    const described = describe("k8s", HYBRID_NETWORK, { one: group, two: group });
    expect(explain(described)).toContain("250 for VMs; 2 groups of at most 400 machines, 150 are missing\n");
  });

  it("says which site limits the packets", () => {
    const sites = HYBRID_NETWORK.sites.map((site) => (site.name === "racks" ? { ...site, mtu: 1400 } : site));
    const text = explain(describe("k8s", { ...HYBRID_NETWORK, sites }, {}));
    expect(text).toContain("    network 1400 - VXLAN 50 = pods 1350 (cloud k8s-cloud)\n");
    expect(text).toContain("    no more than 1400 passes to racks\n");
  });

  it("says what is adopted and what is not ours", () => {
    const { router: _, ...rest } = HYBRID_NETWORK;
    const text = explain(describe("k8s", { ...rest, network: { name: "k8s_l3vpn", existing: true } }, {}));
    expect(text.slice(text.indexOf("  In OpenStack"))).toMatchInlineSnapshot(`
      "  In OpenStack
          network         k8s_l3vpn                    adopted, never changed
          subnet          192.168.200.0/24             adopted, never changed
          routes          3 routes                     made
          gateway         192.168.200.1                not ours: whoever runs the network has it
          security group  (named after the component)  made
          L3VPN router    192.168.200.252              not ours: the provider runs it
      "
    `);
  });

  it("breaks a command that is too wide where a shell goes on reading", () => {
    const sites = [{ name: "far", cidrs: ["2001:db8:1111:2222:3333:4444:5555:6666/128"] as const }];
    const cidr = "2001:db8:aaaa:bbbb:cccc:dddd:eeee:ff00/120";
    const text = explain(describe("six", { cidr, nextHop: "2001:db8:aaaa:bbbb:cccc:dddd:eeee:ff02", sites }, {}));
    expect(text).toContain(
      "      ip route add 2001:db8:aaaa:bbbb:cccc:dddd:eeee:ff00/120 \\\n        via 2001:db8:1111:2222:3333:4444:5555:6666\n",
    );
  });

  it("tells of groups whose network is not described, and names what it has no table for", () => {
    const [, , group] = hybridCase();
    const text = explain([...(group === undefined ? [] : [group]), { kind: "Another", path: "base", plan: {} }]);
    expect(text).toMatch(/^Group cloud-worker \(component cloud-worker\)\n/);
    expect(text).toMatch(/\nDescribed without a table\n {4}Another {2}base\n$/);
    expect(explain([])).toBe("No network, group of nodes or platform is described.\n");
  });
});
