import { join } from "node:path";
import { aptProgress } from "../openstack/apt-progress.js";
import { cannotInstall, thisMachine, unfit } from "../openstack/machine.js";
import { openstackLab } from "../openstack/runner.js";
import { healthOf, settingsOf } from "../openstack/state.js";
import type { LabContext, Part } from "../part.js";
import { sayer } from "../report.js";

/** A service of OpenStack that the lab can run. */
export type OpenStackService =
  | "keystone"
  | "placement"
  | "glance"
  | "neutron"
  | "nova"
  | "octavia"
  | "cinder"
  | "barbican";

/** What one OpenStack of the lab is made with. */
export interface OpenStackOptions {
  /** Name of the part, and of its folder within the lab. */
  readonly name: string;
  /** Its services; what these require comes with them. @default keystone, placement, glance, neutron, nova */
  readonly services?: readonly OpenStackService[];
  /** Number added to every customary port. @default - the first multiple of 500 with which all ports are free */
  readonly portShift?: number;
  /** Nova's availability zone. @default "nova" */
  readonly zone?: string;
}

const DEFAULT_SERVICES: readonly OpenStackService[] = ["keystone", "placement", "glance", "neutron", "nova"];

/**
 * The OpenStack of the lab, with availability zone `ru-3a`.
 *
 * In its `clouds.yaml` are two clouds: `lab`, an administrator who works in project `demo`, and `lab-member`, an ordinary
 * member of that project. What only a provider's administrators can make is there: the external network
 * `external-network` and the image `ubuntu-22-04-cloud-amd64`.
 */
export const openstack: Part = openstackWith({ name: "openstack", zone: "ru-3a" });

/** Another OpenStack, with other services or beside the first one. */
export function openstackWith({ name, services = DEFAULT_SERVICES, portShift, zone }: OpenStackOptions): Part {
  const chosen = ["--services", services.join(",")];
  const packages = async () => (await openstackLab(["packages", ...chosen])).split("\n").filter((line) => line !== "");
  const settings = [
    ...chosen,
    ...(portShift === undefined ? [] : ["--port-shift", String(portShift)]),
    ...(zone === undefined ? [] : ["--zone", zone]),
  ];
  return {
    name,
    title: `OpenStack Zed (${services.join(", ")}), control plane only`,
    needs: [],

    async missing() {
      const machine = await thisMachine();
      const reasons = unfit(machine);
      if (reasons.length > 0) return reasons;
      const refusal = cannotInstall(machine, await packages());
      return refusal === undefined ? [] : [refusal];
    },

    systemPackages: async () => (unfit(await thisMachine()).length > 0 ? [] : packages()),

    async acquire(context) {
      const wanted = await packages();
      if (wanted.length === 0) return;
      const say = sayer(context, name);
      say(`installing Debian packages: ${wanted.join(", ")}`, 200);
      const progress = aptProgress();
      const onLine = (line: string) => {
        const now = progress(line);
        if (now !== undefined) say(now.step, undefined, now.fraction);
      };
      const sudo = !(await thisMachine()).root;
      const log = join(context.dir, "logs", `${name}-install.log`);
      await openstackLab(["install", ...chosen], { onLine, log, sudo, signal: context.signal });
    },

    async start(context) {
      const dir = openstackDirectory(context, name);
      if ((await healthOf(dir)).state === "up") return;
      const say = sayer(context, name);
      if ((await settingsOf(dir)) === undefined) say("making an OpenStack", 45);
      else say("starting OpenStack", 15);
      const onLine = (line: string) => say(line);
      await openstackLab(["start", "--dir", dir, ...settings], { onLine, signal: context.signal });
    },

    health: (context) => healthOf(openstackDirectory(context, name)),

    env: async (context) => ({
      OS_CLIENT_CONFIG_FILE: join(openstackDirectory(context, name), "clouds.yaml"),
      OS_CLOUD: "lab",
    }),

    async stop(context) {
      const dir = openstackDirectory(context, name);
      if ((await settingsOf(dir)) !== undefined) await openstackLab(["stop", "--dir", dir]);
    },
  };
}

/** The folder of an OpenStack: configuration (`etc/`), databases, images, logs (`log/`), `clouds.yaml`. */
export function openstackDirectory({ dir }: Pick<LabContext, "dir">, name = "openstack"): string {
  return join(dir, name);
}
