import { baseName, defineManifestFormat, makeManifest } from "../manifest-format.ts";
import { pythonSpecifier } from "../requirement/python-specifier.ts";

/** asdf's and mise's .tool-versions: a tool and its versions a line; of several Pythons the first counts. */
export const toolVersions = defineManifestFormat({
  id: ".tool-versions",
  matches: (path) => baseName(path) === ".tool-versions",
  read(path, text) {
    for (const [index, line] of text.split(/\r\n|\r|\n/u).entries()) {
      const [tool, ...versions] = line.replace(/#.*$/u, "").trim().split(/\s+/u);
      if (tool !== "python") continue;
      const specifier = versions.map(pythonSpecifier).find((found) => found !== null);
      if (specifier === undefined) continue;
      return makeManifest(".tool-versions", path, {
        python: { specifier, location: { file: path, line: index + 1 } },
      });
    }
    return makeManifest(".tool-versions", path, {});
  },
});
