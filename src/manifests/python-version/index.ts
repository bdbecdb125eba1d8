import { makeFinding } from "../../model/index.ts";
import { baseName, defineManifestFormat, makeManifest } from "../manifest-format.ts";
import { pythonSpecifier } from "../requirement/python-specifier.ts";

/** pyenv's and uv's file of Python versions, one a line or several; the first of CPython counts. */
export const pythonVersion = defineManifestFormat({
  id: ".python-version",
  matches: (path) => baseName(path) === ".python-version",
  read(path, text) {
    const lines = text
      .replace(/^\ufeff/u, "")
      .split(/\r\n|\r|\n/u)
      .map((raw, index) => ({ said: raw.replace(/#.*$/u, "").trim(), line: index + 1 }))
      .flatMap(({ said, line }) => said.split(/[\s:]+/u).map((version) => ({ version, line })))
      .filter(({ version }) => version !== "" && version !== "system");
    for (const { version, line } of lines) {
      const specifier = pythonSpecifier(version);
      if (specifier !== null)
        return makeManifest(".python-version", path, {
          python: { specifier, location: { file: path, line } },
        });
    }
    const [first] = lines;
    if (first !== undefined) {
      const finding = makeFinding(
        "python-version-unclear",
        "warning",
        `"${first.version.slice(0, 80)}" names no Python version`,
        {
          file: path,
          line: first.line,
          why: /^(?:pypy|graalpy|jython|ironpython)/iu.test(first.version)
            ? "it is another implementation of Python, and nothing says which version of the language is meant"
            : "pyenv may know such an environment on its owner's machine; nobody else does",
          fix: "write the version, such as 3.12",
        },
      );
      return makeManifest(".python-version", path, { findings: [finding] });
    }
    return makeManifest(".python-version", path, {});
  },
});
