import { type Check, countAddresses } from "@plinth/core";
import type { Reference } from "@plinth/network";
import type { NetworkPlan } from "@plinth/network/plan";
import type { EnginePlan } from "./engines/engine.js";
import { checkReference, checkReferences } from "./plan-references.js";
import {
  ADDITIONAL_PORT_FIELDS,
  type AdditionalPort,
  type MachinePort,
  type OwnNetwork,
  PAIR_FIELDS,
  PORT_FIELDS,
  type PortProfile,
  PROFILE_FIELDS,
  VNIC_TYPES,
} from "./props-ports.js";
import { NODES } from "./rules.js";

/** A further port of each machine, as it is planned. */
export interface PlannedPort extends MachinePort {
  /** In which network: one that exists, or that of a component, by its name. */
  readonly network: Reference<string> | { readonly component: string };
  readonly subnets?: readonly Reference<string>[];
}

/** A network of the program in which machines have ports. */
export interface CountedNetwork {
  readonly name: string;
  readonly plan: NetworkPlan;
  /** Ports of each machine. */
  readonly ports: number;
}

/** What somebody writes who means a port that exists. */
const ADOPTING = ["existing", "id", "name", "portId"] as const;

/** What one port alone can have. */
const OF_ONE = ["fixedIps", "fixedIp", "ipAddress", "macAddress"] as const;

/** Refuses what the first port cannot be. */
export function planPort(port: MachinePort | undefined, engine: EnginePlan, check: Check): MachinePort | undefined {
  if (port === undefined || !checkOfGroup("port", port, check)) return undefined;
  if (!engine.shapesPorts) {
    refuseShape("port", check);
    return undefined;
  }
  check.fields<MachinePort>(port, PORT_FIELDS, "port");
  checkPort("port", port, engine, check);
  return port;
}

/** Refuses what the further ports cannot be. */
export function planPorts(ports: readonly AdditionalPort[], engine: EnginePlan, check: Check): readonly PlannedPort[] {
  const seen = new Set<string>();
  return ports.flatMap((port, i) => {
    const { network, ...shape } = port;
    const at = `additionalPorts[${i}]`;
    if (!checkOfGroup(at, shape, check)) return [];
    check.fields<AdditionalPort>(port, ADDITIONAL_PORT_FIELDS, at);
    const planned: PlannedPort = { network: isOwn(network) ? { component: network.name } : network, ...shape };
    if (!isOwn(network)) checkReference(`${at}.network`, network, engine, check);
    const key = JSON.stringify(engine.shapesPorts ? planned : planned.network);
    if (seen.has(key)) {
      check.refuse(NODES.reference, {
        property: at,
        value: planned.network,
        message: "It is the same port as one before it",
        fix: "leave one of the two out",
      });
    }
    seen.add(key);
    if (Object.keys(shape).length > 0 && !engine.shapesPorts) refuseShape(at, check);
    else {
      checkReferences(`${at}.subnets`, shape.subnets, engine, check);
      checkPort(at, shape, engine, check);
    }
    return [planned];
  });
}

/** The networks of the program in which each machine has ports, its own first. */
export function countedNetworks(
  own: { readonly name: string; readonly plan: NetworkPlan },
  ports: readonly AdditionalPort[],
): readonly CountedNetwork[] {
  const counted = new Map<string, CountedNetwork>([[own.name, { ...own, ports: 1 }]]);
  for (const { network } of ports) {
    if (!isOwn(network) || network.isRefused) continue;
    const { name, plan } = network;
    counted.set(name, { name, plan, ports: (counted.get(name)?.ports ?? 0) + 1 });
  }
  return [...counted.values()];
}

/** Addresses that a network has for machines. */
export function addressesOf(plan: NetworkPlan): bigint {
  return countAddresses(plan.pools);
}

/** Whether a network is one of the program's components. */
export function isOwn<Own extends OwnNetwork>(network: Reference<string> | Own): network is Own {
  return "isRefused" in network;
}

/** Refuses what only a single port can be, and not those of a group, whose machines come and go. */
function checkOfGroup(at: string, port: object, check: Check): boolean {
  const adopting = ADOPTING.find((key) => key in port);
  const ofOne = OF_ONE.find((key) => key in port);
  const found = adopting ?? ofOne;
  if (found === undefined) return true;
  check.refuse(NODES.portOfGroup, {
    property: `${at}.${found}`,
    value: (port as Readonly<Record<string, unknown>>)[found],
    message:
      adopting === undefined
        ? "One address cannot be that of all machines"
        : "A port that exists cannot be given to the machines of a group",
    fix:
      adopting === undefined
        ? "leave it out: each machine gets an address of the pools; for one that moves between machines use allowedAddressPairs"
        : "leave it out: a port is made for each machine. For a machine that keeps its port make a server of your own, openstack.compute.Instance with networks: [{ port }]",
  });
  return false;
}

