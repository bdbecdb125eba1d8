import { makeFinding, type Finding, type Manifest } from "../../model/index.ts";
import { iniLines, readIni, type IniDocument, type IniLine } from "../ini/ini-document.ts";
import { baseName, defineManifestFormat, makeManifest, type ReadContext } from "../manifest-format.ts";
import { normaliseName } from "../requirement/names.ts";
import { parseRequirement } from "../requirement/parse-requirement.ts";
import { lenientSpecifier } from "../requirement/specifier.ts";
import { readRequirementLines, type RequirementsText } from "../requirements-txt/read-requirements.ts";
import { mergeTexts } from "../requirements-txt/merge-texts.ts";
import { readConsoleScripts } from "./console-scripts.ts";

/** setup.cfg: https://setuptools.pypa.io/en/latest/userguide/declarative_config.html */
export const setupCfg = defineManifestFormat({
  id: "setup.cfg",
  matches: (path) => baseName(path) === "setup.cfg",
  read(path, text, context) {
    const document = readIni(text);
    const list = (lines: readonly IniLine[], group: string): RequirementsText =>
      readList(path, lines, context, group);
    const extras = document.get("options.extras_require") ?? new Map<string, readonly IniLine[]>();
    const declared = mergeTexts([
      list(iniLines(document, "options", "install_requires"), ""),
      ...[...extras].map(([extra, lines]) => list(lines, normaliseName(extra.split(":")[0] ?? ""))),
      list(iniLines(document, "options", "setup_requires"), "build-system"),
      list(iniLines(document, "options", "tests_require"), "tests"),
    ]);
    const python = readPython(path, document);
    return makeManifest("setup.cfg", path, {
      projectName: iniLines(document, "metadata", "name")[0]?.text ?? null,
      requirements: declared.requirements,
      python: python.python,
      commands: readConsoleScripts(path, iniLines(document, "options.entry_points", "console_scripts")),
      findings: [...declared.findings, ...python.findings],
    });
  },
});

/** A list of requirements: one a line, several on a line parted by ";" (not a marker), or the files after `file:`. */
function readList(
  path: string,
  lines: readonly IniLine[],
  context: ReadContext,
  group: string,
): RequirementsText {
  const said = lines.map(({ text }) => text).join("\n");
  const as = { group, constraint: false };
  if (!/^file:/iu.test(said)) return readRequirementLines(path, lines.flatMap(partedLine), context, as);
  const files = lines.flatMap(({ text, line }) =>
    text
      .replace(/^file:/iu, "")
      .split(",")
      .map((file) => ({ text: `-r ${file.trim()}`, line }))
      .filter((entry) => entry.text !== "-r "),
  );
  return readRequirementLines(path, files, context, as);
}

/** The requirements of one line: "a; b" are two, unless what follows the semicolon is a marker. */
function partedLine({ text, line }: IniLine): readonly IniLine[] {
  const parts = text.split(";").filter((part) => part.trim() !== "");
  const origin = { location: { file: "", line } };
  const areAll = parts.every((part) => parseRequirement(part, origin) !== null);
  return areAll ? parts.map((part) => ({ text: part.trim(), line })) : [{ text, line }];
}

function readPython(
  path: string,
  document: IniDocument,
): { readonly python: Manifest["python"]; readonly findings: readonly Finding[] } {
  const said = iniLines(document, "options", "python_requires");
  const [first] = said;
  if (first === undefined) return { python: null, findings: [] };
  const text = said.map((line) => line.text).join("");
  const location = { file: path, line: first.line };
  const specifier = lenientSpecifier(text);
  if (specifier !== null && specifier !== "") return { python: { specifier, location }, findings: [] };
  const finding = makeFinding(
    "python-version-unclear",
    "warning",
    `"${text.slice(0, 80)}" names no Python version`,
    {
      ...location,
      why: "no installer can tell which Python the project needs",
      fix: 'write a version specifier such as ">=3.11"',
    },
  );
  return { python: null, findings: [finding] };
}
