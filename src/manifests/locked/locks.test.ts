import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import type { Manifest, Requirement } from "../../model/index.ts";
import { readManifests } from "../index.ts";

const fixtures = path.join(import.meta.dirname, "fixtures");

function read(folder: string): Manifest | undefined {
  const root = path.join(fixtures, folder);
  return readManifests(fs.readdirSync(root), (name) =>
    fs.existsSync(path.join(root, name)) ? fs.readFileSync(path.join(root, name), "utf8") : null,
  )[0];
}

/** Digests are one letter many times over: "sha256:a". Left out: what is empty. */
function line({
  ecosystem,
  name,
  extras,
  specifier,
  group,
  marker,
  url,
  editable,
  hashes,
  location,
}: Requirement): string {
  const parts = [
    `${location.line} ${ecosystem === "conda" ? "conda:" : ""}${name}${extras.length > 0 ? `[${extras}]` : ""}${specifier}`,
    group === "" ? "" : `(${group})`,
    marker === null ? "" : `; ${marker}`,
    url === null ? "" : `@ ${url.split("/").slice(-2).join("/")}`,
    editable ? "-e" : "",
    hashes.map((hash) => hash.replace(/:(.).*/u, ":$1")).join(" "),
  ];
  return parts.filter((part) => part !== "").join(" ");
}

const said = (manifest: Manifest | undefined): readonly string[] => [
  ...(manifest?.requirements ?? []).map(line),
  ...(manifest?.indexes ?? []).map(({ kind, url, location }) => `${location.line} ${kind} ${url}`),
  ...(manifest?.findings ?? []).map(({ rule, line: at, message }) => `${at} ${rule}: ${message}`),
  `python ${manifest?.python?.specifier} at ${manifest?.python?.location.line}`,
];

const commit = "e".repeat(40);
const pypi = "https://pypi.org/simple";
const forge = "https://conda.anaconda.org/conda-forge";
const linux = "sys_platform == 'linux' and platform_machine == 'x86_64'";

