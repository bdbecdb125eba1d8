import fs from "node:fs";
import path from "node:path";
import type { Manifest } from "../model/index.ts";
import { readManifests } from "./index.ts";

const fixtures = path.resolve(import.meta.dirname, "../../test/fixtures/manifests");

/** For tests: the text of a file in test/fixtures/manifests. */
export function fixtureText(name: string): string {
  return fs.readFileSync(path.join(fixtures, name), "utf8");
}

/** For tests: what a text says under a file's name, with other files beside it. */
export function readSample(
  name: string,
  text: string,
  beside: Readonly<Record<string, string>> = {},
): Manifest {
  const files: Readonly<Record<string, string>> = { ...beside, [name]: text };
  const [manifest] = readManifests([name], (asked) => files[asked] ?? null);
  if (manifest === undefined) throw new Error(`${name} was not read`);
  return manifest;
}

/** For tests: the requirements as "group:name and specifier@file:line". */
export function briefly(manifest: Manifest): readonly string[] {
  return manifest.requirements.map(
    ({ group, name, specifier, location }) =>
      `${group}:${name}${specifier}@${location.file}:${String(location.line)}`,
  );
}
