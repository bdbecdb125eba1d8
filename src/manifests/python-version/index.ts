import { makeFinding } from "../../model/index.ts";
import { baseName, defineManifestFormat, makeManifest } from "../manifest-format.ts";
import { pythonSpecifier } from "../requirement/python-specifier.ts";

/** pyenv's and uv's file of Python versions, one a line; the first counts. */
export const pythonVersion = defineManifestFormat({
  id: ".python-version",
  matches: (path) => baseName(path) === ".python-version",
  read(path, text) {
    for (const [index, raw] of text
      .replace(/^\ufeff/u, "")
      .split(/\r\n|\r|\n/u)
      .entries()) {
      const said = raw.replace(/#.*$/u, "").trim();
      if (said === "") continue;
      const location = { file: path, line: index + 1 };
      const specifier = pythonSpecifier(said);
      if (specifier !== null)
        return makeManifest(".python-version", path, { python: { specifier, location } });
      const finding = makeFinding(
        "python-version-unclear",
        "warning",
        `"${said.slice(0, 80)}" names no Python version`,
        {
          ...location,
          why: "pyenv may know such an environment on its owner's machine; nobody else does",
          fix: "write the version, such as 3.12",
        },
      );
      return makeManifest(".python-version", path, { findings: [finding] });
    }
    return makeManifest(".python-version", path, {});
  },
});
