import fc from "fast-check";
import { expect, it, describe as suite } from "vitest";
import { sketch } from "./sketch.js";
import { arbitraryProgram } from "./testing/arbitraries.js";
import { describe, HYBRID_GROUP, HYBRID_NETWORK, hybridCase } from "./testing/hybrid-case.js";
import { columns } from "./text.js";

/** What stands in some columns of a drawing, without lines and spaces. */
function textIn(drawing: string, from: number, to?: number): string {
  const rows = drawing.split("\n").map((line) => line.slice(from, to));
  return rows.join("").replace(/[ │╎┌┐└┘─╌├┤┬┴┼◄►]/g, "");
}

suite("sketch", () => {
  it("draws the hybrid case", () => {
    expect(sketch(hybridCase())).toMatchInlineSnapshot(`
      "k8s_l3vpn                       ┌─────────────────────────┐     ┌─────────────────┐    ┌───────────┐
      3 sites, 1 group of nodes       │ k8s-external-access     ├─────┤ cloud router    ├───►┤ outside   │
                                      │ 192.168.201.0/24        │     └────────┬────────┘    └───────────┘
                                      └─────────────────────────┘              │  default route
                                                                               │  by 192.168.200.1
      ┌──────────────────────────────┐        ┌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┐     ┌────────┴─────────────────────────┐
      │ racks                        │        ╎                 ╎     │ k8s_l3vpn                        │
      │ 10.13.1.0/24                 ├◄──────►┤                 ╎     │ 192.168.200.0/24                 │
      │   back via 10.13.1.1         │        ╎                 ╎     │ 250 addresses, 11 taken at most  │
      └──────────────────────────────┘        ╎                 ╎     │ MTU 1500, pods 1450              │
      ┌──────────────────────────────┐        ╎ L3VPN router    ╎     │ ┌──────────────────────────────┐ │
      │ racks-2                      │        ╎ 192.168.200.252 ├─────┤ │ cloud-worker                 │ │
      │ 192.168.204.0/24             ├◄──────►┤                 ╎     │ │ 4 cores, 8 GiB, 50 GiB       │ │
      │   back via 192.168.204.1     │        ╎                 ╎     │ │ ru-3a: 1-10 ■□□□□□□□□□       │ │
      └──────────────────────────────┘        ╎                 ╎     │ │ taint dedicated=cloud-       │ │
      ┌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┐        ╎                 ╎     │ │ worker:NoExecute             │ │
      ╎ postgres (managed)           ╎        ╎                 ╎     │ └──────────────────────────────┘ │
      ╎ 192.168.205.0/24             ├◄───────┤                 ╎     └──────────────────────────────────┘
      └╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┘        └╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┘

      ◄ route of the VMs   ► return route of the site's hosts   ■ machine, always   □ when needed
      dashed (╌ ╎) run by someone else
      "
    `);
  });

  it("draws the hybrid case in a terminal of 80 columns", () => {
    expect(sketch(hybridCase(), { width: 80 })).toMatchInlineSnapshot(`
      "k8s_l3vpn                  ┌─────────────────────┐   ┌────────────┐  ┌─────────┐
      3 sites, 1 group of nodes  │ k8s-external-access ├───┤ cloud      ├─►┤ outside │
                                 │ 192.168.201.0/24    │   │ router     │  └─────────┘
                                 └─────────────────────┘   └──────┬─────┘
                                                                  │  default route
                                                                  │  by 192.168.200.1
      ┌──────────────────────────┐   ┌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┐   ┌──────┴──────────────────┐
      │ racks                    │   ╎                 ╎   │ k8s_l3vpn               │
      │ 10.13.1.0/24             ├◄─►┤                 ╎   │ 192.168.200.0/24        │
      │   back via 10.13.1.1     │   ╎                 ╎   │ 250 addresses, 11 taken │
      └──────────────────────────┘   ╎                 ╎   │ at most                 │
      ┌──────────────────────────┐   ╎                 ╎   │ MTU 1500, pods 1450     │
      │ racks-2                  │   ╎ L3VPN router    ╎   │ ┌─────────────────────┐ │
      │ 192.168.204.0/24         ├◄─►┤ 192.168.200.252 ├───┤ │ cloud-worker        │ │
      │   back via 192.168.204.1 │   ╎                 ╎   │ │ 4 cores, 8 GiB, 50  │ │
      └──────────────────────────┘   ╎                 ╎   │ │ GiB                 │ │
      ┌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┐   ╎                 ╎   │ │ ru-3a: 1-10         │ │
      ╎ postgres (managed)       ╎   ╎                 ╎   │ │ taint dedicated=    │ │
      ╎ 192.168.205.0/24         ├◄──┤                 ╎   │ │ cloud-worker:       │ │
      └╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┘   └╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┘   │ │ NoExecute           │ │
                                                           │ └─────────────────────┘ │
                                                           └─────────────────────────┘

      ◄ route of the VMs   ► return route of the site's hosts
      ■ machine, always   □ when needed
      dashed (╌ ╎) run by someone else
      "
    `);
  });

  it("draws with ASCII only", () => {
    const drawing = sketch(hybridCase(), { ascii: true });
    expect(drawing).toMatch(/^[ -~\n]+$/);
    expect(drawing.split("\n").slice(5, 10).join("\n")).toMatchInlineSnapshot(`
      "+------------------------------+        +.................+     +--------+-------------------------+
      | racks                        |        :                 :     | k8s_l3vpn                        |
      | 10.13.1.0/24                 +<------>+                 :     | 192.168.200.0/24                 |
      |   back via 10.13.1.1         |        :                 :     | 250 addresses, 11 taken at most  |
      +------------------------------+        :                 :     | MTU 1500, pods 1450              |"
    `);
  });

  it.each([
    { width: 100, sites: 31, network: 64 },
    { width: 80, sites: 27, network: 53 },
  ])("keeps to $width columns, covers nothing and leaves nothing out", ({ width, ...at }) => {
    fc.assert(
      fc.property(arbitraryProgram({ networks: 3, sites: 8, groups: 4 }), ({ described, sites, groups }) => {
        const drawing = sketch(described, { width });
        expect(drawing.split("\n").filter((line) => columns(line) > width || /\p{Cc}| $/u.test(line))).toEqual([]);
        const left = textIn(drawing, 0, at.sites);
        const missing = sites.flatMap(({ name, cidrs }) => [name, ...cidrs]).filter((text) => !left.includes(text));
        expect(missing).toEqual([]);
        const right = textIn(drawing, at.network);
        expect(groups.filter((name) => !right.includes(name))).toEqual([]);
        const corners = (corner: string) => drawing.split(corner).length - 1;
        expect(corners("┌")).toBe(corners("┘"));
      }),
      { numRuns: 40 },
    );
  });

  it("shows by its heads which way routes lead", () => {
    const rows = sketch(hybridCase()).split("\n");
    const laneOf = (range: string) => rows.find((row) => row.includes(range))?.slice(31, 41);
    expect(laneOf("10.13.1.0/24")).toBe("├◄──────►┤");
    expect(laneOf("192.168.205.0/24")).toBe("├◄───────┤");
  });

  it("leaves the marks of machines out where they are too many for the line", () => {
    const draw = (max: number) =>
      sketch(describe("k8s", HYBRID_NETWORK, { one: { ...HYBRID_GROUP, size: { min: 2, max } } }));
    expect(draw(3)).toContain("│ ru-3a: 2-3 ■■□               │");
    expect(draw(16)).toContain("│ ru-3a: 2-16 ■■□□□□□□□□□□□□□□ │");
    expect(draw(17)).toContain("│ ru-3a: 2-17                  │");
  });

  it("draws a gateway of someone else's dashed, and routes by other addresses in the network", () => {
    const { router: _, ...rest } = HYBRID_NETWORK;
    const routes = [
      { destination: "10.9.0.0/16", nextHop: "192.168.200.7" },
      { destination: "10.8.0.0/16", nextHop: "192.168.200.252" },
    ] as const;
    expect(sketch(describe("k8s", { ...rest, routes }, {}))).toMatchInlineSnapshot(`
      "k8s_l3vpn                                                       ┌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┐    ┌───────────┐
      3 sites, 0 groups of nodes                                      ╎ gateway         ├───►┤ outside   │
                                                                      ╎ (not ours)      ╎    └───────────┘
                                                                      └╌╌╌╌╌╌╌╌┬╌╌╌╌╌╌╌╌┘
                                                                               │  default route
                                                                               │  by 192.168.200.1
      ┌──────────────────────────────┐        ┌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┐     ┌────────┴─────────────────────────┐
      │ racks                        │        ╎                 ╎     │ k8s_l3vpn                        │
      │ 10.13.1.0/24                 ├◄──────►┤ L3VPN router    ╎     │ 192.168.200.0/24                 │
      │   back via 10.13.1.1         │        ╎ 192.168.200.252 ├─────┤ 249 addresses, 0 taken at most   │
      └──────────────────────────────┘        ╎                 ╎     │ MTU 1500, pods 1450              │
      ┌──────────────────────────────┐        ╎                 ╎     │ 10.9.0.0/16 via 192.168.200.7    │
      │ racks-2                      │        ╎                 ╎     └──────────────────────────────────┘
      │ 192.168.204.0/24             ├◄──────►┤                 ╎
      │   back via 192.168.204.1     │        ╎                 ╎
      └──────────────────────────────┘        ╎                 ╎
      ┌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┐        ╎                 ╎
      ╎ postgres (managed)           ╎        ╎                 ╎
      ╎ 192.168.205.0/24             ├◄───────┤                 ╎
      └╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┘        ╎                 ╎
      ┌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┐        ╎                 ╎
      ╎ further routes               ╎        ╎                 ╎
      ╎ 10.8.0.0/16                  ├◄───────┤                 ╎
      └╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┘        └╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┘

      ◄ route of the VMs   ► return route of the site's hosts   ■ machine, always   □ when needed
      dashed (╌ ╎) run by someone else
      "
    `);
  });

  it("draws groups whose network is not described, and says when there is nothing", () => {
    const loose = sketch(hybridCase().filter(({ kind }) => kind === "HybridNodeGroup"));
    expect(loose).toMatch(/^Groups whose network is not described:\n┌─+┐\n│ cloud-worker +│\n/);
    expect(sketch([])).toBe("No network, group of nodes or platform is described.\n");
  });
});
