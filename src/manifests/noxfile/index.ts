import { makeFinding, type Command, type Finding } from "../../model/index.ts";
import { baseName, defineManifestFormat, makeManifest } from "../manifest-format.ts";
import { readModule, type FunctionHead, type PlacedCall } from "../python-text/read-module.ts";
import { itemsOf } from "../python-text/values.ts";
import { forTests } from "../requirements-txt/for-tests.ts";
import { mergeTexts } from "../requirements-txt/merge-texts.ts";
import { readRequirementLines, type RequirementsText } from "../requirements-txt/read-requirements.ts";
import { makeCommand } from "../shell/make-command.ts";
import { shellLine } from "../../system/index.ts";
import { isTestRun } from "../shell/test-run.ts";

/** noxfile.py, read as text and never run: what each session installs (its name is the group), and its tests. */
export const noxfile = defineManifestFormat({
  id: "noxfile.py",
  matches: (path) => baseName(path) === "noxfile.py",
  read(path, text, context) {
    const parts: RequirementsText[] = [];
    const commands: Command[] = [];
    for (const call of readModule(text)) {
      const session = call.within === null ? null : sessionName(call.within);
      if (session === null) continue;
      if (/^\w+\.install$/u.test(call.name)) {
        const { lines, findings } = installLines(path, call);
        const read = readRequirementLines(path, lines, context, { group: session, constraint: false });
        parts.push(read, { requirements: [], constraints: [], indexes: [], findings });
      } else if (/^\w+\.run$/u.test(call.name)) commands.push(...testRun(path, call, session));
    }
    return makeManifest("noxfile.py", path, { ...forTests(mergeTexts(parts)), commands });
  },
});

function sessionName(head: FunctionHead): string | null {
  const decorator = head.decorators.find(({ name }) => /^(?:nox\.)?session$/u.test(name));
  if (decorator === undefined) return null;
  const name = decorator.named.get("name");
  return name?.kind === "text" ? name.text : head.name;
}

const withValue =
  /^(?:-r|-c|-e|-i|-f|--requirement|--constraint|--editable|--index-url|--extra-index-url|--find-links)$/u;

/** The words of one `session.install` as lines of a requirements file. */
function installLines(
  path: string,
  call: PlacedCall,
): {
  readonly lines: readonly { readonly text: string; readonly line: number }[];
  readonly findings: readonly Finding[];
} {
  const lines: { text: string; line: number }[] = [];
  const findings: Finding[] = [];
  const words = call.positional.flatMap(itemsOf);
  for (let index = 0; index < words.length; index++) {
    const word = words[index];
    if (word === undefined) break;
    const next = words[index + 1];
    if (word.kind !== "text") {
      const said = word.kind === "computed" ? word.said : "a file's lines";
      findings.push(
        makeFinding(
          "noxfile-computed",
          "info",
          `${call.name} is given what is computed (${said}), not read`,
          {
            file: path,
            line: word.line,
            why: "what this session installs is known only by running it",
          },
        ),
      );
    } else if (withValue.test(word.text)) {
      if (next?.kind === "text") lines.push({ text: `${word.text} ${next.text}`, line: word.line });
      index++;
    } else if (!/^-[-A-Z]|^-[a-z]$/u.test(word.text)) lines.push({ text: word.text, line: word.line });
  }
  return { lines, findings };
}

function testRun(path: string, call: PlacedCall, session: string): readonly Command[] {
  const words = call.positional.flatMap(itemsOf).map((word) => (word.kind === "text" ? word.text : null));
  // What only the session knows (its own arguments) comes last; without it the line still runs.
  const known = words.slice(0, words.includes(null) ? words.indexOf(null) : words.length);
  const run = shellLine(known.filter((word) => word !== null));
  if (!isTestRun(run)) return [];
  return [makeCommand({ name: session, kind: "test", run, location: { file: path, line: call.line } })];
}
