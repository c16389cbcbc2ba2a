import { Address, type Check } from "@plinth/core";
import type { NetworkPlan } from "@plinth/network/plan";
import { NODES } from "../../rules.js";

const HOST_NAME = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/**
 * Reads where the API server is; warns of an address that no route of the network leads to.
 * @returns host and port, or `undefined` when it was refused
 */
export function readEndpoint(
  text: string,
  network: NetworkPlan | undefined,
  check: Check,
): { readonly host: string; readonly port: number } | undefined {
  const [, bracketed, plain = "", digits = ""] = /^(?:\[([^\]]*)\]|([^:]*)):(\d{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  const port = Number(digits);
  const parsed = Address.parse(host);
  const address = parsed instanceof Address ? parsed : undefined;
  const isName = bracketed === undefined && HOST_NAME.test(host) && !/^[\d.]+$/.test(host);
  if ((address === undefined && !isName) || port < 1 || port > 65535) {
    check.refuse(NODES.endpoint, {
      property: "cluster.endpoint",
      value: text,
      message: `${JSON.stringify(text)} is not a host and a port`,
      fix: "write it like 10.13.1.10:6443, [fd00::10]:6443 or api.example.com:6443",
    });
    return undefined;
  }
  if (address !== undefined && network !== undefined && !reaches(network, address)) {
    check.warn(`no route of the network leads to the API server ${host}: VMs reach it through their gateway only`);
  }
  return { host, port };
}

function reaches({ cidr, sites }: NetworkPlan, address: Address): boolean {
  return [cidr, ...sites.flatMap((site) => site.cidrs)].some((range) => range.contains(address));
}

/** Reads a version of Kubernetes, or refuses. */
export function readVersion(text: string, check: Check): string | undefined {
  if (/^v\d+\.\d+\.\d+$/.test(text)) return text;
  check.refuse(NODES.version, {
    property: "cluster.version",
    value: text,
    message: `${JSON.stringify(text)} is not a version of Kubernetes`,
    fix: "write it as `kubectl version` prints the server's, for example v1.35.2",
  });
  return undefined;
}
