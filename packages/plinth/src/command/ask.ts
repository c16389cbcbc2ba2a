import { confirm, isCancel } from "@clack/prompts";

/**
 * Asks whether system packages may be installed. Answered without asking: yes with `--yes` and in CI, no where nobody can
 * be asked.
 */
export function askForPackages(yes: boolean): (packages: readonly string[]) => Promise<boolean> {
  return async (packages) => {
    const list =
      packages.length > 12 ? `${packages.slice(0, 12).join(" ")} and ${packages.length - 12} more` : packages.join(" ");
    console.log(`OpenStack's services come from system packages, installed with apt: ${list}`);
    if (yes || process.env.CI === "true") return true;
    return askYesNo(`Install ${packages.length} packages and what they need?`, "run again with --yes to install them");
  };
}

/** Asks on the terminal. @param elsewhere what to do where nobody can be asked, which is taken for a no */
export async function askYesNo(message: string, elsewhere: string): Promise<boolean> {
  if (!process.stdin.isTTY) {
    console.log(`Nobody can be asked here: ${elsewhere}.`);
    return false;
  }
  const answer = await confirm({ message });
  return !isCancel(answer) && answer;
}
