import { makeFinding, type Command, type Finding } from "../../model/index.ts";
import { codeOf, isInstallation } from "../../source/index.ts";
import { readText } from "../../system/index.ts";
import { pathFrom } from "../../inference/index.ts";
import { reachableSources } from "../../inference/index.ts";
import type { Subject } from "../subject.ts";

/** Levels 2 and 3: the environment is made from its declaration, not by the commands while they run. */
export function installsAtRunTime(subject: Subject): readonly Finding[] {
  const lines = subject.project.commands.flatMap((command) => [
    ...(command.kind !== "notebook" && isInstallation(command.run) ? [placed(command)] : []),
    ...shellScripts(subject, command),
  ]);
  const code = Array.from(reachableSources(subject)).flatMap(([file, facts]) =>
    codeOf(facts).installs.map(({ text, line }) => ({ text, file, line })),
  );
  return [...lines, ...code].map(({ text, file, line }) =>
    makeFinding("installs-at-run-time", "error", `Packages are installed while it runs: ${shortened(text)}`, {
      file,
      line,
      why: "What is installed then is in no declaration and no lock: the index decides anew at each run.",
      fix: "Declare the packages (rung lock locks them), and take the installation out of what is run.",
    }),
  );
}

interface Installing {
  readonly text: string;
  readonly file: string | null;
  readonly line: number | null;
}

function placed({ run, location }: Command): Installing {
  return { text: run, file: location?.file ?? null, line: location?.line ?? null };
}

/** Installations in the shell scripts that a command's line names. */
function shellScripts({ project, tree }: Subject, command: Command): readonly Installing[] {
  if (command.kind === "notebook") return [];
  const named = command.run.split(/[\s;&|()'"]+/u).filter((word) => /\.(?:sh|bash)$/u.test(word));
  const files = new Set(
    named.flatMap((word) => [pathFrom(command.cwd, word) ?? "", pathFrom("", word) ?? ""]),
  );
  return [...files]
    .filter((file) => tree.has(file))
    .flatMap((file) =>
      readText(`${project.root}/${file}`)
        .split("\n")
        .flatMap((text, index) =>
          !/^\s*#/u.test(text) && isInstallation(text) ? [{ text: text.trim(), file, line: index + 1 }] : [],
        ),
    );
}

const shortened = (text: string): string => (text.length > 100 ? `${text.slice(0, 100)}…` : text);
