import { shellLine } from "../system/index.ts";
import { manifestsIn, type Found, type Launch } from "./launch-parts.ts";

const packaging = ["pyproject.toml", "setup.cfg", "setup.py"];

/**
 * A program that installing the project would put on PATH ([project.scripts], console_scripts), as the call that it
 * makes: so it runs from the source. Null where the line's program is none, or its target is not written where it stands.
 */
export function launchedScript(launch: Launch): Found | null {
  const [program = "", ...extra] = launch.words;
  const manifests = [launch.cwd, "."].flatMap((folder) => manifestsIn(launch, folder, packaging));
  const command = manifests.flatMap(({ commands }) => commands).find(({ run }) => run === program);
  const { file, line } = command?.location ?? { file: "", line: null };
  if (command === undefined || line === null) return null;
  const text = launch.readFile(file)?.split("\n")[line - 1] ?? "";
  const target = targetIn(text, program);
  if (target === null) return null;
  const [first = ""] = target.attribute.split(".", 1);
  const code = `import sys; from ${target.module} import ${first}; sys.argv[0] = "${program}"; sys.exit(${target.attribute}())`;
  const run = shellLine(["python", "-c", code, ...extra]);
  return { commands: [{ ...command, run, cwd: launch.cwd }], noun: "the project's own program" };
}

/** `name = "package.module:function"`, in TOML, in setup.cfg and in a list of setup.py. */
function targetIn(
  line: string,
  program: string,
): { readonly module: string; readonly attribute: string } | null {
  const at = line.indexOf(program);
  if (at === -1) return null;
  const [, module, attribute] =
    /^["']?\s*=[^:\w]*(?:reference\s*=\s*["'])?([A-Za-z_][\w.]*)\s*:\s*([A-Za-z_][\w.]*)/u.exec(
      line.slice(at + program.length),
    ) ?? [];
  return module === undefined || attribute === undefined ? null : { module, attribute };
}
