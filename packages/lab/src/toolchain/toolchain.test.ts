// The one place of this package where servers and programs are fakes: what is tested is which of several sources is
// taken and what is refused, and a real release server cannot be made to publish a wrong checksum.
import { createHash } from "node:crypto";
import { once } from "node:events";
import { chmod, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { run } from "../run.js";
import { temporaryFolder } from "../test-support.js";
import type { ToolPin } from "./pins.js";
import { removeCompilerCache, Toolchain, type ToolchainOptions } from "./toolchain.js";

const NAMES = ["pulumi", "pulumi-language-nodejs"];
let folder: string;
let said: string[];

beforeEach(async () => {
  folder = await temporaryFolder();
  said = [];
});

/** A release server; counts what it is asked for. */
async function serve(files: Readonly<Record<string, string | Buffer>>): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const content = files[request.url ?? ""];
    response.statusCode = content === undefined ? 404 : 200;
    response.end(content);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

/** The archive of a release, as its maker packs it: with a folder around the programs. */
async function archive(): Promise<Buffer> {
  const inside = join(folder, "pack", "pulumi");
  await mkdir(inside, { recursive: true });
  for (const name of NAMES) await writeFile(join(inside, name), `released ${name}`);
  await run("tar", ["-czf", join(folder, "pack.tar.gz"), "-C", join(folder, "pack"), "pulumi"]);
  return readFile(join(folder, "pack.tar.gz"));
}

function pin(url: string): ToolPin {
  return {
    name: "pulumi",
    version: "3.259.0",
    binaries: NAMES.map((name) => ({ name, group: "pulumi" as const, package: `./${name}`, seconds: 1 })),
    release: { url: () => `${url}/p.tar.gz`, checksums: () => `${url}/sums` },
    installed: { args: ["version"], from: "3.248.0", before: "4.0.0" },
  };
}

function toolchain(changes: Partial<ToolchainOptions> = {}): Toolchain {
  const build: ToolchainOptions["build"] = async ({ binary, output }) => {
    await mkdir(join(output, ".."), { recursive: true });
    await writeFile(output, `built ${binary.name}`);
  };
  const env = { PATH: join(folder, "path") };
  return new Toolchain({ cache: join(folder, "cache"), env, build, problem: async () => undefined, ...changes });
}

async function install(version: string, names: readonly string[] = NAMES): Promise<void> {
  await mkdir(join(folder, "path"), { recursive: true });
  for (const name of names) {
    await writeFile(join(folder, "path", name), `#!/bin/sh\necho v${version}\n`);
    await chmod(join(folder, "path", name), 0o755);
  }
}

const options = { say: (step: string) => void said.push(step) };
const sha256 = (data: Buffer) => createHash("sha256").update(data).digest("hex");

async function contents(chain: Toolchain, tool: ToolPin): Promise<string[]> {
  const { folder: where } = await chain.get(tool);
  return Promise.all(NAMES.map((name) => readFile(join(where, name), "utf8")));
}

/** A port that nobody listens on. */
const NOWHERE = "http://127.0.0.1:9";

describe("acquire", () => {
  it("takes a good one on PATH and asks nobody", async () => {
    await install("3.250.1");
    const { url, asked } = await serve({});
    const chain = toolchain();
    await chain.acquire([pin(url)], options);
    expect(said).toEqual([`using pulumi 3.250.1 of ${join(folder, "path")}`]);
    expect(await chain.get(pin(url))).toMatchObject({ source: "path", folder: join(folder, "path") });
    expect(asked).toEqual([]);
  });

  it.each([
    ["too old", "3.247.9", NAMES, "is 3.247.9, wanted is 3.248.0 or newer, below 4.0.0"],
    ["of the next major version", "4.0.0", NAMES, "is 4.0.0, wanted"],
    ["a development build", "3.260.0-dev.1", NAMES, "does not say a released version"],
    ["without its language host", "3.259.0", ["pulumi"], "do not lie beside"],
  ])("does not take one on PATH that is %s, and says why", async (_, version, names, reason) => {
    await install(version, names);
    const chain = toolchain();
    await chain.acquire([pin(NOWHERE)], options);
    expect(said[0]).toMatch(/^not using what is on PATH: /);
    expect(said[0]).toContain(reason);
    expect((await chain.get(pin(NOWHERE))).source).toBe("build");
  });

  it("downloads a release whose checksum is right, and the next time takes it from the cache", async () => {
    const data = await archive();
    const { url, asked } = await serve({ "/p.tar.gz": data, "/sums": `${sha256(data)}  p.tar.gz\n` });
    const chain = toolchain();
    await chain.acquire([pin(url)], options);
    expect(await contents(chain, pin(url))).toEqual(NAMES.map((name) => `released ${name}`));
    expect(said).toEqual(["downloading pulumi 3.259.0", "downloaded pulumi 3.259.0, checksum verified"]);
    asked.length = 0;
    await toolchain().acquire([pin(url)], options);
    expect(said.at(-1)).toBe("pulumi 3.259.0 is in the cache");
    expect(asked).toEqual([]);
  });

  it("refuses a release whose checksum is wrong, and builds", async () => {
    const data = await archive();
    const { url } = await serve({ "/p.tar.gz": data, "/sums": `${"0".repeat(64)}  p.tar.gz\n` });
    const chain = toolchain();
    await chain.acquire([pin(url)], options);
    expect(said[1]).toContain(`its sha256 is ${sha256(data)}, published is ${"0".repeat(64)}`);
    expect(await contents(chain, pin(url))).toEqual(NAMES.map((name) => `built ${name}`));
  });

  it("takes nothing whose checksum is not published", async () => {
    const { url } = await serve({ "/p.tar.gz": await archive(), "/sums": "" });
    const chain = toolchain();
    await chain.acquire([pin(url)], options);
    expect(said[1]).toContain(`${url}/sums holds no checksum of p.tar.gz`);
    expect((await chain.get(pin(url))).source).toBe("build");
  });

  it("builds where no server can be reached, having said so", async () => {
    const chain = toolchain();
    await chain.acquire([pin(NOWHERE)], options);
    expect(said[0]).toBe("pulumi: 127.0.0.1:9 cannot be reached, so it is built");
    expect(said.slice(1).filter((line) => line.startsWith("building"))).toHaveLength(2);
    expect(await contents(chain, pin(NOWHERE))).toEqual(NAMES.map((name) => `built ${name}`));
  });

  it("builds what its makers do not publish, having asked no server", async () => {
    const { release: _, ...unpublished } = pin(NOWHERE);
    const chain = toolchain();
    await chain.acquire([unpublished], options);
    expect(said[0]).toBe("pulumi: its makers publish no program to download, so it is built");
    expect(await contents(chain, unpublished)).toEqual(NAMES.map((name) => `built ${name}`));
  });

  it("asks a server only once whether it is there", async () => {
    const { url, asked } = await serve({});
    const tools = ["a", "b", "c"].map((name) => ({ ...pin(url), name }));
    await toolchain().acquire(tools, options);
    expect(asked.filter((line) => line.startsWith("HEAD"))).toHaveLength(1);
  });

  it("goes on where it was broken off: what is built is not built again", async () => {
    const built: string[] = [];
    const failing = toolchain({
      build: async ({ binary, output }) => {
        if (binary.name === "pulumi") throw new Error("killed");
        await mkdir(join(output, ".."), { recursive: true });
        await writeFile(output, "");
      },
    });
    await expect(failing.acquire([pin(NOWHERE)], options)).rejects.toThrow("killed");
    await toolchain({ build: async ({ binary }) => void built.push(binary.name) }).acquire([pin(NOWHERE)], options);
    expect(built).toEqual(["pulumi"]);
  });

  it("says what is missing where nothing can be downloaded or built", async () => {
    const chain = toolchain({ problem: async () => "Go does not run: install Go" });
    const message = "pulumi 3.259.0 must be built, but Go does not run: install Go";
    expect(await chain.missing([pin(NOWHERE)])).toEqual([message]);
    await expect(chain.acquire([pin(NOWHERE)], options)).rejects.toThrow(message);
  });

  it("says so where the lab does not run at all", async () => {
    const chain = toolchain({ platform: undefined });
    expect(await chain.missing([pin(NOWHERE)])).toEqual([expect.stringContaining("use Linux on amd64")]);
    expect(await chain.find(pin(NOWHERE))).toBeUndefined();
  });

  it("cannot have what is not published where nothing can be built", async () => {
    const { release: _, ...unpublished } = pin(NOWHERE);
    const chain = toolchain({ problem: async () => "no Go" });
    expect(await chain.missing([unpublished])).toEqual(["pulumi 3.259.0 must be built, but no Go"]);
  });

  it("misses nothing where a release can be downloaded", async () => {
    const { url } = await serve({});
    expect(await toolchain({ problem: async () => "no Go" }).missing([pin(url)])).toEqual([]);
  });
});

it("removeCompilerCache leaves what was acquired", async () => {
  for (const name of ["bin", "build", "go-build"]) await mkdir(join(folder, name, "x"), { recursive: true });
  await removeCompilerCache(folder);
  expect(await readdir(folder)).toEqual(["bin"]);
});
