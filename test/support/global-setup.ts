import { crdFiles } from "@plinth/api/crds";
import { openLab } from "@plinth/lab";
import { TEST_LAB } from "./test-lab.js";

/**
 * Before the first file: nothing, the lab is brought up by the file that needs it. After the last one the lab is stopped,
 * unless it ran before: who tries tests again and again starts it by hand, `plinth lab up --name test`, and saves the time.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const lab = openLab({ name: TEST_LAB, crds: crdFiles() });
  const ran = (await lab.processes()).length > 0;
  return async () => {
    if (!ran) await lab.down();
  };
}
