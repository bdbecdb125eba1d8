import {
  matchInstructions,
  normaliseName,
  pypiName,
  readInstallLine,
  readInstructions,
  shellLine,
  type Instructions,
} from "../../manifests/index.ts";
import { makeFinding, type Command, type Finding } from "../../model/index.ts";
import { readText } from "../../system/index.ts";
import { claimed, missing, type Check } from "../define.ts";
import { directRequirements, openVersions, specFiles, statedRequirements } from "../spec-files.ts";
import type { Subject } from "../subject.ts";
import { lockInstructed } from "./lock-instructed.ts";
import { namedFrom } from "./named-from.ts";

/**
 * Level 1: a document for people names every command and how to install what they need, and what else it tells them to
 * run or to install is there and is the project's own.
 */
export function instructionsNameCommands(subject: Subject): Check {
  const { project } = subject;
  const { file, text } = instructions(subject);
  if (file === null)
    return { evidence: missing("instructions", noReadme), findings: [incomplete(null, noReadme)] };
  const said = read(subject, file, text);
  const { named, strange } = match(subject, said);
  const unnamed = project.commands.filter((command) => !named.includes(command));
  const lacks = [
    ...(unnamed.length === 0
      ? []
      : [`${file} does not name ${unnamed.map((command) => command.run).join(", ")}`]),
    ...(installsSpec(subject, said)
      ? []
      : [`${file} does not say how to install ${specFiles(project).join(", ")}`]),
  ];
  const findings = [
    ...lacks.map((lack) => incomplete(file, lack)),
    ...strange.map((command) => notACommand(file, command)),
    ...missingFiles(subject, file, said),
    ...otherPackages(subject, file, said),
    ...lockInstructed(subject, { file, said }, openVersions(subject.project), 1),
  ];
  const faults = findings.filter((finding) => finding.severity === "error");
  return faults.length === 0
    ? { evidence: claimed("instructions", `${file} names every command`), findings }
    : { evidence: missing("instructions", faults.map((finding) => finding.message).join("; ")), findings };
}

/** The document that instructs, with its text; the README where there are several. */
export function instructions(subject: Subject): { readonly file: string | null; readonly text: string } {
  const { documents, root } = subject.project;
  const inArchive = documents.filter((document) => subject.archive.has(document));
  const file = inArchive.find((document) => /^readme/iu.test(document)) ?? inArchive[0] ?? null;
  return { file, text: file === null ? "" : readText(`${root}/${file}`) };
}

/** What the document that instructs says; null where there is none. */
export function readOwnInstructions(
  subject: Subject,
): { readonly file: string; readonly said: Instructions } | null {
  const { file, text } = instructions(subject);
  return file === null ? null : { file, said: read(subject, file, text) };
}

/** The commands that the instructions name, out of the project's. */
export function instructedCommands(subject: Subject): readonly Command[] {
  const { file, text } = instructions(subject);
  return file === null ? [] : match(subject, read(subject, file, text)).named;
}

const noReadme = "There is no README";

function read(subject: Subject, file: string, text: string): Instructions {
  return readInstructions(file, text, { exists: (path) => subject.tree.has(path) });
}

function match(subject: Subject, said: Instructions): ReturnType<typeof matchInstructions> {
  const { commands, root } = subject.project;
  const makefile = ["GNUmakefile", "makefile", "Makefile"].find((name) => subject.tree.has(name));
  const text = makefile === undefined ? "" : readText(`${root}/${makefile}`);
  const target = /^([A-Za-z0-9_][\w./-]*)\s*:(?![=:])/mu.exec(text)?.[1] ?? null;
  return matchInstructions(said, commands, target);
}

