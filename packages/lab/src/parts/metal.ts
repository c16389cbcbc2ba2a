import type { Part } from "../part.js";
import { sayer } from "../report.js";
import { TOOLS } from "../toolchain/pins.js";
import type { Toolchain } from "../toolchain/toolchain.js";
import { debianRoot } from "./metal/debian-root.js";
import { absentPackages, installPackages, thisHost, unfit } from "./metal/host.js";
import { kubernetesLayer, METAL_PINS } from "./metal/kubernetes-layer.js";
import { metalLayout, writeJson } from "./metal/layout.js";
import { removeGroups } from "./metal/machine.js";
import { machinesOf } from "./metal/machines.js";
import { chooseNetwork, isNetworkUp, knownNetwork, makeNetwork, removeNetwork } from "./metal/network.js";

const NAME = "metal";

/**
 * Bare metal: a network in which machines are booted (`bootMachine`), with Debian, SSH, containerd and kubeadm on them. They are
 * systems of their own in namespaces of this host's kernel. On demand: it is not started unless it is asked for.
 */
export function createMetal(toolchain: Toolchain): Part {
  return {
    name: NAME,
    title: `machines with Debian, containerd and kubeadm ${TOOLS.kubeadm.version}`,
    needs: [],
    onDemand: true,

    async missing() {
      const reasons = unfit(await thisHost());
      return reasons.length > 0 ? reasons : toolchain.missing(METAL_PINS);
    },

    systemPackages: () => absentPackages(),

    async acquire({ cache, signal, ...context }) {
      const say = sayer(context, NAME);
      const packages = await absentPackages();
      if (packages.length > 0) {
        say(`installing Debian packages: ${packages.join(", ")}`, 20);
        await installPackages(packages, signal);
      }
      await toolchain.acquire(METAL_PINS, { say, signal });
      await kubernetesLayer(cache, await debianRoot(cache, say, signal), toolchain, say);
    },

    async start({ dir, cache, signal, ...context }) {
      const say = sayer(context, NAME);
      const debian = await debianRoot(cache, say, signal);
      await writeJson(metalLayout(dir).layers, [await kubernetesLayer(cache, debian, toolchain, say), debian]);
      const machines = (await machinesOf(dir)).filter(({ record }) => record.on);
      const network = await chooseNetwork(dir, machines.length > 0);
      if (!(await isNetworkUp(dir, network))) {
        // those that run are plugged into one that has gone
        await Promise.all(machines.map((machine) => machine.powerOff()));
        await makeNetwork(dir, network);
      }
      if (machines.length > 0) say(`booting ${machines.map(({ name }) => name).join(", ")}`, 5);
      await Promise.all(machines.map((machine) => machine.boot(signal)));
    },

    async health({ dir }) {
      const network = await knownNetwork(dir);
      const machines = (await machinesOf(dir)).filter(({ record }) => record.on);
      const ons = await Promise.all(machines.map((machine) => machine.isOn()));
      if (network === undefined || !(await isNetworkUp(dir, network))) {
        return ons.includes(true)
          ? { state: "failing", reason: "the machines have lost their network" }
          : { state: "down" };
      }
      const off = machines.filter((_, index) => !ons[index]).map(({ name }) => name);
      return off.length === 0 ? { state: "up" } : { state: "failing", reason: `${off.join(", ")} is off` };
    },

    env: async () => ({}),

    async stop({ dir }) {
      const network = await knownNetwork(dir);
      if (network === undefined) return;
      await Promise.all((await machinesOf(dir)).map((machine) => machine.powerOff()));
      if (await isNetworkUp(dir, network)) await removeNetwork(network);
      await removeGroups(network);
    },
  };
}
