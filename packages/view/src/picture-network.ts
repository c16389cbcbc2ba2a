import { type Block, framed, lines, PADDING, stack } from "./card.js";
import { TEXT } from "./measure.js";
import { groupCard } from "./picture-group.js";
import { element, escapeXml, rect } from "./svg.js";
import type { GroupNode, NetworkNode } from "./topology.js";
import { addressesText, mtuSum } from "./words.js";

const STRIP_HEIGHT = 10;
/** A single address would be too thin to be seen. */
const MIN_MARK = 2.5;
const GAP = 12;
/** Class of a taken address by its use; all others look alike. */
const TAKEN: Readonly<Record<string, string>> = { gateway: "taken-gateway", "L3VPN router": "taken-router" };

/** The network with its address strip, its numbers and the groups that are in it. */
export function networkCard(network: NetworkNode, groups: readonly GroupNode[], width: number): Block {
  const inner = width - 2 * PADDING;
  const head = lines(
    [
      { text: network.name, style: TEXT.heading, tag: network.adopted ? "adopted" : "made" },
      { text: network.cidr, style: TEXT.address },
    ],
    inner,
  );
  const sums = network.podMtus.map((pods) => mtuSum(network.mtu, pods));
  const facts = lines(
    [
      `${addressesText(network.addresses)} for VMs, at most ${network.machines} taken`,
      ...(sums.length === 0 ? [`MTU: network ${network.mtu}`] : [...new Set(sums)].map((sum) => `MTU: ${sum}`)),
      ...network.innerRoutes.map(({ destination, via }) => `route: ${destination} via ${via}`),
    ].map((line) => ({ text: line, style: TEXT.plain, tone: "muted" }) as const),
    inner,
  );
  const cards = groups.map((group) => groupCard(group, inner));
  const content = stack([head, strip(network, inner), facts, ...cards], GAP);
  const height = content.height + 2 * PADDING;
  const look = { node: network.id, title: `Network ${network.name}: ${network.cidr}`, className: "cloud" } as const;
  return {
    height,
    draw: (x, y) => [framed({ x, y, width, height }, look, content.draw(x + PADDING, y + PADDING))],
  };
}

/** The range from its first address to its last: which are for VMs, which are taken. */
function strip({ strip: { pools, taken } }: NetworkNode, width: number): Block {
  return {
    height: STRIP_HEIGHT,
    draw: (x, y) => {
      const box = (from: number, size: number) => ({
        x: x + Math.min(from * width, width - Math.max(size, MIN_MARK)),
        y,
        width: Math.max(size, MIN_MARK),
        height: STRIP_HEIGHT,
      });
      return [
        rect(box(0, width), "track", 3),
        ...pools.map(({ from, to }) => rect(box(from, (to - from) * width), "pool", 1.5)),
        ...taken.map(({ at, address, use }) =>
          element("g", {}, [
            element("title", {}, escapeXml(`${address}: ${use}`)),
            rect(box(at, MIN_MARK), TAKEN[use] ?? "taken", 0.5),
          ]),
        ),
      ];
    },
  };
}
