/** Files that declare dependencies, a Python version or commands: one folder per format, read into one shape.
 *  Reading is pure and never throws: what is wrong with a file is a finding. Edits keep comments, order and line endings. */
export { commandsFromConfig } from "./config/commands-from-config.ts";
export { defaultConfig } from "./config/default-config.ts";
export type { ConfigPositions } from "./config/positions.ts";
export { readConfig } from "./config/read-config.ts";
export type { ConfigReading } from "./config/read-config.ts";
export { writeConfig } from "./config/write-config.ts";
export type { ConfigDraft } from "./config/write-config.ts";
export { manifestFormats } from "./formats.ts";
export { defineManifestFormat } from "./manifest-format.ts";
export type { ManifestEdits, ManifestFormat, ReadContext } from "./manifest-format.ts";
export { setRequiresPython } from "./pyproject/edit-pyproject.ts";
export {
  acceptsRequirements,
  addRequirements,
  isManifestPath,
  pinRequirements,
  readManifests,
} from "./read-manifests.ts";
export { readInstructions } from "./readme/read-instructions.ts";
export type { InstructionLine, Instructions } from "./readme/read-instructions.ts";
export { upsertInstructions, writeInstructions } from "./readme/write-instructions.ts";
export type { InstructionsDraft } from "./readme/write-instructions.ts";
export { isPinned, normaliseName } from "./requirement/names.ts";
export { pythonSpecifier } from "./requirement/python-specifier.ts";
