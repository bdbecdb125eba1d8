/** What entry.js starts: the only place that ends the process. Interrupted, it ends what runs and removes what it made. */
import { endAllProcesses, removeTemporaries, settleInterruption } from "../system/index.ts";
import { exitCodes } from "./exit-codes.ts";

async function interrupted(): Promise<never> {
  process.stderr.write("\nrung: interrupted; ending what runs\n");
  await endAllProcesses();
  await settleInterruption();
  removeTemporaries();
  process.exit(exitCodes.interrupted);
}

process.once("SIGINT", () => void interrupted());
process.once("SIGTERM", () => void interrupted());
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(exitCodes.met);
});

try {
  const { runCommandLine } = await import("./run.ts");
  process.exitCode = await runCommandLine(process.argv.slice(2));
} catch (error) {
  process.stderr.write(
    `rung: this is a bug in Rung. Please report it with what follows.\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exitCode = exitCodes.bug;
} finally {
  removeTemporaries();
}
