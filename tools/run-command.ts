/** How every command ends: with the exit code that it comes to, or with a sentence where it fails. */

/** @param atFault the exit code of a failure; @param lead what stands before its sentence. */
export function runCommand(main: () => Promise<number>, atFault = 1, lead = ''): void {
  main().then(
    (code) => {
      process.exitCode = code;
    },
    (error: Error) => {
      process.stderr.write(`${lead}${error.message}\n`);
      process.exitCode = atFault;
    },
  );
}
