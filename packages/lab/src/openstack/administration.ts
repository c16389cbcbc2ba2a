import { openstackLab } from "./runner.js";

/**
 * Makes in project `demo`, as an administrator, the network that a provider's engineers join to their L3VPN router:
 * `k8s_l3vpn` with subnet 192.168.200.0/24, gateway .1, pool .2 to .251. Does nothing when it is there.
 *
 * @param dir folder of the OpenStack (`openstackDirectory`)
 * @throws LabError when the OpenStack does not run
 */
export async function seedProviderNetwork(dir: string): Promise<{ networkId: string; subnetId: string }> {
  return JSON.parse(await openstackLab(["seed", "provider-network", "--dir", dir]));
}

/**
 * Forgets everything that was made in an OpenStack since its first start, and starts it.
 *
 * @param dir folder of the OpenStack (`openstackDirectory`)
 */
export async function startFresh(dir: string): Promise<void> {
  await openstackLab(["start", "--dir", dir, "--fresh"]);
}
