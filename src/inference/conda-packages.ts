import path from "node:path";
import { modulesOfFiles } from "../environments/index.ts";
import { exists, listNames, readText } from "../system/index.ts";

/** A package that conda installed, with the name that conda knows it by. */
export interface CondaPackage {
  readonly name: string;
  readonly version: string;
  readonly build: string;
  /** Its channel's name or URL; "" where none is recorded. */
  readonly channel: string;
  /** The Python modules that its files bring. */
  readonly modules: readonly string[];
}

/** What conda-meta of a prefix lists; empty where it is no conda environment. Files that cannot be read are left out. */
export function condaPackages(prefix: string): readonly CondaPackage[] {
  const folder = path.join(prefix, "conda-meta");
  if (!exists(folder)) return [];
  return listNames(folder)
    .filter((file) => file.endsWith(".json"))
    .flatMap((file) => readRecord(readText(path.join(folder, file))) ?? [])
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function readRecord(text: string): CondaPackage | null {
  try {
    const said = JSON.parse(text) as Record<string, unknown>;
    const word = (key: string): string => (typeof said[key] === "string" ? said[key] : "");
    const name = word("name");
    const version = word("version");
    if (name === "" || version === "") return null;
    const build = word("build") || word("build_string");
    return {
      name,
      version,
      build,
      channel: word("schannel") || channelIn(word("channel")),
      modules: modulesIn(said),
    };
  } catch {
    return null;
  }
}

/** The channel's name in a URL such as https://conda.anaconda.org/conda-forge/linux-64. */
function channelIn(url: string): string {
  const parts = url.split("/").filter((part) => part !== "");
  return parts.findLast((part) => !/^(?:noarch|(?:linux|osx|win|emscripten|freebsd)-\w+)$/u.test(part)) ?? "";
}

function modulesIn({ files }: Record<string, unknown>): readonly string[] {
  const listed = Array.isArray(files) ? (files as readonly unknown[]) : [];
  return modulesOfFiles(
    listed.flatMap((file) => {
      const found =
        typeof file === "string" ? /^(?:(?:lib\/python3[^/]*|Lib)\/)?site-packages\/(.+)$/u.exec(file) : null;
      return found?.[1] === undefined ? [] : [found[1]];
    }),
  );
}
