/** npm run check: types, lint, format, dead code and architecture, two at a time; prints what failed. */
import { spawn } from "node:child_process";

const checks: readonly (readonly [string, ...string[]])[] = [
  ["tsc", "-p", "."],
  ["knip", "--no-progress"],
  ["oxlint", "--deny-warnings"],
  ["oxfmt", "--check", "src", "scripts", "test", "bench", "architecture"],
];

function run([program, ...args]: readonly [string, ...string[]]): Promise<boolean> {
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
    const output: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => output.push(chunk));
    child.on("close", (code) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      console.log(`${code === 0 ? "ok    " : "FAILED"} ${program} (${seconds} s)`);
      if (code !== 0) console.log(Buffer.concat(output).toString("utf8"));
      resolve(code === 0);
    });
  });
}

const waiting = [...checks];
const results: boolean[] = [];
async function worker(): Promise<void> {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) results.push(await run(next));
}
await Promise.all([worker(), worker()]);
process.exitCode = results.every(Boolean) ? 0 : 1;
