import { type Check, toGibibytes, toMebibytes } from "@plinth/core";
import { checkName } from "@plinth/network/plan";
import { FLAVOR_FIELDS, IMAGE_FIELDS, type Image, MACHINE_FIELDS, type Machine } from "./props.js";
import { NODES } from "./rules.js";

/** The shape of a machine, in OpenStack's units. */
export interface PlannedMachine {
  /** Virtual cores, at least 1. */
  readonly cores: number;
  /** Memory in MiB, as Nova counts it. */
  readonly memoryMiB: number;
  /** Root disk in GiB, as Nova counts it. */
  readonly diskGiB: number;
  /** Name of the flavor as given; `undefined` where one is derived. */
  readonly flavor: { readonly name: string | undefined; readonly existing: boolean };
  /** Name of the image as given; `undefined` where one is derived. */
  readonly image: { readonly name: string | undefined; readonly existing: boolean };
}

type FlavorChoice = Pick<NonNullable<Machine["flavor"]>, "existing" | "name">;

/** Reads the shape of a machine; what OpenStack has no flavor for is refused. */
export function planMachine(machine: Machine, check: Check): PlannedMachine | undefined {
  check.fields<Machine>(machine, MACHINE_FIELDS, "machine");
  check.fields<Image>(machine.image, IMAGE_FIELDS, "machine.image");
  if (machine.flavor !== undefined) check.fields<FlavorChoice>(machine.flavor, FLAVOR_FIELDS, "machine.flavor");
  checkName("machine.image.name", machine.image.name, check);
  checkName("machine.flavor.name", machine.flavor?.name, check, "flavor");
  const memory = check.quantity("machine.memory", machine.memory);
  const disk = check.quantity("machine.disk", machine.disk);
  if (memory === undefined || disk === undefined) return undefined;
  const memoryMiB = toMebibytes(memory);
  const diskGiB = toGibibytes(disk);
  if (!Number.isInteger(machine.cores) || machine.cores < 1 || !memoryMiB || !diskGiB) {
    check.refuse(NODES.machine, {
      property: "machine",
      value: { cores: machine.cores, memory: machine.memory, disk: machine.disk },
      message: `${machine.cores} cores, ${machine.memory} of memory and ${machine.disk} of disk are not a Nova flavor`,
      fix: "use whole numbers of cores, of Mi or Gi of memory and of Gi of disk, for example 4, 8Gi and 50Gi",
    });
    return undefined;
  }
  const { flavor, image } = machine;
  return {
    cores: machine.cores,
    memoryMiB,
    diskGiB,
    flavor: {
      name: flavor?.name,
      existing: flavor?.existing === true,
    },
    image: { name: image.name, existing: image.existing === true },
  };
}
