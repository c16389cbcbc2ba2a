import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { addressChanges, type Described, formatAddressLock, type Placement, PlinthReport, Program } from "@plinth/core";
import type { CloudPlan } from "@plinth/nodes/plan";
import type { DescribedPlatformPlan } from "@plinth/platform";
import { rangesOf } from "@plinth/platform/upgrade";
import { explain, picture, platformGraph, sketch } from "@plinth/view";
import type * as Pulumi from "@pulumi/pulumi";
import { createJiti } from "jiti";
import { load } from "js-yaml";
import type { DescribedBundle, DescribedPlatform, DescribeOptions, Description } from "./describe.js";
import { tellError } from "./program-error.js";

interface Request extends DescribeOptions {
  readonly stack: string;
  readonly project: string;
}

/** Configuration as Pulumi keeps it in a stack's file; a secret is encrypted there, and its value is no matter here. */
async function stackConfig({ dir, stack }: Request): Promise<Record<string, string>> {
  const file = join(dir, `Pulumi.${stack}.yaml`);
  if (!existsSync(file)) return {};
  const { config = {} } = (load(await readFile(file, "utf8")) ?? {}) as { config?: Record<string, unknown> };
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [
      key,
      typeof value === "string" ? value : isSecure(value) ? "(secret)" : JSON.stringify(value),
    ]),
  );
}

/** Keys without a namespace are the project's, as in `pulumi config set`. */
function qualify(config: Readonly<Record<string, string>>, project: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key.includes(":") ? key : `${project}:${key}`, value]),
  );
}

function isSecure(value: unknown): boolean {
  return typeof value === "object" && value !== null && "secure" in value;
}

/** Runs the program under mocks of the Pulumi engine, as a preview: every value that a cloud would give is unknown. */
async function run(request: Request): Promise<Description> {
  // the program's own copy of the SDK, which its resources register with
  const require = createRequire(join(request.dir, "package.json"));
  const pulumi = require("@pulumi/pulumi") as typeof Pulumi;
  const { project, config = {} } = request;
  pulumi.runtime.setAllConfig({ ...qualify(await stackConfig(request), project), ...qualify(config, project) });
  await pulumi.runtime.setMocks(
    { newResource: ({ inputs, id }) => ({ id: id ?? "", state: inputs }), call: ({ inputs }) => inputs },
    request.project,
    request.stack,
    true,
  );
  return new Promise((resolve, reject) => {
    const program = async (): Promise<void> => {
      const before = pulumi.runtime.getStackResource();
      if (before !== undefined) Program.of(before).writesFiles = false;
      const jiti = createJiti(join(request.dir, "index.ts"));
      const failure = await jiti.import(join(request.dir, "index.ts")).then(
        () => undefined,
        (error: unknown) => ({ error }),
      );
      const root = pulumi.runtime.getStackResource();
      const refused = root !== undefined && Program.of(root).refusals.length > 0;
      // a program that uses what was refused ends there: what counts is why it was refused
      if (failure !== undefined && !refused) reject(failure.error);
      else if (root !== undefined) resolve(describeProgram(Program.of(root), request));
    };
    pulumi.runtime.runInPulumiStack(program).catch(reject);
  });
}

function describeProgram(program: Program, { project, color = false, width = 100 }: Request): Description {
  const { described, refusals, warnings } = program;
  const platformPicture = platformGraph(described, { title: project });
  const isPlatform = described.every(({ kind }) => kind === "Platform");
  return {
    explanation: explain(described, { color, width }),
    sketch: sketch(described, { width }),
    picture: (isPlatform ? platformPicture : undefined) ?? picture(described, { title: project }),
    platformPicture,
    refusal: refusals.length === 0 ? undefined : new PlinthReport(refusals).message,
    warnings,
    bundles: described.flatMap(bundlesOf),
    addresses: describeAddresses(program),
    platforms: described.flatMap(platformsOf),
    engines: [...new Set(described.flatMap(engineOf))],
  };
}

/** What a described platform has to publish. */
function bundlesOf({ kind, plan }: Described): DescribedBundle[] {
  const { published } = kind === "Platform" ? (plan as DescribedPlatformPlan) : {};
  return published === undefined ? [] : [published];
}

/** Of a described platform what can be sent to another process. */
function platformsOf({ kind, path, plan }: Described): DescribedPlatform[] {
  if (kind !== "Platform") return [];
  const { releases, machine, network, tenants } = plan as DescribedPlatformPlan;
  return [{ path, releases, machine, tenants, ranges: network && rangesOf(network) }];
}

/** Which engine a described cloud has. */
function engineOf({ kind, plan }: Described): string[] {
  return kind === "CloudProvider" ? [(plan as CloudPlan).engine] : [];
}

function describeAddresses({ addressPlan, addressLockFile }: Program): Description["addresses"] {
  const { kept, added, removed, moved } = addressChanges(addressPlan.pinned, addressPlan.lock);
  const line = ({ owner, name, pool, cidr }: Placement): string => `${owner} ${name} ${cidr} of ${pool}`;
  return {
    file: addressLockFile,
    text: formatAddressLock(addressPlan.lock),
    changes: [
      ...added.map((block) => `new    ${line(block)}`),
      ...moved.map(({ from, to }) => `moved  ${line(to)}, was ${from.cidr} of ${from.pool}`),
      ...removed.map((block) => `gone   ${line(block)}`),
    ],
    kept: kept.length,
  };
}

/** Ends with what the program's error says: the command prints it as it is. */
function fail(error: unknown): void {
  process.stderr.write(tellError(error), () => process.exit(1));
}

process.once("uncaughtException", fail);
try {
  process.send?.(await run(JSON.parse(process.argv[2] ?? "{}") as Request));
} catch (error) {
  fail(error);
}
