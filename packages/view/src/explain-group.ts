import { type NodeGroupPlan, placementOf } from "@plinth/nodes/plan";
import type { Page } from "./page.js";
import type { ReadGroup, ReadNetwork } from "./read.js";
import { counted, memoryText } from "./words.js";

/** Writes the tables of a group of nodes. @param network where its machines are; `undefined` when that is not described */
export function explainGroup(group: ReadGroup, network: ReadNetwork | undefined, page: Page): void {
  const { path, plan, cloud } = group;
  const where = network === undefined ? "" : ` in ${network.plan.names.network ?? network.path}`;
  const engine = cloud === undefined ? "" : `, ordered by ${cloud.plan.engine}`;
  page.heading(`Group ${plan.name}${where}${engine} (component ${path})`);

  const { machine } = plan;
  page.section("Machine");
  page.line(
    `${counted(machine.cores, "core")}, ${memoryText(machine.memoryMiB)} of memory, ${machine.diskGiB} GiB of disk`,
  );
  page.table(
    [{}, {}, {}],
    (["flavor", "image"] as const).map((key) => {
      const { name, id, existing } = machine[key];
      const unnamed = id === undefined ? "(named after the component)" : `(by its id ${id})`;
      return [key, name ?? unnamed, existing ? "adopted" : "made"];
    }),
  );
  const { port, additionalPorts, additionalSecurityGroups } = plan;
  if (port !== undefined) page.line(`first port: ${shapeOf(port)}`);
  for (const { network, ...rest } of additionalPorts) {
    const shape = shapeOf(rest);
    page.line(
      `further port in ${"component" in network ? network.component : listed([network])}${shape && `: ${shape}`}`,
    );
  }
  if (additionalSecurityGroups.length > 0) page.line(`also in the security groups ${listed(additionalSecurityGroups)}`);

  sizes(group, page);
  if (Object.keys(plan.labels).length > 0) {
    page.section("Labels of the nodes");
    for (const line of labelLines(plan.labels)) page.line(line);
  }
  if (plan.taints.length > 0) {
    page.section("Taints of the nodes");
    for (const { key, value, effect } of plan.taints)
      page.line(`${key}${value === undefined ? "" : `=${value}`}:${effect}`);
  }
  placement(group, page);
}

/** What a port is given, by property. */
function shapeOf(port: object): string {
  return Object.entries(port)
    .map(([key, value]) => `${key} ${Array.isArray(value) ? value.map(textOf).join(", ") : textOf(value)}`)
    .join("; ");
}

function textOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  return Object.entries(value)
    .map(([key, part]) => (["name", "id", "ipAddress"].includes(key) ? String(part) : `${key} ${part}`))
    .join(" ");
}

function listed(references: NodeGroupPlan["additionalSecurityGroups"]): string {
  return references.map(({ name, id }) => name ?? id).join(", ");
}

function sizes({ plan }: ReadGroup, page: Page): void {
  const { perZone, total, zones } = plan;
  page.section("Sizes");
  const number = { align: "right" } as const;
  const atMost = perZone.max + perZone.surge;
  page.table(
    [
      { title: "zone" },
      { title: "min", ...number },
      { title: "max", ...number },
      { title: "while replacing", ...number },
    ],
    [
      ...zones.map((zone) => [zone, `${perZone.min}`, `${perZone.max}`, `${atMost}`]),
      ["all", `${total.min}`, `${total.max}`, `${total.withSurge}`],
    ],
  );
  page.line(
    `(max ${perZone.max} + surge ${perZone.surge}) x ${counted(zones.length, "zone")} = ${counted(total.withSurge, "machine")}, for ${counted(plan.addresses, "address", "addresses")}`,
  );
}

function placement({ plan }: ReadGroup, page: Page): void {
  const { nodeSelector, tolerations } = placementOf(plan);
  page.section("To land there, a pod's spec says");
  page.line("nodeSelector:");
  for (const line of labelLines(nodeSelector)) page.line(line, 6);
  if (tolerations.length > 0) page.line("tolerations:");
  for (const toleration of tolerations) {
    Object.entries(toleration).forEach(([key, value], i) => {
      page.line(
        `${i === 0 ? "- " : "  "}${key}: ${key === "key" || key === "value" ? JSON.stringify(value) : value}`,
        6,
      );
    });
  }
}

function labelLines(labels: Readonly<Record<string, string>>): string[] {
  return Object.entries(labels).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
}
