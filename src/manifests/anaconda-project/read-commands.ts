import { makeFinding, type Finding, type Manifest } from "../../model/index.ts";
import { isNull, readVariables, type CondaFile } from "../conda/read-dependencies.ts";
import { folderOf, resolvePath } from "../manifest-format.ts";
import { declareCommand, neverEnds, type DeclaredCommand } from "../shell/declare-command.ts";
import { makeCommand } from "../shell/make-command.ts";
import { plainName } from "../shell/name-command.ts";
import { asTable, asText } from "../toml/toml-values.ts";

/** A Windows line that a shell elsewhere reads the same way. */
const plainPython = /^python\s+[\w./\\-]+\.py(?:\s+[\w.,=:/+-]+)*$/u;

/** The commands: `unix` lines and notebooks; servers and lines for Windows alone are findings. */
export function readCommands(file: CondaFile, variables: Manifest["variables"]): DeclaredCommand {
  const commands: DeclaredCommand["commands"][number][] = [];
  const findings: Finding[] = [];
  const known = environmentOf(variables);
  for (const [name, value] of Object.entries(asTable(file.document.value["commands"]))) {
    const found = readCommand(file, name, asTable(value), known);
    commands.push(...found.commands);
    findings.push(...found.findings);
  }
  return { commands, findings };
}

/** Variables whose value is declared. */
export function environmentOf(variables: Manifest["variables"]): Readonly<Record<string, string>> {
  return Object.fromEntries(variables.flatMap(({ name, value }) => (value === null ? [] : [[name, value]])));
}

function readCommand(
  file: CondaFile,
  name: string,
  said: ReturnType<typeof asTable>,
  known: Readonly<Record<string, string>>,
): DeclaredCommand {
  const at = ["commands", name];
  const location = { file: file.path, line: file.document.lineOf(at) };
  const own = readVariables(file, [...at, "variables"], said["variables"]);
  const cwd = folderOf(file.path).replace(/\/$/u, "") || ".";
  const declared = { name, location, cwd, env: { ...known, ...environmentOf(own) } };
  const part = (key: string): string | null => {
    const text = asText(said[key])?.trim() ?? "";
    return isNull(text) ? null : text;
  };
  const page = part("notebook");
  const notebook = page === null ? null : resolvePath(folderOf(file.path), page);
  const unix = part("unix");
  const windows = part("windows");
  const server = part("bokeh_app") ?? part("conda_app_entry");
  if (page !== null) {
    if (notebook === null || !notebook.endsWith(".ipynb")) return { commands: [], findings: [] };
    return {
      commands: [
        makeCommand({ ...declared, name: plainName(name), cwd: ".", kind: "notebook", run: notebook }),
      ],
      findings: [],
    };
  }
  if (unix !== null) {
    if (part("supports_http_options") === "true")
      return { commands: [], findings: [neverEnds(declared, unix)] };
    return declareCommand({ ...declared, run: inProject(unix) });
  }
  if (windows !== null) return readWindows(declared, windows);
  return server === null
    ? { commands: [], findings: [] }
    : { commands: [], findings: [neverEnds(declared, server)] };
}

function readWindows(
  declared: Omit<Parameters<typeof declareCommand>[0], "run">,
  line: string,
): DeclaredCommand {
  const isPlain = plainPython.test(line);
  const finding = makeFinding(
    "command-for-windows",
    "warning",
    `${declared.name} is declared for Windows only`,
    {
      ...declared.location,
      why: isPlain
        ? "anaconda-project refuses to run it elsewhere; its line is the same everywhere, so it is run all the same"
        : "its line is cmd.exe's, and nothing says what to run elsewhere",
      fix: `Add "unix: ${isPlain ? line.replaceAll("\\", "/") : "..."}" to it.`,
    },
  );
  const found = isPlain ? declareCommand({ ...declared, run: line.replaceAll("\\", "/") }) : null;
  return { commands: found?.commands ?? [], findings: [finding, ...(found?.findings ?? [])] };
}

/** PROJECT_DIR is the folder that the command runs in. */
function inProject(line: string): string {
  return line.replaceAll(/\$(?:PROJECT_DIR\b|\{PROJECT_DIR\})/gu, ".");
}
