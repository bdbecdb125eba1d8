import type { Command } from "../../model/index.ts";
import { baseName, defineManifestFormat, folderOf, makeManifest } from "../manifest-format.ts";
import { isChore } from "../shell/classify.ts";
import { declareCommand } from "../shell/declare-command.ts";
import { parseJustfile, recipeLine } from "./parse-recipes.ts";

/** justfile: each recipe that runs something and whose parameters all have a value; recipes that install or clean are none. */
export const justfile = defineManifestFormat({
  id: "justfile",
  matches: (path) => /^\.?justfile$/iu.test(baseName(path)),
  read(path, text) {
    const parsed = parseJustfile(text);
    const cwd = folderOf(path).replace(/\/$/u, "") || ".";
    const declared = parsed.recipes
      .filter(({ name }) => !isChore(name) && !name.startsWith("_"))
      .map((recipe) => {
        const run = recipeLine(parsed, recipe);
        const location = { file: path, line: recipe.line };
        return run === null || run === ""
          ? { commands: [], findings: [] }
          : declareCommand({ name: recipe.name, run, cwd, needs: recipe.needs, location });
      });
    const commands = declared.flatMap((found) => found.commands);
    const known = new Set(commands.map(({ name }) => name));
    return makeManifest("justfile", path, {
      commands: commands.map((command): Command => ({
        ...command,
        needs: command.needs.filter((name) => known.has(name)),
      })),
      findings: declared.flatMap((found) => found.findings),
    });
  },
});
