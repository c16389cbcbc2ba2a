import { crdFiles } from "@plinth/api/crds";
import { openLab } from "@plinth/lab";
import { LANES, labOf } from "./lanes.js";

/**
 * Before the first file: nothing, a lab is brought up by the file that needs it. After the last one the labs are stopped,
 * except one that ran before: who tries tests again and again starts it by hand, `plinth lab up --name test`, and saves the
 * time.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const labs = Array.from({ length: LANES }, (_, index) => openLab({ name: labOf(index + 1), crds: crdFiles() }));
  const ran = await Promise.all(labs.map(async (lab) => (await lab.processes()).length > 0));
  return async () => {
    await Promise.all(labs.map((lab, index) => (ran[index] ? undefined : lab.down())));
  };
}
