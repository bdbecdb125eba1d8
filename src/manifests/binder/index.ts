import { baseName, defineManifestFormat, makeManifest } from "../manifest-format.ts";
import { classify } from "../shell/classify.ts";
import { makeCommand } from "../shell/make-command.ts";
import { kindOfLine, nameOfLine } from "../shell/name-command.ts";
import { installedByLine } from "../shell/install-line.ts";
import { splitSegments } from "../shell/shell-words.ts";

/**
 * Binder's scripts: postBuild completes the image, start runs before the person works. What they install by name is
 * required; lines of `start` that compute are commands. https://repo2docker.readthedocs.io/en/latest/config_files.html
 */
export const binderScripts = defineManifestFormat({
  id: "binder",
  matches: (path) => /^(?:\.?binder\/)?(?:postBuild|start)$/u.test(path),
  read(path, text) {
    const lines = shellLines(text);
    const installed = lines.map(({ said, line }) => installedByLine(said, { file: path, line }));
    const commands =
      baseName(path) === "start"
        ? lines
            .filter(({ said }) => !said.startsWith("exec ") && splitSegments(said).some(isRun))
            .map(({ said, line }) =>
              makeCommand({
                name: nameOfLine(said),
                kind: kindOfLine(said),
                run: said,
                location: { file: path, line },
              }),
            )
        : [];
    return makeManifest("binder", path, {
      requirements: installed.flatMap(({ requirements }) => requirements),
      systemPackages: installed.flatMap(({ systemPackages }) => systemPackages),
      commands,
    });
  },
});

const isRun = ({ text }: { readonly text: string }): boolean => classify(text) === "run";

function shellLines(text: string): readonly { readonly said: string; readonly line: number }[] {
  const lines: { said: string; line: number }[] = [];
  let open: { said: string; line: number } | null = null;
  for (const [index, raw] of text.split(/\r\n|\r|\n/u).entries()) {
    const current: { said: string; line: number } = open ?? { said: "", line: index + 1 };
    const said: string = `${current.said}${raw.replace(/\\$/u, "")}`;
    open = raw.endsWith("\\") ? { said, line: current.line } : null;
    if (open === null && said.trim() !== "" && !said.trim().startsWith("#"))
      lines.push({ said: said.trim(), line: current.line });
  }
  return lines;
}
