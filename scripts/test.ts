/** npm test: every test, unit and end to end; arguments go to vitest. */
import { spawnSync } from "node:child_process";

const result = spawnSync("vitest", ["run", ...process.argv.slice(2)], { stdio: "inherit" });
process.exitCode = result.status ?? 1;
