import { imagePython } from "../dockerfile/image-python.ts";
import { baseName, defineManifestFormat, makeManifest } from "../manifest-format.ts";
import { installedByLine } from "../shell/install-line.ts";

const image = /^\s*"image"\s*:\s*"([^"]{1,300})"/u;
const command = /^\s*"(?:on|update|post)[A-Z]\w*Command"\s*:\s*"((?:\\.|[^"\\]){1,2000})"/u;

/** devcontainer.json (JSON with comments): the Python of its image, and what its commands install by name. https://containers.dev */
export const devcontainer = defineManifestFormat({
  id: "devcontainer.json",
  matches: (path) => /^\.?devcontainer\.json$/u.test(baseName(path)),
  read(path, text) {
    const lines = text
      .split(/\r\n|\r|\n/u)
      .map((said, index) => ({ said, place: { file: path, line: index + 1 } }));
    const python = lines
      .map(({ said, place }) => ({ specifier: imagePython(image.exec(said)?.[1] ?? ""), location: place }))
      .find(({ specifier }) => specifier !== null);
    const installed = lines.map(({ said, place }) =>
      installedByLine((command.exec(said)?.[1] ?? "").replaceAll(/\\(.)/gu, "$1"), place),
    );
    return makeManifest("devcontainer.json", path, {
      python:
        python === undefined || python.specifier === null ? null : { ...python, specifier: python.specifier },
      requirements: installed.flatMap(({ requirements }) => requirements),
      systemPackages: installed.flatMap(({ systemPackages }) => systemPackages),
    });
  },
});
