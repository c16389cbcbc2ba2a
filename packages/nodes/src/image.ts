import { type ChildContext, whenChecked } from "@plinth/bridge";
import { PlinthError } from "@plinth/core";
import * as openstack from "@pulumi/openstack";
import * as pulumi from "@pulumi/pulumi";
import type { Image } from "./props.js";
import { NODES } from "./rules.js";

const IMAGE_TYPE = "openstack:images/image:Image";

/** What an image is needed for. */
export interface ImageUse {
  /** Name of the component. */
  readonly path: string;
  /** Whether a name that two images have is refused. Otherwise the newest is meant. */
  readonly unique: boolean;
}

/** Uploads the image, or looks up one of that name, and returns its name; the id of one that is given by it. */
export function image(
  args: Image,
  { path, unique }: ImageUse,
  child: (type: string, suffix: string) => ChildContext,
  read: pulumi.InvokeOutputOptions,
): pulumi.Output<string> {
  if (args.existing === true) {
    if (args.id !== undefined) return pulumi.output(args.id);
    const found = openstack.images.getImageOutput({ name: whenChecked(args.name, read), mostRecent: true }, read);
    const known = found.apply(({ name }) => name ?? args.name);
    return unique ? uniqueName(known, path, read) : known;
  }
  const { resourceName, uniqueName: derived, description, edited, options } = child(IMAGE_TYPE, "image");
  const made = new openstack.images.Image(
    resourceName,
    edited({
      name: args.name ?? derived,
      containerFormat: "bare",
      diskFormat: args.diskFormat ?? "qcow2",
      localFilePath: args.file,
      properties: { plinth_owner: description },
    }),
    options,
  );
  return made.name;
}

function uniqueName(
  known: pulumi.Output<string>,
  path: string,
  read: pulumi.InvokeOutputOptions,
): pulumi.Output<string> {
  const { ids } = openstack.images.getImageIdsOutput({ name: known }, read);
  return pulumi.all([known, ids]).apply(([name, all]) => {
    // mocks may answer with nothing
    if ((all ?? []).length < 2) return name;
    throw new PlinthError(NODES.imageTwice, {
      path,
      property: "machine.image.name",
      value: name,
      message: `${all.length} images are named ${name}: ${all.join(", ")}`,
      fix: "rename or remove all but one of them, or have another image uploaded: machine.image: { file: ... }",
    });
  });
}
