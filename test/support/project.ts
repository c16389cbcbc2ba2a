import { copyFile, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const STACKS = fileURLToPath(new URL("../../stacks/", import.meta.url));

/** A Pulumi project in a folder of its own. */
export class Project {
  readonly dir: string;
  /** The program, once it is compiled. */
  #source: string | undefined;

  constructor(dir: string) {
    this.dir = dir;
  }

  /** A copy of a folder of `stacks/`, with the packages that the original has. */
  static async stack(name: "hybrid" | "platform"): Promise<Project> {
    const dir = await mkdtemp(join(tmpdir(), `plinth-${name}-`));
    for (const file of ["index.ts", "Pulumi.yaml", "package.json", "tsconfig.json"]) {
      await copyFile(join(STACKS, name, file), join(dir, file));
    }
    await symlink(join(STACKS, name, "node_modules"), join(dir, "node_modules"));
    return new Project(dir);
  }

  /** A copy of `stacks/hybrid`. */
  static hybrid(): Promise<Project> {
    return Project.stack("hybrid");
  }

  /** Compiles the program, as a user may do as well: Pulumi then loads it in half of the time. What is edited stays TypeScript. */
  async compile(): Promise<void> {
    const [program, settings] = [join(this.dir, "index.ts"), join(this.dir, "Pulumi.yaml")];
    this.#source = await readFile(program, "utf8");
    await rm(program);
    const runtime = "runtime: { name: nodejs, options: { typescript: false } }";
    await writeFile(settings, (await readFile(settings, "utf8")).replace("runtime: nodejs", runtime));
    await this.#write(this.#source);
  }

  /** Replaces a text that stands in the program once. */
  async edit(from: string, to: string): Promise<void> {
    const source = this.#source ?? (await readFile(join(this.dir, "index.ts"), "utf8"));
    const parts = source.split(from);
    if (parts.length !== 2) throw new Error(`${JSON.stringify(from)} stands ${parts.length - 1} times in the program`);
    await this.#write(parts.join(to));
  }

  async #write(source: string): Promise<void> {
    if (this.#source === undefined) return writeFile(join(this.dir, "index.ts"), source);
    this.#source = source;
    const { default: ts } = await import("typescript"); // half a second, for those who compile
    const compilerOptions = {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
    };
    await writeFile(join(this.dir, "index.js"), ts.transpileModule(source, { compilerOptions }).outputText);
  }

  remove(): Promise<void> {
    return rm(this.dir, { recursive: true, force: true });
  }
}
