import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { readManifests } from "../manifests/index.ts";
import type { Project } from "../model/index.ts";
import { temporaryDirectory } from "../system/index.ts";
import { installerFiles } from "./installer-files.ts";

const lock = JSON.stringify({
  _meta: { "pipfile-spec": 6, requires: { python_version: "3.11" } },
  default: {
    numpy: { version: "==1.26.4", hashes: [`sha256:${"0".repeat(64)}`] },
    six: { version: "==1.16.0", hashes: [`sha256:${"0".repeat(64)}`] },
  },
  develop: {},
});

/** What an installer is given, with the text of what was written for it. */
function given(files: Readonly<Record<string, string>>) {
  using room = temporaryDirectory("installer-files");
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(room.path, name), text);
  const read = (file: string): string | null => files[file] ?? null;
  const manifests = readManifests(Object.keys(files), read, (file) => file in files);
  const project = { root: room.path, manifests } as unknown as Project;
  const scratch = path.join(room.path, "scratch");
  fs.mkdirSync(scratch);
  const { files: named, origin } = installerFiles(project, room.path, scratch);
  const limits = path.join(scratch, "constraints.txt");
  return {
    files: named.map((file) => path.basename(file)),
    origin,
    limits: fs.existsSync(limits) ? fs.readFileSync(limits, "utf8").trim().split("\n") : [],
  };
}

test("what a spec leaves open is installed in the version of the lock beside it", () => {
  expect(
    given({ Pipfile: '[packages]\nnumpy = "*"\nsix = "==1.15.0"\n', "Pipfile.lock": lock }),
  ).toMatchObject({
    origin: "Pipfile (versions of Pipfile.lock)",
    limits: ["numpy==1.26.4"],
  });
});

test("a file that the installer reads itself is given with the versions beside it", () => {
  const pyproject = '[project]\nname = "p"\nversion = "1"\ndependencies = ["numpy>=1", "attrs"]\n';
  const pylock =
    'lock-version = "1.0"\ncreated-by = "x"\n[[packages]]\nname = "numpy"\nversion = "1.26.4"\n[[packages]]\nname = "attrs"\nversion = "23.1.0"\n[[packages]]\nname = "attrs"\nversion = "23.2.0"\n';
  expect(given({ "pyproject.toml": pyproject, "pylock.toml": pylock })).toEqual({
    files: ["pyproject.toml", "requirements.in"],
    origin: "pyproject.toml (versions of pylock.toml)",
    limits: ["numpy==1.26.4"],
  });
});

test("a lock that the spec does not admit gives no version", () => {
  expect(given({ Pipfile: '[packages]\nnumpy = ">=2"\n', "Pipfile.lock": lock })).toMatchObject({
    origin: "Pipfile",
    limits: [],
  });
});
