import { copyFile, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const STACKS = fileURLToPath(new URL("../../stacks/", import.meta.url));

/** A Pulumi project in a folder of its own. */
export class Project {
  readonly dir: string;

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

  /** Replaces a text that stands in the program once. */
  async edit(from: string, to: string): Promise<void> {
    const file = join(this.dir, "index.ts");
    const parts = (await readFile(file, "utf8")).split(from);
    if (parts.length !== 2) throw new Error(`${JSON.stringify(from)} stands ${parts.length - 1} times in ${file}`);
    await writeFile(file, parts.join(to));
  }

  remove(): Promise<void> {
    return rm(this.dir, { recursive: true, force: true });
  }
}
