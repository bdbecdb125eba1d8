/** Files that declare dependencies, a Python version or commands: one folder per format, read into one shape.
 *  Reading is pure and never throws: what is wrong with a file is a finding. Edits keep comments, order and line endings. */
export { parseCondaRequirement, parseMatchSpec } from "./conda/match-spec.ts";
export type { MatchSpec } from "./conda/match-spec.ts";
export { pypiName, toPypiRequirement } from "./conda/pypi-name.ts";
export { commandsFromConfig } from "./config/commands-from-config.ts";
export { defaultConfig } from "./config/default-config.ts";
export { readConfig } from "./config/read-config.ts";
export { writeConfig } from "./config/write-config.ts";
export { manifestFormats } from "./formats.ts";
export { setRequiresPython } from "./pyproject/edit-pyproject.ts";
export { acceptsRequirements, addRequirements, pinRequirements, readManifests } from "./read-manifests.ts";
export { readInstallLine } from "./readme/install-words.ts";
export { matchInstructions } from "./readme/match-instructions.ts";
export { readInstructions } from "./readme/read-instructions.ts";
export type { Instructions } from "./readme/read-instructions.ts";
export { upsertInstructions, writeInstructions } from "./readme/write-instructions.ts";
export { shellLine } from "./readme/write-instructions.ts";
export { nameOfLine } from "./shell/name-command.ts";
export { isPinned, normaliseName } from "./requirement/names.ts";
export { parseRequirement } from "./requirement/parse-requirement.ts";
export { makeCommand } from "./shell/make-command.ts";
export { specifiersOverlap } from "./requirement/overlap.ts";
export { pythonSpecifier } from "./requirement/python-specifier.ts";
export { poetrySpecifier } from "./pyproject/poetry-constraint.ts";
export { quote } from "./toml/quote.ts";
