import { type Address, type AddressClaim, type Check, type Cidr, type CidrText, isDnsLabel } from "@plinth/core";
import type { ApiServerAddress, PlatformMachine, PlatformNetwork } from "./handed-down.js";
import { planLoadBalancer } from "./plan-load-balancer.js";
import type { ReadSubnet } from "./plan-ranges.js";
import { MACHINE_FIELDS, type Machine, type NetworkRanges, type NodeSubnet, RANGES_FIELDS } from "./props.js";
import { PLATFORM } from "./rules.js";

/** Ranges where none were given: those that Cozystack uses; `nodePod` beside `pod`, because the two meet in Cilium. */
const DEFAULTS = {
  pod: "10.244.0.0/16",
  service: "10.96.0.0/16",
  join: "100.64.0.0/16",
  nodePod: "10.245.0.0/16",
} as const satisfies Partial<NetworkRanges>;

/** The fewest addresses: the DNS has the tenth of the Services; a node takes 256 of the pods and one of the join network. */
const FEWEST = { pod: 256n, service: 16n, join: 256n } as const;

/** The address of the cluster's DNS in the range of the Services. Source: kubernetes/kubernetes, GetDNSIP. */
const DNS_ADDRESS = 10;

/** What was given of a network, and what is around it. */
export interface NetworkGiven {
  readonly ranges: NetworkRanges;
  readonly machines: readonly PlatformMachine[];
  readonly apiServer: ApiServerAddress | undefined;
  /** Whether pods have addresses of an overlay of their own (kube-ovn): else from what Kubernetes hands to Nodes. */
  readonly hasOverlay: boolean;
}

/** A network, and the ranges to claim for it. */
export interface NetworkResult {
  readonly network: PlatformNetwork;
  readonly claims: readonly AddressClaim[];
}

/** Computes the ranges of a cluster. @returns `undefined` when they cannot be computed */
export function planPlatformNetwork(given: NetworkGiven, check: Check): NetworkResult | undefined {
  const { ranges, hasOverlay } = given;
  check.fields<NetworkRanges>(ranges, RANGES_FIELDS, "network");
  const read = (key: keyof typeof DEFAULTS): Cidr | undefined =>
    check.cidr(`network.${key}`, ranges[key] ?? DEFAULTS[key]);
  const [pod, service, join] = [read("pod"), read("service"), read("join")];
  const nodePod = hasOverlay ? read("nodePod") : pod;
  if (!hasOverlay) warnUnused(ranges, check);
  const subnets = readSubnets(ranges.nodes, check);
  const gateway =
    ranges.podGateway === undefined ? pod?.firstHost : check.address("network.podGateway", ranges.podGateway);
  checkMachineAddresses(given.machines, subnets, check);
  const loadBalancer = planLoadBalancer(ranges.loadBalancer ?? [], { ...given, subnets }, check);
  if (pod === undefined || service === undefined || join === undefined || nodePod === undefined) return undefined;
  checkSizes({ pod, service, ...(hasOverlay ? { join } : {}) }, check);
  if (gateway === undefined || !checkGateway(gateway, pod, check)) return undefined;

  const { path: owner } = check;
  const ofCluster = (cidr: Cidr, property: string, use: string): AddressClaim => ({
    cidr,
    owner,
    property: `network.${property}`,
    use,
    // the cloud of a hybrid cluster names them too
    shared: `${use} of the cluster`,
  });
  const claims: AddressClaim[] = [
    ...subnets.map(({ cidr, property, site }) => ({
      cidr,
      owner,
      property,
      use: site === undefined ? "subnet of nodes" : `site ${site}`,
      ...(site === undefined ? {} : { shared: `site ${site}` }),
    })),
    ofCluster(pod, "pod", "pods"),
    ofCluster(service, "service", "Services"),
    ...(hasOverlay
      ? [ofCluster(join, "join", "join network"), ofCluster(nodePod, "nodePod", "addresses of Cilium on the nodes")]
      : []),
    ...loadBalancer.claims,
  ];
  const nodes = subnets.map(({ cidr }) => cidr);
  const dnsAddress = service.first.plus(DNS_ADDRESS);
  const network = { pod, podGateway: gateway, service, dnsAddress, join, nodePod, nodes };
  return { network: { ...network, loadBalancer: loadBalancer.ranges }, claims };
}

