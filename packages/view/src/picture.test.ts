import fc from "fast-check";
import { expect, it, describe as suite } from "vitest";
import { TEXT, type TextStyle, textWidth } from "./measure.js";
import { picture } from "./picture.js";
import { arbitraryProgram } from "./testing/arbitraries.js";
import { describe, HYBRID_GROUP, HYBRID_NETWORK, hybridCase } from "./testing/hybrid-case.js";
import { descendants, parseXml, type XmlElement } from "./testing/xml.js";

const STYLES: readonly TextStyle[] = Object.values(TEXT);

interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A box of the picture with what is directly in it. */
interface DrawnBox {
  readonly node: string;
  readonly area: Area;
  readonly texts: readonly { readonly content: string; readonly area: Area }[];
  readonly inside: readonly DrawnBox[];
}

function rectArea({ attributes: { x, y, width, height } }: XmlElement): Area {
  return { left: Number(x), top: Number(y), right: Number(x) + Number(width), bottom: Number(y) + Number(height) };
}

function textArea({ attributes, text }: XmlElement): Area {
  const classes = (attributes.class ?? "").split(" ");
  const style = STYLES.find(({ className }) => classes.includes(className));
  if (style === undefined) throw new Error(`no style: ${attributes.class}`);
  const width = textWidth(text, style);
  const anchor = { start: 0, middle: 0.5, end: 1 }[attributes["text-anchor"] ?? "start"] ?? 0;
  const left = Number(attributes.x) - width * anchor;
  const baseline = Number(attributes.y);
  return { left, right: left + width, top: baseline - style.size * 0.8, bottom: baseline + style.size * 0.25 };
}

/** The boxes below an element; texts and boxes that are in an inner box belong to that. */
function boxesIn(element: XmlElement): DrawnBox[] {
  return element.children.flatMap((child) => {
    const node = child.attributes["data-node"];
    const frame = child.children.find(({ name }) => name === "rect");
    if (node === undefined || frame === undefined) return boxesIn(child);
    const texts = child.children.filter(({ name }) => name === "text");
    return [{ node, area: rectArea(frame), texts: texts.map(drawnText), inside: boxesIn(child) }];
  });
}

function drawnText(element: XmlElement): DrawnBox["texts"][number] {
  return { content: element.text, area: textArea(element) };
}

function overlaps(one: Area, other: Area): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

function contains(outer: Area, inner: Area): boolean {
  return (
    outer.left <= inner.left && outer.top <= inner.top && outer.right >= inner.right && outer.bottom >= inner.bottom
  );
}

function pairsOf<T>(list: readonly T[]): [T, T][] {
  return list.flatMap((one, i) => list.slice(i + 1).map((other): [T, T] => [one, other]));
}

function faultsOf(boxes: readonly DrawnBox[]): string[] {
  const crossing = pairsOf(boxes).filter(([one, other]) => overlaps(one.area, other.area));
  return [
    ...crossing.map(([one, other]) => `${one.node} overlaps ${other.node}`),
    ...boxes.flatMap((box) => [
      ...box.texts
        .filter(({ area }) => !contains(box.area, area))
        .map(({ content }) => `${content} leaves ${box.node}`),
      ...pairsOf(box.texts)
        .filter(([one, other]) => overlaps(one.area, other.area))
        .map(([one, other]) => `${one.content} covers ${other.content}`),
      ...box.inside.filter(({ area }) => !contains(box.area, area)).map(({ node }) => `${node} leaves ${box.node}`),
      ...faultsOf(box.inside),
    ]),
  ];
}

function flat(boxes: readonly DrawnBox[]): DrawnBox[] {
  return boxes.flatMap((box) => [box, ...flat(box.inside)]);
}

