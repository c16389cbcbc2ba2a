/** Ends a command with what kept it from its work, said on the standard error. */
export function stop(message: string): void {
  console.error(message);
  process.exitCode = 1;
}
