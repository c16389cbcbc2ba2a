import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A folder that is removed when the test has ended. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "plinth-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/**
 * Name of a lab for tests of a part. It lies among the other labs of the user, since only of those a lab knows the ports and
 * networks that it must leave to them.
 */
export function testLabName(part: string): string {
  return `${process.env.PLINTH_TEST_LAB ?? "test"}-${part}`;
}