/** Reads the machines of a cluster; what cannot be read is refused and left out. */
export function planMachines(given: readonly Machine[], check: Check): PlatformMachine[] {
  const names = new Set<string>();
  const addresses = new Set<string>();
  return given.flatMap((machine, i): PlatformMachine[] => {
    const property = `machines[${i}]`;
    check.fields<Machine>(machine, MACHINE_FIELDS, property);
    const address = check.address(`${property}.address`, machine.address);
    const text = address?.toString() ?? "";
    const isNamed = machine.name.split(".").every(isDnsLabel) && machine.name.length <= 253;
    if (!isNamed || names.has(machine.name) || addresses.has(text)) {
      check.refuse(PLATFORM.machineAddress, {
        property: isNamed && !names.has(machine.name) ? `${property}.address` : `${property}.name`,
        value: isNamed && !names.has(machine.name) ? text : machine.name,
        message: !isNamed
          ? `${JSON.stringify(machine.name)} is not the name of a Node`
          : `Two machines have the ${names.has(machine.name) ? `name ${machine.name}` : `address ${text}`}`,
        fix: "give each machine the name and the address that its Node has, for example node1 and 192.168.100.11",
      });
    }
    names.add(machine.name);
    if (address === undefined) return [];
    addresses.add(text);
    return [{ name: machine.name, address, role: machine.role }];
  });
}

/** Refuses a control plane that has no majority, or loses it with one machine. */
export function checkControlPlane(machines: readonly PlatformMachine[], check: Check): void {
  const count = machines.filter(({ role }) => role === "control-plane").length;
  if (count % 2 === 1) return;
  check.refuse(PLATFORM.controlPlane, {
    property: "machines",
    value: count,
    message: count === 0 ? "No machine is of the control plane" : `The control plane has ${count} machines`,
    fix: count === 0 ? 'give one to three machines the role "control-plane"' : `use ${count - 1} or ${count + 1}`,
  });
}

function readSubnets(given: readonly (CidrText | NodeSubnet)[], check: Check): ReadSubnet[] {
  return given.flatMap((subnet, i): ReadSubnet[] => {
    const isText = typeof subnet === "string";
    const property = isText ? `network.nodes[${i}]` : `network.nodes[${i}].cidr`;
    const cidr = check.cidr(property, isText ? subnet : subnet.cidr);
    return cidr === undefined ? [] : [{ cidr, property, site: isText ? undefined : subnet.site }];
  });
}

function checkMachineAddresses(
  machines: readonly PlatformMachine[],
  subnets: readonly ReadSubnet[],
  check: Check,
): void {
  for (const { name, address } of machines) {
    if (subnets.some(({ cidr }) => cidr.isHost(address))) continue;
    check.refuse(PLATFORM.machineAddress, {
      property: "machines",
      value: address.toString(),
      message: `${name} has the address ${address}, which is in none of the node subnets ${subnets.map(({ cidr }) => cidr).join(", ")}`,
      fix: "add its subnet to network.nodes, or correct the address",
    });
  }
}

function checkGateway(gateway: Address, pod: Cidr, check: Check): boolean {
  if (pod.isHost(gateway)) return true;
  check.refuse(PLATFORM.gateway, {
    property: "network.podGateway",
    value: gateway.toString(),
    message: `The pods' gateway ${gateway} is not a host address of ${pod}`,
    fix: `leave it out for ${pod.firstHost}`,
  });
  return false;
}

function checkSizes(ranges: Partial<Record<keyof typeof FEWEST, Cidr>>, check: Check): void {
  for (const key of ["pod", "service", "join"] as const) {
    const range = ranges[key];
    if (range === undefined) continue;
    const fits = range.size >= FEWEST[key];
    if (fits && range.version === ranges.pod?.version) continue;
    check.refuse(PLATFORM.rangeSize, {
      property: `network.${key}`,
      value: range.toString(),
      message: fits
        ? `${range} is of another IP version than the pods' ${ranges.pod}`
        : `${range} has ${range.size} addresses`,
      fix: `leave it out for ${DEFAULTS[key]}, or use a range like it`,
    });
  }
}

function warnUnused(ranges: NetworkRanges, check: Check): void {
  for (const key of ["join", "nodePod"] as const) {
    if (ranges[key] === undefined) continue;
    check.warn(`network.${key} is not used: there is no kube-ovn in the platform, pods have addresses of network.pod`);
  }
}
