import { baseName, defineManifestFormat, makeManifest } from "../manifest-format.ts";
import { readToml } from "../toml/toml-document.ts";
import { readPixi } from "./read-pixi.ts";

/** pixi.toml; the same tables under [tool.pixi] are read with pyproject.toml. */
export const pixi = defineManifestFormat({
  id: "pixi.toml",
  matches: (path) => baseName(path) === "pixi.toml",
  read(path, text) {
    const document = readToml(path, text, "pixi-invalid");
    const parts = readPixi(path, document, []);
    return makeManifest("pixi.toml", path, {
      ...parts,
      findings: [...document.findings, ...(parts.findings ?? [])],
    });
  },
});