suite("picture", () => {
  it("keeps boxes apart, texts in their boxes and labels free, and shows everything", () => {
    fc.assert(
      fc.property(arbitraryProgram({ networks: 3, sites: 20, groups: 10 }), ({ described, sites, groups }) => {
        const root = parseXml(picture(described, { title: "A <title> & more" }));
        const boxes = boxesIn(root);
        expect(faultsOf(boxes)).toEqual([]);

        const page = { left: 0, top: 0, right: Number(root.attributes.width), bottom: Number(root.attributes.height) };
        const labels = root.children.filter(({ name }) => name === "text").map(drawnText);
        const bad = labels.filter(({ area }) => !contains(page, area) || boxes.some((box) => overlaps(area, box.area)));
        expect(bad).toEqual([]);
        expect(pairsOf(labels).filter(([one, other]) => overlaps(one.area, other.area))).toEqual([]);

        const written = flat(boxes).map(({ texts }) => texts.map(({ content }) => content).join(""));
        const shown = (text: string) => written.some((one) => one.includes(text));
        const wanted = [...sites.flatMap(({ name, cidrs }) => [name, ...cidrs]), ...groups];
        expect(wanted.filter((text) => !shown(text))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it("puts the routes of both directions on the lines", () => {
    const root = parseXml(picture(hybridCase(), { title: "Hybrid" }));
    const labels = root.children.filter(
      ({ name, attributes }) => name === "text" && attributes.class?.startsWith("route"),
    );
    expect(labels.map(({ text, attributes }) => `${attributes.class}: ${text}`)).toEqual([
      "route out: 0.0.0.0/0 via 192.168.200.1",
      "route forward: via 192.168.200.252",
      "route back: 192.168.200.0/24 via 10.13.1.1",
      "route forward: via 192.168.200.252",
      "route back: 192.168.200.0/24 via 192.168.204.1",
      "route forward: via 192.168.200.252",
    ]);
  });

  it("draws a dashed border around what others run", () => {
    const root = parseXml(picture(hybridCase(), { title: "Hybrid" }));
    const frames = descendants(root).flatMap(({ attributes, children }) => {
      const frame = children.find(({ name }) => name === "rect");
      return attributes["data-node"] === undefined ? [] : [[attributes["data-node"], frame?.attributes.class]];
    });
    expect(Object.fromEntries(frames)).toEqual({
      "gateway:k8s": "card",
      "outside:k8s": "foreign dashed",
      "access-network:k8s": "card",
      "site:k8s:racks": "card",
      "site:k8s:racks-2": "card",
      "site:k8s:postgres": "foreign dashed",
      "l3vpn-router:k8s": "foreign dashed",
      "network:k8s": "cloud",
      "group:cloud-worker": "card",
    });
  });

  it("has a mark for each machine, or a bar where they are too many", () => {
    const marks = (max: number) => {
      const size = { min: 1, max };
      const root = parseXml(
        picture(describe("k8s", HYBRID_NETWORK, { one: { ...HYBRID_GROUP, size } }), { title: "" }),
      );
      const [group] = descendants(root).filter(({ attributes }) => attributes["data-node"] === "group:one");
      return group?.children
        .filter(({ name }) => name === "rect")
        .slice(1)
        .map(({ attributes }) => attributes.class);
    };
    expect(marks(3)).toEqual(["always", "needed", "needed", "needed dashed-dot"]);
    expect(marks(100)).toEqual(["needed dashed-dot", "needed", "always"]);
  });

  it("escapes what comes from the program", () => {
    const name = `<script>"&'\u0000\u001b]]></style>`;
    const svg = picture(describe("k8s", { ...HYBRID_NETWORK, network: { name } }, {}), { title: name });
    const root = parseXml(svg);
    expect(descendants(root).map((element) => element.name)).not.toContain("script");
    expect(root.children[0]?.text).toBe(`<script>"&'\ufffd\ufffd]]></style>`);
  });

  it("is one file for both colour schemes, named and described", () => {
    const svg = picture(hybridCase(), { title: "Hybrid" });
    const root = parseXml(svg);
    expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', "")).not.toMatch(/https?:|@import|@font-face|<image|href/);
    expect(svg).toContain("@media (prefers-color-scheme:dark)");
    expect(root.attributes).toMatchObject({
      role: "img",
      "aria-labelledby": "plinth-picture-hybrid-title plinth-picture-hybrid-desc",
    });
    expect(root.children.slice(0, 2).map(({ attributes, text }) => [attributes.id, text])).toEqual([
      ["plinth-picture-hybrid-title", "Hybrid"],
      [
        "plinth-picture-hybrid-desc",
        "Network k8s_l3vpn, 192.168.200.0/24. The L3VPN router 192.168.200.252 joins it to racks (10.13.1.0/24, return route via 10.13.1.1); racks-2 (192.168.204.0/24, return route via 192.168.204.1); postgres (192.168.205.0/24, managed). The gateway 192.168.200.1 leads outside and the access network k8s-external-access 192.168.201.0/24. Group cloud-worker: machines of 4 cores, 8 GiB memory, 50 GiB disk; 1-10 in the zone ru-3a.",
      ],
    ]);
  });

  it("draws groups whose network is not described, and says when there is nothing", () => {
    const loose = hybridCase().filter(({ kind }) => kind === "HybridNodeGroup");
    expect(boxesIn(parseXml(picture(loose, { title: "Loose" }))).map(({ node }) => node)).toEqual([
      "group:cloud-worker",
    ]);
    expect(picture([], { title: "Empty" })).toContain("No network, group of nodes or platform is described.");
  });

  it("is the picture of the documentation", async () => {
    const svg = picture(hybridCase(), { title: "A hybrid cluster" });
    await expect(svg).toMatchFileSnapshot("../../../docs/hybrid.svg");
  });
});
