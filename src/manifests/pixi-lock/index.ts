import { baseName, defineManifestFormat, makeManifest } from "../manifest-format.ts";
import { readCondaLockPackages } from "../conda-lock/index.ts";
import {
  hashesMissing,
  lockBroken,
  tooMany,
  lockVersionUnknown,
  versionsMissing,
} from "../locked/lock-findings.ts";
import { readLockYaml } from "../locked/lock-yaml.ts";
import { lockedPython } from "../locked/locked-python.ts";
import { itemLines, keyLine } from "../locked/package-lines.ts";
import { asTable, asText } from "../toml/toml-values.ts";
import { readEnvironments } from "./read-environments.ts";

/** pixi.lock: versions 4 to 7 with environments, and the older ones, which have conda-lock's form. */
export const pixiLock = defineManifestFormat({
  id: "pixi.lock",
  matches: (path) => baseName(path) === "pixi.lock",
  read(path, text) {
    const { value, findings } = readLockYaml(path, text);
    const version = asText(value["version"]) ?? "";
    const broken = findings.length > 0;
    const isOld = value["package"] !== undefined && value["environments"] === undefined;
    const lines = itemLines(text, isOld ? "package" : "packages");
    const read = isOld
      ? { requirements: readCondaLockPackages(path, value, lines), indexes: [], whole: true }
      : readEnvironments(path, text, value, lines);
    const hasForm = isOld || Object.keys(asTable(value["environments"])).length > 0;
    return makeManifest("pixi.lock", path, {
      requirements: read.requirements,
      indexes: read.indexes,
      python: lockedPython(read.requirements.filter(({ group }) => group === "")),
      isLock: true,
      findings: [
        ...findings,
        ...(broken || /^[1-7]$/u.test(version)
          ? []
          : [lockVersionUnknown(path, keyLine(text, "version"), version, "1 to 7")]),
        ...(broken || hasForm ? [] : [lockBroken(path, null, "has no environments")]),
        ...(read.whole ? [] : [lockBroken(path, null, tooMany)]),
        ...hashesMissing(path, read.requirements),
        ...versionsMissing(path, read.requirements),
      ],
    });
  },
});
