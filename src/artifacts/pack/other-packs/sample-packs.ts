import { execFileSync } from "node:child_process";
import path from "node:path";
import { makeDirectory, sha256, writeAtomic } from "../../../system/index.ts";

interface SamplePacks {
  readonly sound: string;
  readonly altered: string;
}

/** For tests: a small environment as conda-pack lays it out, and one in which a file was changed and one is gone. */
export function sampleCondaPack(room: string): SamplePacks {
  const python = "#!/bin/sh\necho python\n";
  const library = "x = 1\n";
  const tool = "#!/opt/placeholder/bin/python\n";
  const data = "data\n";
  const file = (name: string, content: string, more = {}): object => ({
    _path: name,
    path_type: "hardlink",
    sha256: sha256(content),
    sha256_in_prefix: sha256(`${content} `),
    ...more,
  });
  const record = (name: string, version: string, paths: readonly object[]): string =>
    JSON.stringify({ name, version, subdir: "linux-64", paths_data: { paths, paths_version: 1 } });
  const files = (changed: boolean): Readonly<Record<string, string>> => ({
    "bin/python3.11": python,
    ...(changed ? {} : { "lib/python3.11/os.py": library }),
    "bin/tool": "#!/usr/bin/env python\n",
    "share/tool/data.txt": changed ? "other\n" : data,
    "bin/conda-unpack": "#!/usr/bin/env python\n",
    "conda-meta/python-3.11.9-h1.json": record("python", "3.11.9", [
      file("lib/python3.11/os.py", library),
      file("lib/python3.11/__pycache__/os.cpython-311.pyc", "compiled"),
    ]),
    "conda-meta/tool-1.0-0.json": record("tool", "1.0", [
      file("bin/tool", tool, { prefix_placeholder: "/opt/placeholder", file_mode: "text" }),
      file("share/tool/data.txt", data),
    ]),
  });
  return packed(room, "conda", files, ".tar.gz");
}

/** For tests: a pack as pixi-pack lays it out, and one in which a package was changed. */
export function samplePixiPack(room: string): SamplePacks {
  const name = "python-3.12.4-h1.conda";
  const entry = { name: "python", version: "3.12.4", sha256: sha256("package") };
  const repodata = JSON.stringify({ packages: {}, "packages.conda": { [name]: entry } });
  const files = (changed: boolean): Readonly<Record<string, string>> => ({
    "pixi-pack.json": JSON.stringify({ version: "1", platform: "linux-aarch64" }),
    "environment.yml": "dependencies: []\n",
    "channel/linux-aarch64/repodata.json": repodata,
    [`channel/linux-aarch64/${name}`]: changed ? "other" : "package",
    "pypi/six-1.16.0-py2.py3-none-any.whl": "wheel",
  });
  return packed(room, "pixi", files, ".tar");
}

function packed(
  room: string,
  label: string,
  files: (changed: boolean) => Readonly<Record<string, string>>,
  ending: string,
): SamplePacks {
  const write = (name: string, changed: boolean): string => {
    const folder = path.join(room, name);
    makeDirectory(folder);
    for (const [file, content] of Object.entries(files(changed)))
      writeAtomic(path.join(folder, file), content);
    const archive = `${folder}${ending}`;
    execFileSync("tar", [ending === ".tar" ? "-cf" : "-czf", archive, "-C", folder, "."]);
    return archive;
  };
  return { sound: write(label, false), altered: write(`${label}-altered`, true) };
}
