import type { Command } from "../../model/index.ts";
import { iniLines, readIni, type IniDocument, type IniLine } from "../ini/ini-document.ts";
import { baseName, defineManifestFormat, makeManifest } from "../manifest-format.ts";
import { forTests } from "../requirements-txt/for-tests.ts";
import { mergeTexts } from "../requirements-txt/merge-texts.ts";
import { readRequirementLines } from "../requirements-txt/read-requirements.ts";
import { makeCommand } from "../shell/make-command.ts";
import { isTestRun } from "../shell/test-run.ts";

/** tox.ini: what each test environment installs (its name is the group), and the tests that it runs. */
export const tox = defineManifestFormat({
  id: "tox.ini",
  matches: (path) => baseName(path) === "tox.ini",
  read(path, text, context) {
    const document = readIni(text);
    const sections = [...document.keys()].filter((name) => /^testenv(?::|$)/u.test(name));
    const readings = mergeTexts(
      sections.map((section) => {
        const lines = withReferences(document, iniLines(document, section, "deps")).map(toRequirementLine);
        return readRequirementLines(path, lines, context, { group: groupOf(section), constraint: false });
      }),
    );
    const declared = forTests(readings);
    const commands = sections.flatMap((section) =>
      testCommands(path, withReferences(document, iniLines(document, section, "commands")), section),
    );
    return makeManifest("tox.ini", path, {
      requirements: declared.requirements,
      constraints: declared.constraints,
      indexes: declared.indexes,
      findings: declared.findings,
      commands: commands.filter(
        ({ run }, index) => commands.findIndex((other) => other.run === run) === index,
      ),
    });
  },
});

const groupOf = (section: string): string =>
  section === "testenv" ? "tox" : section.slice("testenv:".length).trim() || "tox";

/** References lead to a list and perhaps on from there; deeper ones multiply. */
const deepest = 6;

/** The lines with `{[section]key}` replaced by the lines that it names; a reference to itself ends. */
function withReferences(
  document: IniDocument,
  lines: readonly IniLine[],
  seen: ReadonlySet<string> = new Set(),
): readonly IniLine[] {
  return lines.flatMap((line) => {
    const [, section, key] = /^\{\[([^\]]+)\]([\w-]+)\}$/u.exec(line.text) ?? [];
    if (section === undefined || key === undefined) return [line];
    const name = `${section} ${key}`;
    if (seen.has(name) || seen.size > deepest) return [];
    return withReferences(document, iniLines(document, section, key.toLowerCase()), new Set([...seen, name]));
  });
}

/** Without the factors that a line is for ("py38,lint: ruff"), and with paths seen from the file. */
function toRequirementLine({ text, line }: IniLine): IniLine {
  const said = text
    .replace(/^[!\w{},.\s-]*:\s+(?=\S)/u, "")
    .replaceAll(/\{(?:toxinidir|tox_root)\}(?:\{\/\}|[/\\])?/gu, "./")
    .replaceAll("{/}", "/");
  return { text: said, line };
}

/** Commands that run tests as they stand: those with what only tox fills in are left out. */
function testCommands(path: string, lines: readonly IniLine[], section: string): readonly Command[] {
  return lines.flatMap(({ text, line }) => {
    const run = text
      .replace(/^[!\w{},.\s-]*:\s+(?=\S)/u, "")
      .replace(/^-\s*/u, "")
      .replaceAll(/[ \t]?\{posargs(?::([^{}]*))?\}/gu, (_, fallback?: string) =>
        fallback === undefined || fallback === "" ? "" : ` ${fallback}`,
      )
      .trim();
    if (!isTestRun(run) || /[{}]/u.test(run)) return [];
    const name = section === "testenv" ? "tests" : groupOf(section);
    return [makeCommand({ name, kind: "test", run, location: { file: path, line } })];
  });
}
