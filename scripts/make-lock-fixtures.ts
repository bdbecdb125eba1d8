/**
 * Makes the locks that test/differential/locks.test.ts reads, and what each lock's own tool exports from it.
 *
 *      node scripts/make-lock-fixtures.ts FOLDER [TOOL...]
 *
 * Needs uv (RUNG_UV, or on PATH), a Python 3.12 and 3.11, and the index; takes about ten minutes. What FOLDER holds from an
 * earlier run is kept. The fixtures in the repository were made on 2026-11-21.
 */
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";

interface Tool {
  /** Requirements of the tool itself, and the Python that it runs on. */
  readonly packages: readonly string[];
  readonly python: string;
  readonly manifest: string;
  readonly lockFile: string;
  readonly lock: readonly string[];
  /** Command lines whose output together is what is compared: of the project's own packages, and of all groups. */
  readonly main: readonly (readonly string[])[];
  readonly all: readonly (readonly string[])[];
  readonly projects: Readonly<Record<string, string>>;
}

const folder = path.resolve(process.argv[2] ?? "lock-fixtures");
const target = path.resolve(import.meta.dirname, "../test/differential/locks");
const uv = process.env["RUNG_UV"] ?? "uv";
const manifests = path.join(target, "projects");
const said = (name: string): string => fs.readFileSync(path.join(manifests, name), "utf8");

const index = `
[[tool.poetry.source]]
name = "index"
url = "https://pypi.org/simple"
priority = "primary"
`;
const uvExport = [uv, "export", "--quiet", "--frozen", "--no-emit-project", "--format", "requirements-txt"];
const poetryExport = ["poetry", "export", "--format", "requirements.txt"];
const poetryLock = ["poetry", "lock", "--no-interaction", "--quiet"];

const tools: Readonly<Record<string, Tool>> = {
  uv: {
    packages: [],
    python: "3.12",
    manifest: "pyproject.toml",
    lockFile: "uv.lock",
    lock: [uv, "lock", "--quiet", "--exclude-newer", "2025-06-01"],
    main: [[...uvExport, "--no-default-groups"]],
    all: [[...uvExport, "--all-groups", "--all-extras"]],
    projects: { science: said("science.toml"), web: said("web.toml") },
  },
  poetry: {
    packages: ["poetry==2.5.1", "poetry-plugin-export==1.10.1"],
    python: "3.12",
    manifest: "pyproject.toml",
    lockFile: "poetry.lock",
    lock: poetryLock,
    main: [poetryExport],
    all: [[...poetryExport, "--all-groups", "--all-extras"]],
    projects: Object.fromEntries(
      ["science", "web"].map((name) => [
        name,
        `${said(`${name}.toml`)}\n[tool.poetry]\npackage-mode = false\n${index}`,
      ]),
    ),
  },
  // The last version that states neither groups nor markers with each package.
  poetry18: {
    packages: ["poetry==1.8.5", "poetry-plugin-export<1.9"],
    python: "3.11",
    manifest: "pyproject.toml",
    lockFile: "poetry.lock",
    lock: poetryLock,
    main: [poetryExport],
    all: [[...poetryExport, "--with", "dev", "--all-extras"]],
    projects: { old: said("old.toml") },
  },
  pipenv: {
    packages: ["pipenv==2026.10.3"],
    python: "3.12",
    manifest: "Pipfile",
    lockFile: "Pipfile.lock",
    lock: ["pipenv", "lock"],
    main: [["pipenv", "requirements", "--hash"]],
    all: [
      ["pipenv", "requirements", "--hash", "--dev"],
      ["pipenv", "requirements", "--hash", "--categories", "docs"],
    ],
    projects: { science: said("science.Pipfile"), web: said("web.Pipfile") },
  },
};

fs.mkdirSync(target, { recursive: true });
const asked = process.argv.slice(3);
for (const [name, tool] of Object.entries(tools)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const bin = environmentFor(name, tool);
  const fixtures = Object.entries(tool.projects).map(([project, manifest]) => {
    const cwd = path.join(folder, `${name}-${project}`);
    const lockPath = path.join(cwd, tool.lockFile);
    fs.mkdirSync(cwd, { recursive: true });
    fs.writeFileSync(path.join(cwd, tool.manifest), manifest);
    if (!fs.existsSync(lockPath)) run(bin, tool.lock, cwd);
    const exported = (ways: Tool["main"]): string => ways.map((way) => run(bin, way, cwd)).join("\n");
    const files = { [tool.manifest]: manifest, [tool.lockFile]: fs.readFileSync(lockPath, "utf8") };
    return { project, lockFile: tool.lockFile, files, main: exported(tool.main), all: exported(tool.all) };
  });
  // A long window finds the hashes of the exports in the locks.
  const params = {
    [zlib.constants.ZSTD_c_compressionLevel]: 19,
    [zlib.constants.ZSTD_c_windowLog]: 24,
    [zlib.constants.ZSTD_c_enableLongDistanceMatching]: 1,
  };
  const packed = zlib.zstdCompressSync(shortened(JSON.stringify(fixtures)), { params });
  fs.writeFileSync(path.join(target, `${name}.json.zst`), packed);
  console.log(`${name}: ${fixtures.length} locks, ${(packed.length / 1e3).toFixed(0)} kB`);
}

/** Digests of files, and the addresses made of them, by their first 16 digits, in the locks and the exports alike: they are
 *  most of the bytes. A lock's hash of its manifest stays whole. */
function shortened(text: string): string {
  return text
    .replaceAll(/(?<=sha256:[0-9a-f]{16})[0-9a-f]{48}/gu, "")
    .replaceAll(/(?<=\/packages\/)[0-9a-f]{2}\/[0-9a-f]{2}\/([0-9a-f]{8})[0-9a-f]{52}(?=\/)/gu, "$1");
}

/** The folder with the tool's programs. */
function environmentFor(name: string, { packages, python }: Tool): string {
  const prefix = path.join(folder, `tool-${name}`);
  if (packages.length > 0 && !fs.existsSync(prefix)) {
    execFileSync(uv, ["venv", "--quiet", "--seed", "--python", python, prefix]);
    execFileSync(uv, ["pip", "install", "--quiet", "--python", path.join(prefix, "bin/python"), ...packages]);
  }
  return path.join(prefix, "bin");
}

function run(bin: string, [program = "", ...args]: readonly string[], cwd: string): string {
  const own = path.join(bin, program);
  return execFileSync(fs.existsSync(own) ? own : program, args, {
    cwd,
    encoding: "utf8",
    maxBuffer: 1e8,
    env: { ...process.env, PIPENV_IGNORE_VIRTUALENVS: "1", PIPENV_PYTHON: path.join(bin, "python") },
    stdio: ["ignore", "pipe", "inherit"],
  });
}
