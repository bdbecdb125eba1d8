/** Files that declare dependencies, a Python version or commands: one folder per format, read into one shape.
 *  Reading is pure and never throws: what is wrong with a file is a finding. Edits keep comments, order and line endings. */
export { parseCondaRequirement, parseMatchSpec } from "./conda/match-spec.ts";
export type { MatchSpec } from "./conda/match-spec.ts";
export { onIndex, pypiName, toPypiRequirement } from "./conda/pypi-name.ts";
export { assignments } from "./dockerfile/assignments.ts";
export { readStages, type Stage } from "./dockerfile/parse-dockerfile.ts";
export { readInstructions as readDockerfile, type Instruction } from "./dockerfile/read-instructions.ts";
export { runLines } from "./dockerfile/run-lines.ts";
export { commandsFromConfig } from "./config/commands-from-config.ts";
export { defaultConfig } from "./config/default-config.ts";
export { readConfig } from "./config/read-config.ts";
export { writeConfig } from "./config/write-config.ts";
export { parseJustfile, recipeLine } from "./justfile/parse-recipes.ts";
export { entryLine, entryPointsOf } from "./mlproject/entry-points.ts";
export { manifestFormats } from "./formats.ts";
export { commandsOfTask } from "./pixi/waits-for.ts";
export type { LockedFile, LockedPackage } from "./locked/locked-package.ts";
export { readLockedPackages } from "./read-manifests.ts";
export { withExtras } from "./locked/marker-extras.ts";
export { setRequiresPython } from "./pyproject/edit-pyproject.ts";
export {
  acceptsRequirements,
  addRequirements,
  isEditable,
  pinRequirements,
  readManifests,
} from "./read-manifests.ts";
export { readInstallLine } from "./readme/install-words.ts";
export { matchInstructions } from "./readme/match-instructions.ts";
export { readInstructions } from "./readme/read-instructions.ts";
export type { Instructions } from "./readme/read-instructions.ts";
export { upsertInstructions, writeInstructions } from "./readme/write-instructions.ts";
export type { InstructionsDraft } from "./readme/write-instructions.ts";
export { shellLine } from "./readme/write-instructions.ts";
export { isPinned, normaliseName } from "./requirement/names.ts";
export { markerHolds } from "./requirement/marker-holds.ts";
export { targetPlatforms, variablesOn } from "./requirement/target-platforms.ts";
export type { LockPlatform } from "./requirement/target-platforms.ts";
export { parseRequirement } from "./requirement/parse-requirement.ts";
export { makeCommand } from "./shell/make-command.ts";
export { kindOfLine, nameOfLine, plainName } from "./shell/name-command.ts";
export { shellWords, splitSegments } from "./shell/shell-words.ts";
export { satisfiesSpecifier } from "./requirement/satisfies.ts";
export { specifiersOverlap } from "./requirement/overlap.ts";
export { pythonSpecifier } from "./requirement/python-specifier.ts";
export { poetrySpecifier } from "./pyproject/poetry-constraint.ts";
export { quote } from "./toml/quote.ts";
export { requirementLine } from "./requirement/requirement-line.ts";
export { yamlText } from "./yaml/yaml-library.ts";
