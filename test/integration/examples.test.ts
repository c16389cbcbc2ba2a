import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

interface Manifest {
  readonly name: string;
  readonly bin?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, Readonly<Record<"types" | "default", string>>>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

interface Packing {
  packAll(folder: string): Readonly<Record<string, string>>;
  fork(example: string, target: string, tarballs: Readonly<Record<string, string>>): void;
}

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const EXAMPLES = ["l3vpn-sites", "hybrid-burst", "platform-hosted"];
const TIMEOUT = 300_000;
const INSTALL = "npm install --prefer-offline --no-audit --no-fund";

const dir = mkdtempSync(join(tmpdir(), "plinth-packed-"));
const run = promisify(execFile);
let tarballs: Readonly<Record<string, string>>;

/** As in a shell of a person: nothing of this test's own environment. */
const ENV = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_ENV|NODE_OPTIONS|PULUMI_|npm_lifecycle)/.test(name)),
);

async function shell(command: string, cwd: string): Promise<string> {
  const { stdout } = await run("sh", ["-c", command], { cwd, env: ENV, maxBuffer: 1e7 });
  return stdout;
}

beforeAll(async () => {
  const file = pathToFileURL(join(ROOT, "scripts", "pack.mjs")).href;
  const { packAll, fork } = (await import(/* @vite-ignore */ file)) as Packing;
  tarballs = packAll(join(dir, "tarballs"));
  for (const name of EXAMPLES) fork(join(ROOT, "examples", name), join(dir, name), tarballs);
  const [first = "", ...others] = EXAMPLES.map((name) => join(dir, name));
  await shell(INSTALL, first);
  for (const other of others) {
    // most of it is the same: npm adds and removes the rest
    await shell(`cp -al ${join(first, "node_modules")} ${other}`, dir);
    await shell(INSTALL, other);
  }
}, TIMEOUT);

afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function contents(tarball: string): Promise<readonly string[]> {
  const { stdout } = await run("tar", ["-tzf", tarball]);
  return stdout
    .trim()
    .split("\n")
    .map((path) => path.replace(/^package\//, ""));
}

async function manifest(tarball: string): Promise<Manifest> {
  const { stdout } = await run("tar", ["-xzOf", tarball, "package/package.json"]);
  return JSON.parse(stdout) as Manifest;
}

describe("the packages, packed as they are published", () => {
  it("hold code with its source, licence and data, and nothing else", async () => {
    const belongs = /^(package\.json|README\.md|LICENSE|NOTICE|(dist|src|data|bin|openstack|toolchain)\/.+)$/;
    const alien = /(\.|-)test\.|\/test-|\.fixture\.|\.tsbuildinfo$|__pycache__|node_modules|^openstack\/tests\//;
    for (const [name, tarball] of Object.entries(tarballs)) {
      const files = await contents(tarball);
      expect(
        files.filter((file) => !belongs.test(file) || alien.test(file)),
        name,
      ).toEqual([]);
      expect(files, name).toEqual(expect.arrayContaining(["package.json", "LICENSE", "NOTICE"]));
      const sources = new Set(files.filter((file) => file.startsWith("src/")));
      const compiled = files.filter((file) => /^dist\/.*\.js$/.test(file));
      expect(compiled.length, name).toBeGreaterThan(0);
      expect(
        compiled.filter((file) => !sources.has(file.replace(/^dist/, "src").replace(/js$/, "ts"))),
        name,
      ).toEqual([]);
    }
  });

  it("hold all that they export and run, and need nothing of the workspace", async () => {
    for (const [name, tarball] of Object.entries(tarballs)) {
      const files = new Set(await contents(tarball));
      const { bin = {}, exports = {}, dependencies = {}, peerDependencies = {} } = await manifest(tarball);
      const named = [...Object.values(bin), ...Object.values(exports).flatMap((targets) => Object.values(targets))];
      expect(
        named.filter((path) => !files.has(path.replace("./", ""))),
        name,
      ).toEqual([]);
      const ranges = Object.values({ ...dependencies, ...peerDependencies });
      expect(
        ranges.filter((range) => !/^[\d^~<>=]/.test(range)),
        name,
      ).toEqual([]);
    }
  });

  it("are found by the compiler and by Node under every path that they export", async () => {
    const [example = ""] = EXAMPLES;
    const manifests = await Promise.all(Object.values(tarballs).map(manifest));
    const paths = manifests
      .filter(({ name }) => existsSync(join(dir, example, "node_modules", name)))
      .flatMap(({ name, exports = {} }) => Object.keys(exports).map((path) => join(name, path)));
    expect(paths).toEqual(expect.arrayContaining(["plinth", "@plinth/api/deckhouse", "@plinth/bridge/testing"]));
    const types = paths.map((path, i) => `import type * as p${i} from "${path}";\nexport type T${i} = typeof p${i};\n`);
    writeFileSync(join(dir, example, "exports.ts"), types.join(""));
    expect(
      await shell(
        "npx tsc --noEmit --skipLibCheck --strict --module nodenext --target es2022 exports.ts || true",
        join(dir, example),
      ),
    ).toBe("");
    // whose peers are optional, for tests only
    const loaded = paths.filter((path) => path !== "@plinth/api/testing").map((path) => `await import("${path}");\n`);
    writeFileSync(join(dir, example, "exports.mjs"), `${loaded.join("")}console.log("all");\nprocess.exit();\n`);
    expect(await shell("node exports.mjs", join(dir, example))).toBe("all\n");
  });
});

describe.each(EXAMPLES)("the example %s, in a folder of its own", (name) => {
  const text = (file: string): string => readFileSync(join(ROOT, "examples", name, file), "utf8");
  const commands = [...text("README.md").matchAll(/^ {4}((npm|npx|pulumi|export) .*)$/gm)].map(
    ([, command]) => command ?? "",
  );

  it("says how it is forked", () => {
    expect(commands[0]).toMatch(new RegExp(`^npm run fork -- examples/${name} \\.\\./my-\\w+$`));
  });

  const onCloud = commands.findIndex((command) => command.startsWith("pulumi stack init"));
  const local = commands.slice(0, onCloud).filter((command) => /^(npm (test|run check)|npx)/.test(command));

  it.each(local)(
    "does what its README says: %s",
    async (command) => {
      const output = await shell(command, join(dir, name));
      if (command.includes("explain")) expect(output).toMatch(/Return routes|^Platform |^Release /m);
      const [, drawn] = /--out (\S+)/.exec(command) ?? [];
      if (drawn !== undefined) expect(readFileSync(join(dir, name, drawn), "utf8")).toContain("<svg");
    },
    TIMEOUT,
  );

  it("is set up by its README as its program asks, and shows outputs that there are", () => {
    const program = text("index.ts");
    const asked = [...program.matchAll(/config\.\w+\("(\w+)"\)/g)].map(([, key]) => key);
    const set = commands.map((command) => /^pulumi config set (?:--secret )?(\w+)/.exec(command)?.[1]).filter(Boolean);
    expect(set.sort()).toEqual(asked.sort());
    const shown = commands.map((command) => /^pulumi stack output (\w+)/.exec(command)?.[1]).filter(Boolean);
    expect(shown.length).toBeGreaterThan(0);
    for (const output of shown) expect(program).toContain(`export const ${output} `);
  });
});
