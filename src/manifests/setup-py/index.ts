import { makeFinding, type Command, type Finding, type Manifest } from "../../model/index.ts";
import {
  baseName,
  defineManifestFormat,
  folderOf,
  makeManifest,
  resolvePath,
  type ReadContext,
} from "../manifest-format.ts";
import { readModule } from "../python-text/read-module.ts";
import { computed, itemsOf, type Call, type Value } from "../python-text/values.ts";
import { normaliseName } from "../requirement/names.ts";
import { lenientSpecifier } from "../requirement/specifier.ts";
import { mergeTexts } from "../requirements-txt/merge-texts.ts";
import {
  readRequirementLines,
  readRequirementsText,
  type RequirementsText,
} from "../requirements-txt/read-requirements.ts";
import { readConsoleScripts } from "../setup-cfg/console-scripts.ts";

const groups: ReadonlyMap<string, string> = new Map([
  ["install_requires", ""],
  ["requires", ""],
  ["setup_requires", "build-system"],
  ["tests_require", "tests"],
]);

/** setup.py, read as text and never run: the literal arguments of its call of `setup`. */
export const setupPy = defineManifestFormat({
  id: "setup.py",
  matches: (path) => baseName(path) === "setup.py",
  read(path, text, context) {
    const call = readModule(text).findLast(({ name }) => /^(?:\w+\.)?setup$/u.test(name));
    if (call === undefined) return makeManifest("setup.py", path, {});
    const parts: RequirementsText[] = [];
    for (const [key, group] of groups) {
      const value = call.named.get(key);
      if (value !== undefined) parts.push(requirementsOf(path, value, group, key, context));
    }
    parts.push(...extrasOf(path, call, context));
    const spread = call.named.get("**");
    if (spread !== undefined) parts.push(notRead(path, spread, "setup()"));
    const declared = mergeTexts(parts);
    const python = readPython(path, call);
    const name = call.named.get("name");
    return makeManifest("setup.py", path, {
      projectName: name?.kind === "text" ? name.text : null,
      requirements: declared.requirements,
      indexes: declared.indexes,
      python: python.python,
      commands: scriptsOf(path, call),
      findings: [...declared.findings, ...python.findings],
    });
  },
});

const nothing: RequirementsText = { requirements: [], constraints: [], indexes: [], findings: [] };

function notRead(path: string, value: Value, key: string): RequirementsText {
  const said = value.kind === "computed" ? value.said : "a value";
  const finding = makeFinding("setup-py-computed", "warning", `${key} is computed (${said}), not read`, {
    file: path,
    line: value.line,
    why: "what the project needs is known only by running its setup.py, which differs from machine to machine",
    fix: "write the requirements as a list, or move them to pyproject.toml",
  });
  return { ...nothing, findings: [finding] };
}

function requirementsOf(
  path: string,
  value: Value,
  group: string,
  key: string,
  context: ReadContext,
): RequirementsText {
  const as = { group, constraint: false };
  return mergeTexts(
    itemsOf(value).map((item) => {
      if (item.kind === "text") {
        const lines = item.text.split("\n").map((text) => ({ text, line: item.line }));
        return readRequirementLines(path, lines, context, as);
      }
      if (item.kind !== "file") return notRead(path, item, key);
      const file = resolvePath(folderOf(path), item.path);
      const text = file === null ? null : context.readFile(file);
      if (file !== null && text !== null) return readRequirementsText(file, text, context, as);
      if (item.isGuess) return notRead(path, computed("a function of its own", item.line), key);
      const finding = makeFinding(
        "requirements-include-missing",
        "error",
        `${item.path} is read but is not there`,
        {
          file: path,
          line: item.line,
          why: "the project cannot be installed without it",
          fix: "add the file to the project",
        },
      );
      return { ...nothing, findings: [finding] };
    }),
  );
}

function extrasOf(path: string, call: Call, context: ReadContext): readonly RequirementsText[] {
  const extras = call.named.get("extras_require");
  if (extras === undefined) return [];
  if (extras.kind !== "table") {
    return itemsOf(extras).map((item) => notRead(path, item, "extras_require"));
  }
  return extras.entries.map(([extra, value]) => {
    if (extra === "**") return notRead(path, value, "extras_require");
    const [name = "", marker] = extra.split(":");
    const read = requirementsOf(
      path,
      value,
      normaliseName(name.trim()),
      `extras_require["${extra}"]`,
      context,
    );
    if (marker === undefined) return read;
    const requirements = read.requirements.map((entry) => ({
      ...entry,
      marker: entry.marker ?? marker.trim(),
    }));
    return { ...read, requirements };
  });
}

function readPython(
  path: string,
  call: Call,
): { readonly python: Manifest["python"]; readonly findings: readonly Finding[] } {
  const said = call.named.get("python_requires");
  if (said === undefined) return { python: null, findings: [] };
  if (said.kind !== "text")
    return { python: null, findings: notRead(path, said, "python_requires").findings };
  const specifier = lenientSpecifier(said.text);
  const location = { file: path, line: said.line };
  if (specifier !== null && specifier !== "") return { python: { specifier, location }, findings: [] };
  const finding = makeFinding(
    "python-version-unclear",
    "warning",
    `"${said.text.slice(0, 80)}" names no Python version`,
    {
      ...location,
      why: "no installer can tell which Python the project needs",
      fix: 'write a version specifier such as ">=3.11"',
    },
  );
  return { python: null, findings: [finding] };
}

function scriptsOf(path: string, call: Call): readonly Command[] {
  const points = call.named.get("entry_points");
  const scripts =
    points?.kind === "table" ? points.entries.find(([name]) => name === "console_scripts")?.[1] : undefined;
  if (scripts === undefined) return [];
  const lines = itemsOf(scripts).flatMap((item) =>
    item.kind === "text" ? [{ text: item.text.trim(), line: item.line }] : [],
  );
  return readConsoleScripts(path, lines);
}
