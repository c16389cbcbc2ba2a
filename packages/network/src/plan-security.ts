import { type Address, type Check, Cidr, type IpVersion } from "@plinth/core";
import type { PlannedPodNetwork } from "./plan-pods.js";
import type { PlannedSite } from "./plan-sites.js";
import type { SecurityGroup } from "./props-security.js";

/** A rule of a security group. */
export interface PlannedSecurityRule {
  /** Seen from the VMs. */
  readonly direction: "ingress" | "egress";
  /** That of the subnet. */
  readonly ipVersion: IpVersion;
  /** As Neutron names it; `any` for all. */
  readonly protocol: "tcp" | "udp" | "icmp" | "ipv6-icmp" | "esp" | "any";
  /** First and last port; `undefined` for all, or where there are none. */
  readonly ports: readonly [first: number, last: number] | undefined;
  /** With whom. */
  readonly remote: Cidr;
  /** What for, for example `vxlan`: with direction and remote it is the rule's name. */
  readonly use: string;
  /** Name of the site, or `undefined` for the subnet itself and addresses outside the sites. */
  readonly site: string | undefined;
}

/** The security group of the VMs. */
export interface PlannedSecurityGroup {
  /** Name in OpenStack as given; `undefined` where it is derived or only an id is known. */
  readonly name: string | undefined;
  /** Whether it exists: then it is not changed, and must have the rules. */
  readonly adopted: boolean;
  /** Whether VMs may reach everything by Neutron's own rules, or only what the rules say. */
  readonly egress: "all" | "listed";
  /** What nodes need of each other and of the sites. */
  readonly rules: readonly PlannedSecurityRule[];
}

/** Neutron's default quota of security group rules for a project; two are its own. */
const RULE_QUOTA = 100;

/** What nodes need of each other, in one direction. */
type Service = Pick<PlannedSecurityRule, "protocol" | "ports" | "use">;

/** Computes the rules that nodes of a cluster need to talk across the sites. */
export function planSecurityGroup(
  given: SecurityGroup<unknown> | undefined,
  around: {
    readonly cidr: Cidr;
    readonly sites: readonly PlannedSite[];
    readonly pods: PlannedPodNetwork;
    readonly dnsServers: readonly Address[];
  },
  check: Check,
): PlannedSecurityGroup | undefined {
  if (given === "none") return undefined;
  const adopted = given?.existing === true;
  const { egress = "all", nodePorts = false } = given?.existing === true ? {} : (given ?? {});
  const { cidr, sites, pods, dnsServers } = around;
  const { version } = cidr;
  const between = services(pods, version);
  const rules: PlannedSecurityRule[] = [];
  const add = (direction: "ingress" | "egress", all: readonly Service[], remote: Cidr, site?: string): void => {
    // ranges of another IP version are refused elsewhere
    if (remote.version !== version) return;
    for (const service of all) rules.push({ direction, ipVersion: version, ...service, remote, site });
  };
  const ports: Service[] = nodePorts ? NODE_PORTS : [];
  add("ingress", [...between, ...ports], cidr);
  for (const site of sites.filter(({ inbound }) => inbound)) {
    for (const range of site.cidrs) add("ingress", [...between, ...ports], range, site.name);
  }
  if (egress === "listed") {
    add("egress", [...between, API], cidr);
    for (const site of sites) {
      for (const range of site.cidrs) add("egress", site.hosts === "own" ? [...between, API] : [ANY], range, site.name);
    }
    for (const server of dnsServers) add("egress", DNS, new Cidr(server, version === 4 ? 32 : 128));
    if (version === 4) add("egress", [METADATA], METADATA_ADDRESS);
  }
  if (!adopted && rules.length + 2 > RULE_QUOTA) {
    check.warn(
      `${rules.length} security group rules are more than Neutron's default quota of ${RULE_QUOTA}, with its own two`,
    );
  }
  return { name: given?.name, adopted, egress, rules };
}

/** What each node must get from every other. */
function services(pods: PlannedPodNetwork, version: IpVersion): Service[] {
  const { encapsulation, port } = pods;
  const carried: Service[] = port === undefined ? [] : [{ protocol: "udp", ports: [port, port], use: encapsulation }];
  if (encapsulation === "ipsec") {
    carried.push({ protocol: "udp", ports: [500, 500], use: "ike" }, { protocol: "esp", ports: undefined, use: "esp" });
  }
  return [
    ...carried,
    { protocol: "tcp", ports: [10250, 10250], use: "kubelet" },
    // without "packet too big" no sender learns the way's MTU
    { protocol: version === 4 ? "icmp" : "ipv6-icmp", ports: undefined, use: "icmp" },
  ];
}

const API: Service = { protocol: "tcp", ports: [6443, 6443], use: "api" };
const ANY: Service = { protocol: "any", ports: undefined, use: "any" };
const DNS: Service[] = [
  { protocol: "udp", ports: [53, 53], use: "dns-udp" },
  { protocol: "tcp", ports: [53, 53], use: "dns-tcp" },
];
const NODE_PORTS: Service[] = [
  { protocol: "tcp", ports: [30000, 32767], use: "node-ports-tcp" },
  { protocol: "udp", ports: [30000, 32767], use: "node-ports-udp" },
];
const METADATA: Service = { protocol: "tcp", ports: [80, 80], use: "metadata" };
const METADATA_ADDRESS = Cidr.parse("169.254.169.254/32") as Cidr;