/** Whether some line installs the spec; a project without one needs none. */
function installsSpec(subject: Subject, said: Instructions): boolean {
  const specs = specFiles(subject.project);
  if (specs.length === 0) return true;
  return said.install.some((line) => {
    const { files, project } = readInstallLine(line.text);
    if (project || /^make\s/u.test(line.text)) return true;
    return files.some((file) => {
      const path = namedFrom(subject, line.cwd ?? "", file) ?? "";
      return specs.includes(path) || isLockOrEnvironment(subject, path);
    });
  });
}

/** A lock or a conda environment installs more than the spec names, and the spec with it. */
const isLockOrEnvironment = ({ project }: Subject, path: string): boolean =>
  /(?:^|\/)environment\.ya?ml$/u.test(path) ||
  project.manifests.some((manifest) => manifest.isLock && manifest.path === path);

function missingFiles(subject: Subject, file: string, said: Instructions): readonly Finding[] {
  return said.install.flatMap((line) => {
    if (line.cwd === null) return [];
    const { cwd } = line;
    const gone = readInstallLine(line.text).files.filter((name) => {
      const path = namedFrom(subject, cwd, name);
      return path === null || !subject.archive.has(path);
    });
    return gone.map((name) =>
      makeFinding(
        "instruction-names-missing-file",
        "error",
        `${file} installs from ${name}, which ${subject.tree.has(name) ? "the archive does not hold" : "is not there"}`,
        {
          file,
          line: line.line,
          why: "Whoever follows the instructions is stopped at this line.",
          fix: `Add ${name} (to Git, where there is one), or name the file that is meant.`,
        },
      ),
    );
  });
}

/** What runs a notebook without a browser; Rung's own section names it, and no result rests on its version. */
const runsNotebooks = new Set(["nbconvert", "ipykernel", "jupyter", "notebook", "jupyterlab", "nbclient"]);
/** What installs the rest. */
const installers = new Set([
  "pip",
  "setuptools",
  "wheel",
  "uv",
  "virtualenv",
  "pipenv",
  "poetry",
  "pdm",
  "pip-tools",
]);

function otherPackages(subject: Subject, file: string, said: Instructions): readonly Finding[] {
  if (specFiles(subject.project).length === 0) return [];
  return said.install.flatMap((line) => {
    const declared = new Set(
      [...statedRequirements(subject.project), ...directRequirements(subject.project)].map(
        ({ name }) => name,
      ),
    );
    // A line may name a package as conda does, though the spec has it under the name of the index.
    const isDeclared = (bare: string): boolean =>
      declared.has(bare) ||
      (/^\S*(?:conda|mamba)\s/u.test(line.text) && declared.has(pypiName(bare) ?? bare));
    const names = readInstallLine(line.text).packages.filter((name) => {
      const bare = normaliseName(/^[\w.-]+/u.exec(name)?.[0] ?? "");
      return !runsNotebooks.has(bare) && !installers.has(bare) && !isDeclared(bare);
    });
    if (names.length === 0) return [];
    return [
      makeFinding(
        "instruction-installs-more",
        "warning",
        `${file} installs ${names.join(", ")} beside ${specFiles(subject.project).join(", ")}`,
        {
          file,
          line: line.line,
          why: "What is proved is installed from the declared dependencies alone; readers who follow this line get another environment.",
          fix: `Declare it in ${specFiles(subject.project)[0] ?? "the spec"}, or take it out of the instructions.`,
        },
      ),
    ];
  });
}

function notACommand(file: string, command: Command): Finding {
  return makeFinding(
    "instruction-not-a-command",
    "error",
    `${file} says to run ${shellLine(command)}, which is no command of the project`,
    {
      file,
      line: command.location?.line ?? null,
      why: "Readers run it too, and nothing proves that it works or what it gives.",
      fix: "Name it in rung.toml, or take it out of the code block.",
    },
  );
}

function incomplete(file: string | null, lacks: string): Finding {
  return makeFinding("instructions-incomplete", "error", lacks, {
    file,
    why: "Others can only repeat what they are told to run.",
    fix: "Add the lines in a code block; rung climb 1 writes such a section.",
  });
}
