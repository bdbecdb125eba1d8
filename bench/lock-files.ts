/** Locks of many packages with the sizes that real ones have, the same bytes each time: wheels for several platforms, each with
 *  its address and hash; conda packages for three platforms. */
import crypto from "node:crypto";

interface LockedPackage {
  readonly name: string;
  readonly version: string;
  /** The ends of the file names, after the version. */
  readonly files: readonly string[];
  readonly dependencies: readonly string[];
}

const compiled = [
  "cp311-cp311-macosx_11_0_arm64",
  "cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64",
  "cp311-cp311-win_amd64",
  "cp312-cp312-macosx_11_0_arm64",
  "cp312-cp312-manylinux_2_17_aarch64.manylinux2014_aarch64",
  "cp312-cp312-musllinux_1_2_x86_64",
  "cp313-cp313-macosx_11_0_arm64",
  "cp313-cp313-win_amd64",
] as const;

/** One in four has compiled wheels, for two series of each tag; the others have one wheel. */
function lockedPackages(count: number): readonly LockedPackage[] {
  return Array.from({ length: count }, (_, index) => {
    const tags =
      index % 4 === 0 ? compiled.flatMap((tag) => [tag, tag.replace("cp31", "cp30")]) : ["py3-none-any"];
    return {
      name: `package-${index}`,
      version: `${index % 7}.${index % 23}.${index % 11}`,
      files: [".tar.gz", ...tags.map((tag) => `-${tag}.whl`)],
      dependencies: [1, 2, 3, 4, 5].map((step) => `package-${(index * 7 + step * 13) % count}`),
    };
  });
}

const digest = (of: string, length = 64): string =>
  crypto.createHash("sha256").update(of).digest("hex").slice(0, length);

/** A uv.lock whose project depends on every package. */
export function uvLockText(count: number): string {
  const packages = lockedPackages(count);
  const file = ({ name, version }: LockedPackage, end: string): string => {
    const folder = `${digest(`${name}${end}a`, 2)}/${digest(`${name}${end}b`, 2)}/${digest(`${name}${end}c`, 60)}`;
    const address = `https://files.pythonhosted.org/packages/${folder}/${name.replace("-", "_")}-${version}${end}`;
    return `{ url = "${address}", hash = "sha256:${digest(name + end)}", size = 12345, upload-time = "2024-05-06T12:34:56.789Z" }`;
  };
  const depends = (names: readonly string[]): string =>
    names
      .map(
        (name, index) =>
          `    { name = "${name}"${index === 2 ? `, marker = "sys_platform == 'win32'"` : ""} },\n`,
      )
      .join("");
  const entries = packages.map((each) => {
    const [source = "", ...wheels] = each.files;
    return `
[[package]]
name = "${each.name}"
version = "${each.version}"
source = { registry = "https://pypi.org/simple" }
dependencies = [
${depends(each.dependencies)}]
sdist = ${file(each, source)}
wheels = [
${wheels.map((end) => `    ${file(each, end)},\n`).join("")}]
`;
  });
  const root = `
[[package]]
name = "project"
version = "1"
source = { virtual = "." }
dependencies = [
${depends(packages.filter((_, index) => index % 3 === 0).map(({ name }) => name))}]
`;
  return `version = 1\nrevision = 3\nrequires-python = ">=3.11"\n${entries.join("")}${root}`;
}

/** A poetry.lock of version 2.1. */
export function poetryLockText(count: number): string {
  const entries = lockedPackages(count).map(
    ({ name, version, files, dependencies }) => `[[package]]
name = "${name}"
version = "${version}"
description = "What ${name} is for, in one line as long as such lines are."
optional = false
python-versions = ">=3.8"
groups = ["main"]
markers = "python_version < \\"3.14\\""
files = [
${files.map((end) => `    {file = "${name.replace("-", "_")}-${version}${end}", hash = "sha256:${digest(name + end)}"},\n`).join("")}]

[package.dependencies]
${dependencies.map((each) => `${each} = ">=1.0"\n`).join("")}
`,
  );
  const metadata = `[metadata]\nlock-version = "2.1"\npython-versions = ">=3.11"\ncontent-hash = "${digest("")}"\n`;
  return entries.join("") + metadata;
}

/** A conda-lock.yml with every package for each of three platforms. */
export function condaLockText(count: number): string {
  const platforms = ["linux-64", "osx-arm64", "win-64"] as const;
  const head = `version: 1
metadata:
  content_hash:
${platforms.map((platform) => `    ${platform}: ${digest(platform)}\n`).join("")}  channels:
  - url: conda-forge
    used_env_vars: []
  platforms:
${platforms.map((platform) => `  - ${platform}\n`).join("")}  sources:
  - environment.yml
package:
`;
  const entries = lockedPackages(count).flatMap(({ name, version, dependencies }) =>
    platforms.map((platform) => {
      const hash = digest(name + platform);
      return `- name: ${name}
  version: ${version}
  manager: conda
  platform: ${platform}
  dependencies:
${dependencies.map((each) => `    ${each}: '>=1.0,<2'\n`).join("")}  url: https://conda.anaconda.org/conda-forge/${platform}/${name}-${version}-py312h${hash.slice(0, 7)}_0.conda
  hash:
    md5: ${hash.slice(0, 32)}
    sha256: ${hash}
  category: main
  optional: false
`;
    }),
  );
  return head + entries.join("");
}
