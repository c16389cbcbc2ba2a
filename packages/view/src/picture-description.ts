import type { Band } from "./bands.js";
import type { GroupNode } from "./topology.js";
import { counted, sizeText } from "./words.js";

/** The picture in words, for those who don't see it. */
export function descriptionOf(bands: readonly Band[], loose: readonly GroupNode[]): string {
  return [...bands.map(describeBand), ...loose.map(describeGroup)].join(" ");
}

function describeBand({ network, router, gateway, access, sites, groups }: Band): string {
  const places = sites.map(({ site, ranges }) => {
    const returns = ranges.flatMap(({ back }) => (back === undefined ? [] : [`return route via ${back.via}`]));
    const owner = site.hosts === "managed" ? ["managed"] : [];
    return `${site.name} (${[...site.ranges, ...owner, ...returns].join(", ")})`;
  });
  const way = access === undefined ? "" : ` and the access network ${access.name ?? ""} ${access.cidr}`;
  return [
    `Network ${network.name}, ${network.cidr}.`,
    `The ${[router.title, router.address ?? ""].join(" ").trim()} joins it to ${places.join("; ") || "no site"}.`,
    `The gateway ${gateway.address} leads outside${way}.`,
    ...groups.map(describeGroup),
  ].join(" ");
}

function describeGroup(group: GroupNode): string {
  const size = `${sizeText(group.perZone)} in ${group.zones.length === 1 ? "the zone" : "each of the zones"} ${group.zones.join(", ")}`;
  return `Group ${group.name}: machines of ${counted(group.cores, "core")}, ${group.memory} memory, ${group.disk} disk; ${size}.`;
}
