import { expect, test } from "vitest";
import { readManifests } from "../manifests/index.ts";
import { chooseSpec } from "./spec.ts";

const pipfile = '[packages]\nnumpy = "*"\n[requires]\npython_version = "3.11"\n';
const lock = JSON.stringify({
  _meta: { "pipfile-spec": 6, requires: { python_version: "3.11" } },
  default: { numpy: { version: "==1.26.4", hashes: [`sha256:${"0".repeat(64)}`] } },
  develop: {},
});

function specOf(files: Readonly<Record<string, string>>): string | null {
  const read = (path: string): string | null => files[path] ?? null;
  return chooseSpec(readManifests(Object.keys(files), read, (path) => path in files))?.path ?? null;
}

test("a requirements.txt that is an export of the lock beside it stays what is installed", () => {
  const files = { Pipfile: pipfile, "Pipfile.lock": lock, "requirements.txt": "numpy==1.26.4\n" };
  expect(specOf(files)).toBe("requirements.txt");
});

test("one that names what the lock does not hold yields to what the lock is made from", () => {
  const frozen = "appnope==0.1.3\nnumpy==1.26.4\n";
  const files = { Pipfile: pipfile, "Pipfile.lock": lock, "requirements.txt": frozen };
  expect(specOf(files)).toBe("Pipfile");
  expect(specOf({ Pipfile: pipfile, "requirements.txt": frozen })).toBe("requirements.txt");
  const onMac = { ...files, "requirements.txt": 'appnope==0.1.3; sys_platform == "darwin"\nnumpy==1.26.4\n' };
  expect(specOf(onMac)).toBe("requirements.txt");
});
