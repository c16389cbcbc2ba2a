// Sums the tests up, and holds the skipped ones against the one list of reasons.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./setup.mjs";

/** Prints what failed, and the sums as the last line. @returns 0 when nothing failed and every skipped test has a reason */
export function report(results) {
  const reasons = JSON.parse(readFileSync(join(ROOT, "test", "skips.json"), "utf8"));
  const sums = { passed: 0, failed: 0, skipped: 0 };
  const unexplained = [];
  const failures = [];
  for (const { title, file, code } of results) {
    const { testResults = [] } = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
    const tests = testResults.flatMap((suite) => suite.assertionResults);
    const failed = tests.filter(({ status }) => status === "failed");
    failures.push(...failed.map(({ fullName, failureMessages }) => [title, fullName, firstLine(failureMessages)]));
    for (const { status, fullName } of tests) {
      if (status === "passed") sums.passed++;
      else if (status !== "failed") {
        sums.skipped++;
        if (reasons[fullName] === undefined) unexplained.push(fullName);
      }
    }
    // a run that breaks off without a failed test has failed all the same
    sums.failed += failed.length === 0 && code !== 0 ? 1 : failed.length;
    if (failed.length === 0 && code !== 0) failures.push([title, `broke off with exit code ${code}`, ""]);
    if (tests.length === 0 && code === 0) console.log(`${title}: no tests`);
  }
  for (const [title, name, why] of failures) console.log(`failed: ${title}: ${name}\n    ${why}`);
  for (const name of unexplained) console.log(`skipped without a reason in test/skips.json: ${name}`);
  console.log(`${sums.passed} passed, ${sums.failed + unexplained.length} failed, ${sums.skipped} skipped`);
  return sums.failed + unexplained.length === 0 ? 0 : 1;
}

const firstLine = (messages = []) => messages.join("\n").split("\n")[0] ?? "";