const expected: Readonly<Record<string, readonly string[]>> = {
  "anaconda-project": [
    "12 conda:jupyterlab_pygments==0.1.2",
    "14 conda:readline==8.2 ; os_name == 'posix'",
    `16 conda:python==3.11.8 ; ${linux}`,
    "18 conda:python==3.11.8 ; sys_platform == 'win32' and platform_machine == 'AMD64'",
    "20 requests==2.31.0",
    "python ==3.11.8 at 16",
  ],
  "conda-explicit": [
    "4 conda:python==3.12.1 @ linux-64/python-3.12.1-hab00c5b_1_cpython.conda md5:a",
    "5 conda:typing-extensions==4.9.0 @ noarch/typing-extensions-4.9.0-pyha770c72_0.tar.bz2 sha256:b",
    "6 conda:bare==1.0 @ linux-64/bare-1.0-0.conda",
    "7 numpy==2.1.0 @ files.example/numpy-2.1.0-cp312-cp312-linux_x86_64.whl sha256:c",
    `4 channel ${forge}`,
    "6 channel https://repo.anaconda.com/pkgs/main",
    "6 lock-hash-missing: conda-linux-64.lock has no hash for 1 package: bare",
    "python ==3.12.1 at 4",
  ],
  "conda-exported": [
    "3 conda:_libgcc_mutex==0.1",
    "4 conda:numpy==1.26.4",
    "5 requests==2.31.0",
    "python undefined at undefined",
  ],
  "conda-lock": [
    `16 conda:python==3.12.1 ; ${linux} @ linux-64/python-3.12.1-hab00c5b_1_cpython.conda sha256:a md5:a`,
    "28 conda:python==3.12.1 ; sys_platform == 'darwin' and platform_machine == 'arm64' @ osx-arm64/python-3.12.1-h1_0_cpython.conda md5:b",
    `38 sphinx-theme==1.10 (docs) ; ${linux} @ files.example/sphinx_theme-1.10-py3-none-any.whl sha256:c`,
    "7 channel conda-forge",
    "python ==3.12.1 at 16",
  ],
  pdm: [
    '13 httpx==0.28.1 ; sys_platform != "win32" sha256:a',
    `33 patched==2 (dev) @ git.example/patched.git@${commit}`,
    `33 patched==2 (docs) @ git.example/patched.git@${commit}`,
    "python >=3.10,<3.14 at 10",
  ],
  "pdm-old": [
    "2 click==8.0 sha256:a",
    "9 colorama==0.4.6",
    "9 lock-hash-missing: pdm.lock has no hash for 1 package: colorama",
    "python undefined at undefined",
  ],
  pipenv: [
    "20 requests[socks]==2.31.0 ; python_version >= '3.7' sha256:a sha256:b",
    "30 local @ ./local -e",
    "34 open",
    "37 old==1.0 ; sys_platform == 'win32' sha256:c",
    `44 patched (dev) @ git.example/patched.git@${commit}#subdirectory=py`,
    "51 bare==1.0 (docs)",
    `10 index ${pypi}`,
    "10 extra-index https://index.example/simple",
    "51 lock-hash-missing: Pipfile.lock has no hash for 1 package: bare",
    "34 lock-version-missing: Pipfile.lock names no version of open",
    "python ==3.9.* at 7",
  ],
  pixi: [
    `23 conda:python==3.12.1 ; ${linux} @ linux-64/python-3.12.1-hab00c5b_1_cpython.conda sha256:a md5:a`,
    "28 conda:tzdata==2024b @ noarch/tzdata-2024b-hc8b5060_0.conda sha256:b",
    `30 numpy==2.1.0 ; ${linux} @ files.example/numpy-2.1.0-cp312-cp312-manylinux_2_17_x86_64.whl sha256:c`,
    `34 lib==0.1.0 ; ${linux} @ ./lib -e sha256:d`,
    "28 conda:tzdata==2024b (docs) @ noarch/tzdata-2024b-hc8b5060_0.conda sha256:b",
    `4 channel ${forge}/`,
    `6 index ${pypi}`,
    "python ==3.12.1 at 23",
  ],
  "pixi-5": [
    "11 conda:bzip2==1.0.8 @ linux-64/bzip2-1.0.8-h1_5.tar.bz2 sha256:a",
    "17 idna==3.7 @ files.example/idna-3.7-py3-none-any.whl sha256:b",
    `4 channel ${forge}/`,
    "python undefined at undefined",
  ],
  "pixi-7": ["14 conda:tool==0.1 @ ./tool", `8 channel ${forge}/`, "python undefined at undefined"],
  poetry: [
    '4 colorama==0.4.6 ; sys_platform == "win32" sha256:a sha256:b',
    "4 colorama==0.4.6 (pretty) sha256:a sha256:b",
    '4 colorama==0.4.6 (dev) ; os_name == "nt" sha256:a sha256:b',
    "26 local==0.1 @ ../local -e",
    `39 patched==2 (docs) @ git.example/patched.git@${commit}#subdirectory=py`,
    "55 private==3 sha256:c",
    "55 extra-index https://index.example/simple",
    "python >=3.10,<4 at 71",
  ],
  "poetry-old": [
    "2 click==8.0 sha256:a",
    "13 colorama==0.4.6 sha256:b",
    "21 pytest==7.0 (dev)",
    "21 lock-hash-missing: poetry.lock has no hash for 1 package: pytest",
    "python >=3.8,<4 at 29",
  ],
  pylock: [
    "9 numpy==2.1.0 ; python_version >= '3.10' sha256:a",
    "9 numpy==2.1.0 (dev) sha256:a",
    "16 seaborn==0.13 (plot) sha256:b",
    "22 lib @ lib -e",
    `9 index ${pypi}`,
    "python >=3.10 at 2",
  ],
  uv: [
    "27 lib==0.1 @ lib -e",
    "32 httpx==0.28.1 sha256:b sha256:a",
    "44 numpy==1.26.4 ; python_full_version < '3.12' sha256:c",
    "50 numpy==2.1.0 ; python_full_version >= '3.12' sha256:d",
    `56 patched==2 (plot) @ git.example/patched@${commit}#subdirectory=py`,
    "61 pytest==8.0 (dev) ; sys_platform != 'win32' @ files.example/pytest-8.0-py3-none-any.whl sha256:f",
    "67 socksio==1.0 sha256:1",
    `32 index ${pypi}`,
    "67 find-links links",
    "python >=3.10 at 3",
  ],
  "uv-old": ["11 six==1.16.0 sha256:a", `11 index ${pypi}`, "python >=3.11 at 2"],
};

test.each(Object.entries(expected))(
  "%s: every package with its place, group, marker and hashes",
  (folder, lines) => {
    const manifest = read(folder);
    expect(manifest?.isLock).toBe(true);
    expect(said(manifest)).toEqual(lines);
  },
);

test("every fixture is read", () => {
  expect(fs.readdirSync(fixtures).sort()).toEqual(Object.keys(expected).sort());
});

test("a file that is only called like a list of conda packages is no lock", () => {
  const [manifest] = readManifests(["environment.lock"], () => "name: x\ndependencies:\n  - numpy=1.2\n");
  expect(manifest).toMatchObject({ isLock: false, requirements: [] });
  expect(manifest?.findings).toMatchObject([{ rule: "lock-unlike-its-name", severity: "info" }]);
});

test("a lock of an unknown version is read as far as it looks as usual", () => {
  const uv = readManifests(["uv.lock"], () => 'version = 9\n\n[[package]]\nname = "six"\nversion = "1"\n')[0];
  expect(uv?.requirements).toMatchObject([{ name: "six", specifier: "==1", location: { line: 4 } }]);
  expect(uv?.findings.map(({ rule, line: at }) => `${rule}:${at}`)).toEqual([
    "lock-version-unknown:1",
    "lock-hash-missing:4",
  ]);
});