function refuseShape(property: string, check: Check): void {
  check.refuse(NODES.portShape, {
    property,
    message: "Deckhouse makes ports as Neutron does by default",
    fix: 'give additionalPorts by { network } alone, or use the engine "clusterApi"',
  });
}

function checkPort(at: string, port: MachinePort, engine: EnginePlan, check: Check): void {
  checkReferences(`${at}.securityGroups`, port.securityGroups, engine, check);
  checkSecurity(at, port, check);
  checkPairs(at, port, check);
  checkBinding(at, port, check);
  port.tags?.forEach((tag, i) => {
    if (/^[^,]{1,255}$/.test(tag)) return;
    check.refuse(NODES.portBinding, {
      property: `${at}.tags[${i}]`,
      value: tag,
      message: "It is no tag of Neutron's",
      fix: "use 1 to 255 characters without a comma",
    });
  });
}

function checkSecurity(at: string, { securityGroups, portSecurityEnabled, ...port }: MachinePort, check: Check): void {
  const list: readonly unknown[] | undefined = securityGroups;
  const guarded = [
    ...(list === undefined ? [] : ["securityGroups"]),
    ...(port.allowedAddressPairs?.length ? ["allowedAddressPairs"] : []),
  ];
  if (portSecurityEnabled === false && guarded.length > 0) {
    check.refuse(NODES.portSecurity, {
      property: `${at}.${guarded[0]}`,
      message: `Without port security a port has no ${guarded.join(" and no ")}`,
      fix: `leave ${guarded.join(" and ")} out, or portSecurityEnabled`,
    });
  } else if (list?.length === 0) {
    check.refuse(NODES.portSecurity, {
      property: `${at}.securityGroups`,
      value: list,
      message: "A port without a security group of its own gets the project's default one",
      fix: "leave it out, name a group, or set portSecurityEnabled: false",
    });
  }
}

function checkPairs(at: string, { allowedAddressPairs = [] }: MachinePort, check: Check): void {
  allowedAddressPairs.forEach((pair, i) => {
    const property = `${at}.allowedAddressPairs[${i}]`;
    check.fields(pair, PAIR_FIELDS, property);
    const { ipAddress, macAddress } = pair;
    if (ipAddress.includes("/")) check.cidr(`${property}.ipAddress`, ipAddress);
    else check.address(`${property}.ipAddress`, ipAddress);
    if (macAddress === undefined || /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(macAddress)) return;
    check.refuse(NODES.portBinding, {
      property: `${property}.macAddress`,
      value: macAddress,
      message: `${JSON.stringify(macAddress)} is not a MAC address`,
      fix: "write it like fa:16:3e:00:00:01, or leave it out",
    });
  });
}

function checkBinding(at: string, { vnicType = "normal", profile, ...port }: MachinePort, check: Check): void {
  if (profile !== undefined) check.fields<PortProfile>(profile, PROFILE_FIELDS, `${at}.profile`);
  const known = Object.hasOwn(VNIC_TYPES, vnicType);
  if (!known) {
    check.refuse(NODES.portBinding, {
      property: `${at}.vnicType`,
      value: vnicType,
      message: `${JSON.stringify(vnicType)} is no way in which Neutron binds a port`,
      fix: `use one of ${Object.keys(VNIC_TYPES).join(", ")}`,
    });
    return;
  }
  const asked = (["ovsHWOffload", "trustedVF"] as const).find((key) => profile?.[key]);
  if (asked !== undefined && vnicType !== "direct") {
    check.refuse(NODES.portBinding, {
      property: `${at}.profile.${asked}`,
      value: true,
      message: `${asked} is for a port of the type direct, and this one is ${vnicType}`,
      fix: 'set vnicType: "direct", or leave it out',
    });
  }
  if (VNIC_TYPES[vnicType].passesHost && !profile?.ovsHWOffload && port.portSecurityEnabled !== false) {
    check.warn(`packets of ${at} (${vnicType}) pass by the host: no security group holds for them`);
  }
}
