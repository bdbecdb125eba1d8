import os from "node:os";
import path from "node:path";
import { exists, readText } from "../../system/index.ts";

/** Where packages come from on this machine, as the owner set it for uv or pip. URLs may carry credentials. */
export interface IndexSettings {
  readonly indexUrl: string;
  readonly extraIndexUrls: readonly string[];
  /** A file of certificate authorities, where pip was given one. */
  readonly certificates: string | null;
}

const publicIndex = "https://pypi.org/simple";

/** Reads UV_DEFAULT_INDEX, UV_INDEX_URL, PIP_INDEX_URL and pip's configuration files, in this order of weight. */
export function indexSettings(env: NodeJS.ProcessEnv = process.env): IndexSettings {
  const pip = pipConfiguration(env);
  const url =
    env["UV_DEFAULT_INDEX"] ||
    env["UV_INDEX_URL"] ||
    env["PIP_INDEX_URL"] ||
    pip.get("index-url") ||
    publicIndex;
  return {
    indexUrl: url.replace(/^[A-Za-z0-9_-]+=(?=https?:)/u, "").replace(/\/+$/u, ""),
    extraIndexUrls: words(
      env["UV_EXTRA_INDEX_URL"] || env["PIP_EXTRA_INDEX_URL"] || pip.get("extra-index-url"),
    ),
    certificates: env["SSL_CERT_FILE"] || env["PIP_CERT"] || pip.get("cert") || null,
  };
}

const words = (text: string | undefined): string[] =>
  (text ?? "").split(/\s+/u).filter((word) => word !== "");

/** [global] and [install] of pip's files, the later file and section winning, as pip reads them. */
function pipConfiguration(env: NodeJS.ProcessEnv): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  const home = os.homedir();
  const files = [
    "/etc/pip.conf",
    path.join(home, ".pip", "pip.conf"),
    path.join(home, "Library", "Application Support", "pip", "pip.conf"),
    path.join(env["XDG_CONFIG_HOME"] || path.join(home, ".config"), "pip", "pip.conf"),
    path.join(env["APPDATA"] ?? path.join(home, "AppData", "Roaming"), "pip", "pip.ini"),
    ...(env["VIRTUAL_ENV"] === undefined ? [] : [path.join(env["VIRTUAL_ENV"], "pip.conf")]),
  ];
  const chosen = env["PIP_CONFIG_FILE"];
  if (chosen === os.devNull) return values;
  if (chosen !== undefined && chosen !== "") files.push(chosen);
  for (const file of files) {
    if (!exists(file)) continue;
    for (const [key, value] of readSections(readText(file), ["global", "install"])) values.set(key, value);
  }
  return values;
}

/** Key and value of the named sections of an INI file, in the order of the names; continued lines are joined. */
export function readSections(text: string, sections: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, Map<string, string>>();
  let current = new Map<string, string>();
  let key = "";
  for (const line of text.split(/\r?\n/u)) {
    const header = /^\[([^\]]+)\]/u.exec(line);
    const pair = /^([A-Za-z][\w.-]*)\s*[=:]\s*(.*)$/u.exec(line);
    if (/^\s*([#;]|$)/u.test(line)) continue;
    if (header !== null) {
      current = found.get(header[1] ?? "") ?? new Map<string, string>();
      found.set(header[1] ?? "", current);
    } else if (pair !== null) {
      key = (pair[1] ?? "").toLowerCase().replaceAll("_", "-");
      current.set(key, (pair[2] ?? "").trim());
    } else if (/^\s/u.test(line) && current.has(key)) {
      current.set(key, `${current.get(key)} ${line.trim()}`.trim());
    }
  }
  return new Map(sections.flatMap((name) => [...(found.get(name) ?? [])]));
}
