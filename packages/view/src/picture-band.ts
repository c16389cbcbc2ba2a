import type { Band } from "./bands.js";
import { type Block, type CardLine, card, framed, lines, PADDING, stack } from "./card.js";
import { lineHeight, TEXT, textWidth, wrapText } from "./measure.js";
import { networkCard } from "./picture-network.js";
import { type SiteColumns, siteBlock } from "./picture-site.js";
import { path, text } from "./svg.js";
import { counted } from "./words.js";

const SITE_GAP = 14;
const NETWORK_WIDTH = 392;
/** Between router and network. */
const JOINT = 44;
const GATEWAY_WIDTH = 190;
const OUTSIDE_WIDTH = 116;
const ACCESS_WIDTH = 240;
/** Between what is made here, and what is beside it. */
const WAY_GAP = 48;
/** Where the gateway's line to the network runs, from the gateway's left edge. */
const DROP = 40;

/** Columns of a picture, the same in all bands. */
export interface BandColumns extends SiteColumns {
  readonly routerWidth: number;
}

export function bandWidth(columns: BandColumns): number {
  return columns.siteWidth + columns.laneWidth + columns.routerWidth + JOINT + NETWORK_WIDTH;
}

/** Width of the router that the addresses of all bands need. */
export function routerWidth(bands: readonly Band[]): number {
  const widest = Math.max(0, ...bands.map(({ router }) => textWidth(router.address ?? "", TEXT.address)));
  return Math.ceil(Math.min(Math.max(widest, 110), 190)) + 1 + 2 * PADDING;
}

/** One network with its sites, its router and its way out. @param title stands above its sites */
export function bandBlock(band: Band, title: CardLine, columns: BandColumns): Block {
  const networkX = columns.siteWidth + columns.laneWidth + columns.routerWidth + JOINT;
  const way = wayOut(band, networkX);
  const head = heading(band, title, networkX - (band.access === undefined ? 0 : WAY_GAP + ACCESS_WIDTH) - 24);
  const sites = stack(
    band.sites.map(({ site, ranges }) => siteBlock(site, ranges, columns)),
    SITE_GAP,
  );
  const network = networkCard(band.network, band.groups, NETWORK_WIDTH);
  const label = routerLabel(band, columns);
  const middle = Math.max(way.height, head.height + 18);
  const routerHeight = Math.max(sites.height, label.height + 2 * PADDING);
  const routerX = columns.siteWidth + columns.laneWidth;
  return {
    height: middle + Math.max(routerHeight, network.height),
    draw: (x, y) => {
      const top = y + middle;
      const joint = top + Math.min(routerHeight, network.height) / 2;
      const router = { x: x + routerX, y: top, width: columns.routerWidth, height: routerHeight };
      const look = {
        node: band.router.id,
        title: [band.router.title, band.router.address ?? ""].join(" ").trim(),
        className: "foreign",
      } as const;
      const end = x + networkX + DROP;
      return [
        ...head.draw(x, y),
        ...way.draw(x, y),
        path(
          [
            [end, top],
            [end, y + way.gatewayHeight + 2],
          ],
          "out",
          "plinth-head-out",
        ),
        ...sites.draw(x, top),
        framed(router, look, label.draw(x + routerX, joint - label.height / 2)),
        path(
          [
            [x + networkX - JOINT, joint],
            [x + networkX, joint],
          ],
          "forward",
        ),
        ...network.draw(x + networkX, top),
      ];
    },
  };
}

function heading({ network, sites, groups }: Band, title: CardLine, width: number): Block {
  const owned = sites.filter(({ site }) => site.hosts !== "unknown").length;
  const counts = `${counted(owned, "site")}, ${counted(groups.length, "group")}, at most ${counted(network.machines, "machine")}`;
  return lines([title, { text: counts, style: TEXT.plain, tone: "muted" }], width);
}

function routerLabel({ router }: Band, { routerWidth: width }: BandColumns): Block {
  const inner = width - 2 * PADDING;
  const title = wrapText(router.title, TEXT.name, width - 6);
  const address = router.address === undefined ? [] : wrapText(router.address, TEXT.address, inner);
  const step = lineHeight(TEXT.address);
  const rows = title.length + address.length;
  return {
    height: step * (rows + 1),
    draw: (x, y) => [
      ...title.map((part, i) => text(x + width / 2, y + step * (i + 1) - 6, part, TEXT.name, { anchor: "middle" })),
      ...address.map((part, i) =>
        text(x + width / 2, y + step * (title.length + i + 1) - 4, part, TEXT.address, { anchor: "middle" }),
      ),
      text(x + width / 2, y + step * (rows + 1) - 4, "the provider's", TEXT.plain, {
        anchor: "middle",
        tone: "muted",
      }),
    ],
  };
}

/** Gateway, outside and access network, in a row above the network. */
function wayOut(band: Band, networkX: number): Block & { readonly gatewayHeight: number } {
  const { gateway, access } = band;
  const gatewayCard = card(
    lines(
      [
        { text: gateway.made ? "Cloud router" : "Gateway", style: TEXT.name },
        {
          text: gateway.made ? (gateway.name ?? "the VMs' gateway") : "the provider's",
          style: TEXT.plain,
          tone: "muted",
        },
      ],
      GATEWAY_WIDTH - 2 * PADDING,
    ),
    GATEWAY_WIDTH,
    { node: gateway.id, title: `Gateway ${gateway.address}`, className: gateway.made ? "card" : "foreign" },
  );
  const outsideCard = card(lines([{ text: "Outside", style: TEXT.name }], OUTSIDE_WIDTH - 2 * PADDING), OUTSIDE_WIDTH, {
    node: gateway.id.replace(/^gateway/, "outside"),
    title: "Outside",
    className: "foreign",
  });
  const accessCard =
    access === undefined
      ? undefined
      : card(
          lines(
            [
              { text: access.name ?? "access network", style: TEXT.name },
              { text: access.cidr, style: TEXT.address },
            ],
            ACCESS_WIDTH - 2 * PADDING,
          ),
          ACCESS_WIDTH,
          { node: access.id, title: `Access network ${access.cidr}`, className: "card" },
        );
  const label = `${band.network.cidr.includes(":") ? "::/0" : "0.0.0.0/0"} via ${gateway.address}`;
  const labelLines = wrapText(label, TEXT.route, NETWORK_WIDTH - DROP - 20);
  const step = lineHeight(TEXT.route);
  const height = Math.max(gatewayCard.height + labelLines.length * step + 26, (accessCard?.height ?? 0) + 18);
  return {
    height,
    gatewayHeight: gatewayCard.height,
    draw: (x, y) => {
      const left = x + networkX;
      const accessX = left - WAY_GAP - ACCESS_WIDTH;
      const outsideX = left + NETWORK_WIDTH - OUTSIDE_WIDTH;
      const line = y + outsideCard.height / 2;
      return [
        ...gatewayCard.draw(left, y),
        ...outsideCard.draw(outsideX, y),
        path(
          [
            [left + GATEWAY_WIDTH, line],
            [outsideX - 2, line],
          ],
          "out",
          "plinth-head-out",
        ),
        ...labelLines.map((part, i) =>
          text(left + DROP + 14, y + gatewayCard.height + 24 + i * step, part, TEXT.route, { tone: "out" }),
        ),
        ...(accessCard === undefined
          ? []
          : [
              ...accessCard.draw(accessX, y),
              path(
                [
                  [accessX + ACCESS_WIDTH, line],
                  [left, line],
                ],
                "out",
              ),
            ]),
      ];
    },
  };
}
