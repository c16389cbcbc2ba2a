import { type ChildContext, whenChecked } from "@plinth/bridge";
import * as openstack from "@pulumi/openstack";
import type * as pulumi from "@pulumi/pulumi";
import type { Image } from "./props.js";

const IMAGE_TYPE = "openstack:images/image:Image";

/** Uploads the image, or looks up one of that name, and returns its name: Deckhouse finds images by name. */
export function image(
  args: Image,
  child: (type: string, suffix: string) => ChildContext,
  read: pulumi.InvokeOutputOptions,
): pulumi.Output<string> {
  if (args.existing === true) {
    const found = openstack.images.getImageOutput({ name: whenChecked(args.name, read), mostRecent: true }, read);
    return found.apply(({ name }) => name ?? args.name);
  }
  const { resourceName, uniqueName, description, edited, options } = child(IMAGE_TYPE, "image");
  const made = new openstack.images.Image(
    resourceName,
    edited({
      name: args.name ?? uniqueName,
      containerFormat: "bare",
      diskFormat: args.diskFormat ?? "qcow2",
      localFilePath: args.file,
      properties: { plinth_owner: description },
    }),
    options,
  );
  return made.name;
}
