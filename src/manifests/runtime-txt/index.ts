import { makeFinding } from "../../model/index.ts";
import { baseName, defineManifestFormat, makeManifest } from "../manifest-format.ts";
import { pythonSpecifier } from "../requirement/python-specifier.ts";

/** Heroku's and Binder's runtime.txt: one line such as python-3.10 or python-3.10.4. */
export const runtimeTxt = defineManifestFormat({
  id: "runtime.txt",
  matches: (path) => baseName(path) === "runtime.txt",
  read(path, text) {
    const said = text.replace(/^\ufeff/u, "").trim();
    const location = { file: path, line: 1 };
    const specifier = /^python-/iu.test(said) ? pythonSpecifier(said) : null;
    if (specifier !== null) return makeManifest("runtime.txt", path, { python: { specifier, location } });
    if (said === "" || said.startsWith("r-")) return makeManifest("runtime.txt", path, {});
    const finding = makeFinding(
      "python-version-unclear",
      "warning",
      `"${said.slice(0, 80)}" names no Python version`,
      {
        ...location,
        why: "Binder and Heroku read python-X.Y here",
        fix: "write python-3.12 or the like",
      },
    );
    return makeManifest("runtime.txt", path, { findings: [finding] });
  },
});
