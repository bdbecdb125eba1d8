import { makeFinding, type Finding, type Requirement } from "../../model/index.ts";
import { folderOf, resolvePath } from "../manifest-format.ts";
import { isLocalPath } from "../requirement/names.ts";
import {
  parseReference,
  parseRequirement,
  type RequirementOrigin,
} from "../requirement/parse-requirement.ts";

export interface Entry {
  readonly requirement: Requirement | null;
  readonly findings: readonly Finding[];
}

const archive = /\.(?:whl|zip|tar|tgz|tbz|txz|tlz|tar\.(?:gz|bz2|xz|lz|lzma))(?:\[[^\]]*\])?$/iu;
const namedUrl = /^[A-Za-z0-9][\w.-]*\s*(?:\[[^\]]*\])?\s*@/u;

/** Whether pip takes the text for a URL or a path: it has a scheme, is an archive's name or looks like a folder. */
function isReference(said: string): boolean {
  if (/^(?:[a-z][a-z+]*:\/\/|file:)/iu.test(said)) return true;
  if (namedUrl.test(said)) return false;
  const path = said.split(";")[0]?.trim() ?? "";
  return /^[.~]|^[A-Za-z]:[\\/]|^[^\s<>=!~@(]*[/\\]/u.test(path) || archive.test(path);
}

/** One requirement in pip's syntax: PEP 508, a URL, an archive or a folder; `--editable` takes only the last of them. */
export function readEntry(said: string, editable: boolean, origin: RequirementOrigin): Entry {
  const isNamed = namedUrl.test(said) && !/^[a-z]+\+[a-z]+:/iu.test(said);
  const found =
    editable && !isNamed
      ? parseReference(said, origin)
      : isReference(said)
        ? parseReference(said, origin)
        : parseRequirement(said, origin);
  if (found === null) return { requirement: null, findings: [notRequirement(said, origin)] };
  const requirement = { ...found, editable };
  const isAway = found.url !== null && isLocalPath(found.url) && isOutside(origin.location.file, found.url);
  return { requirement, findings: isAway ? [outsideTree(found.url, origin)] : [] };
}

/** Whether a local path leaves the project's tree (pip reads it from the working folder, the project's root). */
function isOutside(path: string, url: string): boolean {
  const local = url.replace(/^file:(\/\/(localhost)?)?/u, "").replace(/#.*$/u, "");
  return resolvePath("", local) === null && resolvePath(folderOf(path), local) === null;
}

function outsideTree(url: string, origin: RequirementOrigin): Finding {
  return makeFinding("requirement-outside-tree", "error", `"${shorten(url)}" lies outside the project`, {
    ...origin.location,
    why: "nobody else has that path",
    fix: "name a released version, or move the package into the project",
  });
}

function notRequirement(said: string, origin: RequirementOrigin): Finding {
  return makeFinding("requirement-invalid", "error", `"${shorten(said)}" is not a requirement`, {
    ...origin.location,
    why: "pip refuses the whole file",
    fix: /^[\w.-]+\s*=[^=]/u.test(said) ? "write == where one = stands" : "write it as name==version",
  });
}

const shorten = (text: string): string => (text.length > 80 ? `${text.slice(0, 77)}...` : text);
