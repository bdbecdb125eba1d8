/** Whether markers say the same: pip's own copy of `packaging` evaluates them on many Pythons and platforms. */
import { execFileSync } from "node:child_process";

/** A package with what is said of it on two sides; it is installed where any of a side's markers holds (null: always). */
export interface MarkerPair {
  readonly name: string;
  readonly ours: readonly (string | null)[];
  readonly theirs: readonly (string | null)[];
}

const program = `
import itertools, json, sys
from pip._vendor.packaging.markers import Marker
from pip._vendor.packaging.specifiers import SpecifierSet
given = json.load(sys.stdin)
platforms = [
    ("linux", "Linux", "posix", "x86_64"), ("linux", "Linux", "posix", "aarch64"), ("darwin", "Darwin", "posix", "arm64"),
    ("darwin", "Darwin", "posix", "x86_64"), ("win32", "Windows", "nt", "AMD64"), ("win32", "Windows", "nt", "x86"),
    ("cygwin", "CYGWIN_NT", "posix", "x86_64"), ("emscripten", "Emscripten", "posix", "wasm32"),
    ("android", "Android", "posix", "aarch64"),
]
pythons = ["3.8.20", "3.9.2", "3.9.21", "3.10.1", "3.10.16", "3.11.1", "3.11.11", "3.12.8", "3.13.1", "3.14.0"]
wanted = SpecifierSet(given["python"])
grid = [
    dict(python_version=".".join(python.split(".")[:2]), python_full_version=python, implementation_version=python,
         implementation_name=implementation.lower(), platform_python_implementation=implementation, platform_release="",
         platform_version="", sys_platform=system, platform_system=name, os_name=os, platform_machine=machine, extra="")
    for python, implementation, (system, name, os, machine) in itertools.product(pythons, ["CPython", "PyPy"], platforms)
    if wanted.contains(python)
]
known = {}
def holds(marker):
    if marker is None:
        return [True] * len(grid)
    if marker not in known:
        parsed = Marker(marker)
        known[marker] = [parsed.evaluate(environment) for environment in grid]
    return known[marker]
def either(markers):
    return [any(each) for each in zip(*map(holds, markers))]
differ = []
for pair in given["pairs"]:
    ours, theirs = either(pair["ours"]), either(pair["theirs"])
    if ours != theirs:
        at = next(place for place, (one, other) in enumerate(zip(ours, theirs)) if one != other)
        where = {key: grid[at][key] for key in ("python_full_version", "sys_platform", "platform_machine", "implementation_name")}
        differ.append(dict(pair, where=where, wrong=sum(one != other for one, other in zip(ours, theirs))))
print(json.dumps(differ))
`;

/** The pairs whose sides differ in some environment that the Python specifier set allows, with the first such one. */
export function markersThatDiffer(pairs: readonly MarkerPair[], python: string): readonly unknown[] {
  const input = JSON.stringify({ pairs, python });
  return JSON.parse(
    execFileSync("python3", ["-c", program], { input, encoding: "utf8", maxBuffer: 1e8 }),
  ) as unknown[];
}
