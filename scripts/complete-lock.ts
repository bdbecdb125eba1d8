/**
 * Completes package-lock.json for platforms whose packages the registry at hand does not serve: npm leaves such optional
 * dependencies out of the lock, and then `npm ci` refuses it. Run it after `npm install` (npm run complete-lock).
 */
import fs from "node:fs";

interface LockedPackage {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const file = "package-lock.json";
const lock = JSON.parse(fs.readFileSync(file, "utf8")) as { packages: Record<string, LockedPackage> };
const systems = [
  "android",
  "darwin",
  "freebsd",
  "openharmony",
  "linux",
  "netbsd",
  "openbsd",
  "sunos",
  "win32",
];
const processors = [
  "arm64",
  "arm",
  "ia32",
  "loong64",
  "ppc64",
  "riscv64",
  "s390x",
  "wasm32",
  "x64",
  "mips64el",
];

function find(name: string, words: readonly string[]): string[] {
  const parts = name.split(/[-/]/u);
  const word = words.find((candidate) => parts.includes(candidate));
  return word === undefined ? [] : [word];
}

let added = 0;
for (const parent of Object.values(lock.packages)) {
  for (const [name, range] of Object.entries(parent.optionalDependencies ?? {})) {
    const key = `node_modules/${name}`;
    if (lock.packages[key] !== undefined || !/^\d/u.test(range)) continue;
    const os = find(name, systems);
    const cpu = find(name, processors);
    lock.packages[key] = {
      version: range,
      ...(cpu.length > 0 ? { cpu } : {}),
      ...(parent.dev === true ? { dev: true } : {}),
      optional: true,
      ...(os.length > 0 ? { os } : {}),
    };
    added += 1;
  }
}
const sorted = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
fs.writeFileSync(file, `${JSON.stringify({ ...lock, packages: sorted }, null, 2)}\n`);
console.log(`${added} entries added`);
