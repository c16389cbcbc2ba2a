import { type ChildContext, whenChecked } from "@plinth/bridge";
import { PlinthError } from "@plinth/core";
import * as openstack from "@pulumi/openstack";
import type * as pulumi from "@pulumi/pulumi";
import type { PlannedMachine } from "./plan.js";
import { NODES } from "./rules.js";

const FLAVOR_TYPE = "openstack:compute/flavor:Flavor";
const ACCESS_TYPE = "openstack:compute/flavorAccess:FlavorAccess";

/** A flavor that can be used. */
export interface ReadyFlavor {
  /** Name in Nova: Deckhouse finds flavors by it. */
  readonly name: pulumi.Output<string>;
  /** What must exist before the project can use it. */
  readonly ready: readonly pulumi.Resource[];
}

/** Makes a private flavor of the machine's shape with access for the project, or adopts one of that shape. */
export function flavor(
  machine: PlannedMachine,
  projectId: pulumi.Output<string>,
  path: string,
  child: (type: string, suffix: string) => ChildContext,
  read: pulumi.InvokeOutputOptions,
): ReadyFlavor {
  const { name, id, existing } = machine.flavor;
  if (existing) return { name: existingFlavor(machine, name ?? id ?? "", path, read), ready: [] };
  const ofFlavor = child(FLAVOR_TYPE, "flavor");
  const made = new openstack.compute.Flavor(
    ofFlavor.resourceName,
    ofFlavor.edited({
      name: name ?? ofFlavor.uniqueName,
      description: ofFlavor.description,
      vcpus: machine.cores,
      ram: machine.memoryMiB,
      disk: machine.diskGiB,
      isPublic: false,
    }),
    // names are unique in the cloud, so the old one must go first
    { ...ofFlavor.options, deleteBeforeReplace: true },
  );
  const ofAccess = child(ACCESS_TYPE, "flavor-access");
  const access = new openstack.compute.FlavorAccess(
    ofAccess.resourceName,
    ofAccess.edited({ flavorId: made.id, tenantId: projectId }),
    { ...ofAccess.options, deleteBeforeReplace: true },
  );
  return { name: made.name, ready: [access] };
}

/** @param given its name or its id */
function existingFlavor(
  machine: PlannedMachine,
  given: string,
  path: string,
  read: pulumi.InvokeOutputOptions,
): pulumi.Output<string> {
  const known = whenChecked(given, read);
  const query = machine.flavor.id === undefined ? { name: known } : { flavorId: known };
  return openstack.compute.getFlavorOutput(query, read).apply(({ name = given, vcpus, ram, disk }) => {
    if (vcpus === machine.cores && ram === machine.memoryMiB && disk === machine.diskGiB) return name;
    throw new PlinthError(NODES.flavorDiffers, {
      path,
      property: "machine.flavor",
      value: name,
      message: `The flavor ${name} has ${vcpus} cores, ${ram} MiB and ${disk} GiB, not ${machine.cores}, ${machine.memoryMiB} and ${machine.diskGiB}`,
      fix: `set cores: ${vcpus}, memory: "${ram}Mi", disk: "${disk}Gi", or name another flavor`,
    });
  });
}
