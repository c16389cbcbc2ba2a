import { rangeText } from "@plinth/platform/plan";
import type { Page } from "./page.js";
import type { ReadPlatform } from "./read.js";
import { criticalPath } from "./release-order.js";
import { counted } from "./words.js";

type Plan = ReadPlatform["plan"];

/** Writes the tables of a platform; its levels are a drawing, see `sketch`. */
export function explainPlatform({ path, plan }: ReadPlatform, page: Page): void {
  page.heading(`Platform ${path}, preset ${plan.preset} on ${plan.distribution}`);
  releases(plan, page);
  network(plan, page);
  machines(plan, page);
  needs(path, plan, page);
  withoutDigest(path, plan, page);
}

function releases({ releases: all, levels, phases, flux, apiServer }: Plan, page: Page): void {
  page.section("Releases");
  page.line(
    `${counted(all.length, "release")} in ${counted(levels.length, "level")}: a release waits only for those of the levels before it`,
  );
  page.table(
    [{ title: "phase" }, { title: "releases", align: "right" }, { title: "levels" }, { title: "" }],
    Object.entries(phases).flatMap(([phase, those]) =>
      those.length === 0
        ? []
        : [[phase, `${those.length}`, between(those.map(({ level }) => level)), PHASES[phase as keyof typeof PHASES]]],
    ),
  );
  const longest = criticalPath(all);
  if (longest.length > 1) page.line(`longest way: ${longest.map(({ name }) => name).join(" -> ")}`);
  const installed = flux.mode === "installed" ? "installed first" : "there already";
  page.line(`Flux, in the namespace ${flux.namespace}, is ${installed}`);
  if (apiServer !== undefined) page.line(`pods of the host's network reach the API server at ${atPort(apiServer)}`);
}

const PHASES = {
  host: "without a pod network",
  cni: "make the pod network",
  core: "what the platform stands on",
  rest: "all else",
} as const;

function between(levels: readonly number[]): string {
  const [first, last] = [Math.min(...levels), Math.max(...levels)];
  return first === last ? `${first}` : `${first}-${last}`;
}

function atPort({ host, port }: { readonly host: string; readonly port: number }): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

function network({ network: ranges, clusterDomain }: Plan, page: Page): void {
  if (ranges === undefined) return;
  page.section("Ranges");
  const { pod, podGateway, service, dnsAddress, join, nodePod, nodes, loadBalancer } = ranges;
  const isSame = `${pod}` === `${nodePod}`;
  page.table(
    [{}, {}, {}],
    [
      ...nodes.map((cidr) => [`${cidr}`, "nodes", ""]),
      [`${pod}`, "pods", `gateway ${podGateway}`],
      [`${service}`, "Services", `DNS ${dnsAddress}, domain ${clusterDomain}`],
      ...(isSame
        ? []
        : [
            [`${join}`, "join network", "nodes with kube-ovn's routers"],
            [`${nodePod}`, "handed to Nodes", "Cilium's own addresses"],
          ]),
      ...loadBalancer.map((range) => [
        rangeText(range),
        "load balancers",
        counted(range.last.value - range.first.value + 1n, "address", "addresses"),
      ]),
    ],
  );
}

function machines({ machines: all }: Plan, page: Page): void {
  if (all.length === 0) return;
  page.section("Machines");
  page.table(
    [{}, {}, {}],
    all.map(({ name, address, role }) => [name, `${address}`, role]),
  );
}

/** What the machines must have, beside why. */
function needs(platform: string, { machine }: Plan, page: Page): void {
  const reasons = Object.entries(machine.reasons);
  if (reasons.length === 0) return;
  page.section("What every machine must have, and for which releases");
  page.table(
    [{}, {}, {}],
    reasons.map(([need, paths]) => [
      need,
      settingOf(machine, need),
      paths.map((path) => short(path, platform)).join(", "),
    ]),
  );
}

/** What a need is set to: `module drbd` to its parameters, `sysctl vm.x` to its value. */
function settingOf(machine: Plan["machine"], need: string): string {
  const at = need.indexOf(" ");
  const [sort, name] = [need.slice(0, at), need.slice(at + 1)];
  if (sort === "sysctl") return machine.sysctls[name] ?? "";
  if (sort === "module")
    return machine.kernelModules.find((module) => module.name === name)?.parameters.join(" ") ?? "";
  if (sort === "kubelet") return JSON.stringify(machine.kubelet[name]);
  return "";
}

function withoutDigest(platform: string, { withoutDigest: paths, releases: all }: Plan, page: Page): void {
  if (paths.length === 0) return;
  page.section(`Charts that only their version pins, for want of a digest: ${paths.length} of ${all.length}`);
  page.line(paths.length === all.length ? "all of them" : paths.map((path) => short(path, platform)).join(", "));
  page.note("plinth mirror resolves their digests and copies them to a registry of yours");
}

/** A release's path, short of the platform that the page is about. */
function short(path: string, platform: string): string {
  return path.startsWith(`${platform}/`) ? path.slice(platform.length + 1) : path;
}
