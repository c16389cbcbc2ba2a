import { type Check, toGibibytes, toMebibytes } from "@plinth/core";
import type { Adoptable } from "@plinth/network";
import { checkName } from "@plinth/network/plan";
import type { EnginePlan } from "./engines/engine.js";
import { MACHINE_SHAPES } from "./machine-shapes.js";
import { checkAdopted, refuseId } from "./plan-references.js";
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
  readonly flavor: { readonly name: string | undefined; readonly id?: string; readonly existing: boolean };
  /** Name of the image as given; `undefined` where one is derived. */
  readonly image: { readonly name: string | undefined; readonly id?: string; readonly existing: boolean };
}

/** Reads the shape of a machine; what OpenStack has no flavor for is refused. */
export function planMachine(machine: Machine, engine: EnginePlan, check: Check): PlannedMachine | undefined {
  check.fields<Partial<Machine>>(machine, MACHINE_FIELDS, "machine");
  check.fields<Partial<Image>>(machine.image, IMAGE_FIELDS, "machine.image");
  const { flavor, image } = machine;
  if (flavor !== undefined) {
    check.fields<Partial<Adoptable<string>>>(flavor, FLAVOR_FIELDS, "machine.flavor");
    checkAdopted("machine.flavor", flavor, check);
  }
  checkAdopted("machine.image", image, check);
  if (!engine.findsById && image.id !== undefined) refuseId("machine.image.id", image.id, check);
  checkName("machine.image.name", image.name, check);
  checkName("machine.flavor.name", flavor?.name, check, "flavor");
  const shape = planShape(machine, check);
  if (shape === undefined) return undefined;
  const adopted = (
    given: { readonly name?: string; readonly id?: string; readonly existing?: boolean } | undefined,
  ) => ({
    name: given?.name,
    ...(given?.id === undefined ? {} : { id: given.id }),
    existing: given?.existing === true,
  });
  return { ...shape, flavor: adopted(flavor), image: adopted(image) };
}

type Shape = Pick<PlannedMachine, "cores" | "memoryMiB" | "diskGiB">;

function planShape(machine: Machine, check: Check): Shape | undefined {
  if (machine.shape !== undefined) return planNamedShape(machine, check);
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
  return { cores: machine.cores, memoryMiB, diskGiB };
}

function planNamedShape({ shape, ...rest }: Extract<Machine, { shape: string }>, check: Check): Shape | undefined {
  const twice = (["cores", "memory", "disk"] as const).filter((key) => rest[key] !== undefined);
  if (!Object.hasOwn(MACHINE_SHAPES, shape) || twice.length > 0) {
    check.refuse(NODES.shape, {
      property: "machine.shape",
      value: shape,
      message: twice.length > 0 ? `${twice.join(", ")} is given beside ${shape}` : `There is no shape ${shape}`,
      fix: `use one of ${Object.keys(MACHINE_SHAPES).join(", ")}, or cores, memory and disk instead`,
    });
    return undefined;
  }
  const { cores, memory, disk } = MACHINE_SHAPES[shape];
  return planShape({ ...rest, shape: undefined, cores, memory, disk } as unknown as Machine, check);
}
