import { baseName, defineManifestFormat, makeManifest } from "../manifest-format.ts";

/** Binder's apt.txt: a Debian package a line. */
export const aptTxt = defineManifestFormat({
  id: "apt.txt",
  matches: (path) => baseName(path) === "apt.txt",
  read(path, text) {
    const systemPackages = text.split(/\r\n|\r|\n/u).flatMap((line, index) =>
      line
        .replace(/#.*$/u, "")
        .split(/\s+/u)
        .filter((name) => /^[a-z0-9][a-z0-9+.:=~-]*$/u.test(name))
        .map((name) => ({ name, location: { file: path, line: index + 1 } })),
    );
    return makeManifest("apt.txt", path, { systemPackages });
  },
});
