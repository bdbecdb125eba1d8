/** The environments that the bench needs, kept in the temporary folder from one bench to the next. */
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

const science = [
  "numpy==2.2.1",
  "pandas==2.2.3",
  "scikit-learn==1.6.1",
  "nbclient==0.10.2",
  "ipykernel==6.29.5",
];

/** The prefix of the environment that the programs run in, made with `python`. */
export function programEnvironment(python: string): string {
  return environment(python, science);
}

/** The program `reprozip`; it is built from source, which needs a C compiler. */
export function reprozip(python: string): string {
  return path.join(environment(python, ["reprozip==1.3", "setuptools<81"]), "bin/reprozip");
}

function environment(python: string, packages: readonly string[]): string {
  const asked = "import sys; print('%d.%d.%d' % sys.version_info[:3])";
  const version = execFileSync(python, ["-c", asked], { encoding: "utf8" }).trim();
  const [first = ""] = packages;
  const prefix = path.join(os.tmpdir(), `rung-bench-${first.replace("==", "-")}-python-${version}`);
  const done = path.join(prefix, "made");
  if (fs.existsSync(done)) return prefix;
  fs.rmSync(prefix, { recursive: true, force: true });
  process.stderr.write(`installing ${packages.join(", ")} for Python ${version}\n`);
  execFileSync(python, ["-m", "venv", prefix]);
  execFileSync(path.join(prefix, "bin/pip"), ["install", "--quiet", ...packages]);
  fs.writeFileSync(done, "");
  return prefix;
}
