import { baseName, defineManifestFormat, makeManifest } from "../manifest-format.ts";
import { readInstructions } from "./read-instructions.ts";

/** README and the like: the commands that a document tells its reader to run. */
export const readme = defineManifestFormat({
  id: "README",
  matches: (path) => /^(?:readme|reproduc\w*)(?:\.(?:md|markdown|rst|txt))?$/iu.test(baseName(path)),
  read(path, text, context) {
    return makeManifest("README", path, { commands: readInstructions(path, text, context).runs });
  },
});
