import { basename } from "node:path";
import type { TestSpecification } from "vitest/node";
import { BaseSequencer } from "vitest/node";

/**
 * Test files on labs that take more than a minute, the longest first: begun late, one of them would keep all lanes waiting.
 * What needs no OpenStack stands between what does, since only one OpenStack is started at a time.
 */
const LONG = [
  "platform.test.ts",
  "hybrid.test.ts",
  "metal.lab-test.ts",
  "group-status.test.ts",
  "cluster-api.test.ts",
  "checked-before-sent.test.ts",
  "on-demand.test.ts",
  "demo.test.ts",
  "network.test.ts",
  "join.test.ts",
  "cluster-api.lab-test.ts",
  "second-cloud.test.ts",
  "openstack.lab-test.ts",
  "recover.test.ts",
  "faults.test.ts",
  "replace.test.ts",
];

/** The order in which test files begin. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = LONG.indexOf(basename(moduleId));
      return at < 0 ? LONG.length : at;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}
