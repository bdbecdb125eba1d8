import { makeFinding, type Finding, type Requirement } from "../../model/index.ts";
import { folderOf, resolvePath, type ReadContext } from "../manifest-format.ts";
import { isLocalPath } from "../requirement/names.ts";
import {
  parseReference,
  parseRequirement,
  type RequirementOrigin,
} from "../requirement/parse-requirement.ts";
import { lenientSpecifier } from "../requirement/specifier.ts";

export interface Entry {
  readonly requirement: Requirement | null;
  readonly findings: readonly Finding[];
}

const archive = /\.(?:whl|zip|tar|tgz|tbz|txz|tlz|tar\.(?:gz|bz2|xz|lz|lzma))(?:\[[^\]]*\])?$/iu;
const namedUrl = /^[A-Za-z0-9][\w.-]*(?:\s*\[[^\]]*\])?\s*@/u;

/** Whether pip takes the text for a URL or a path: it has a scheme, is an archive's name or looks like a folder. */
function isReference(said: string): boolean {
  if (/^(?:[a-z][a-z+]*:\/\/|file:)/iu.test(said)) return true;
  if (namedUrl.test(said)) return false;
  const path = said.split(";")[0]?.trim() ?? "";
  return /^[.~]|^[A-Za-z]:[\\/]|^[^\s<>=!~@(]*(?:\/|\\[\w.])/u.test(path) || archive.test(path);
}

/** One requirement in pip's syntax: PEP 508, a URL, an archive or a folder; `--editable` takes only the last of them. */
export function readEntry(
  text: string,
  editable: boolean,
  origin: RequirementOrigin,
  context: ReadContext,
): Entry {
  // Longer texts are data or an attack.
  if (text.length > 2000)
    return { requirement: null, findings: [notRequirement(text, origin, "write it as name==version")] };
  // To pip an empty marker is none.
  const said = text.replace(/;\s*$/u, "").trim();
  const isNamed = namedUrl.test(said) && parseRequirement(said, origin) !== null;
  const found =
    (editable && !isNamed) || isReference(said)
      ? parseReference(said, origin)
      : parseRequirement(said, origin);
  if (found === null) return mendedEntry(said, origin);
  const { url } = found;
  const requirement = { ...found, editable };
  if (editable && (url === null || !mayBeEditable(requirement, url, context))) {
    return { requirement: null, findings: [notEditable(said, origin)] };
  }
  const isAway = url !== null && isLocalPath(url) && isOutside(origin.location.file, url);
  return { requirement, findings: isAway ? [outsideTree(url, origin)] : [] };
}

/** What pip takes after `--editable`: a repository whose package has a name, or a folder with a project in it. */
function mayBeEditable({ name }: Requirement, url: string, { exists }: ReadContext): boolean {
  if (/^(?:git|hg|svn|bzr)(?:\+|:)/iu.test(url)) return name !== "";
  if (!isLocalPath(url)) return false;
  const isPath = url.startsWith("file:") || /[/\\]|^[.~]/u.test(url);
  return isPath || ["pyproject.toml", "setup.py", "setup.cfg"].some((file) => exists(`${url}/${file}`));
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

/** What former versions of pip read and today's refuse (">=1.*", "=1"): the requirement is known all the same. */
function mendedEntry(said: string, origin: RequirementOrigin): Entry {
  const start = said.search(/[<>=!~;]/u);
  const end = said.indexOf(";");
  const head = start === -1 ? said : said.slice(0, start);
  const old = start === -1 ? "" : said.slice(start, end === -1 ? said.length : end).trim();
  const marker = end === -1 ? "" : said.slice(end);
  const specifier = old === "" ? null : lenientSpecifier(old);
  const requirement = specifier === null ? null : parseRequirement(`${head}${specifier}${marker}`, origin);
  const fix =
    requirement === null ? "write it as name==version" : `write it as ${head.trim()}${specifier ?? ""}`;
  return { requirement, findings: [notRequirement(said, origin, fix)] };
}

function notRequirement(said: string, origin: RequirementOrigin, fix: string): Finding {
  return makeFinding("requirement-invalid", "error", `"${shorten(said)}" is not a requirement`, {
    ...origin.location,
    why: "pip refuses the whole file",
    fix,
  });
}

function notEditable(said: string, origin: RequirementOrigin): Finding {
  return makeFinding("requirement-invalid", "error", `"${shorten(said)}" cannot be installed as editable`, {
    ...origin.location,
    why: "pip refuses the whole file",
    fix: "name a folder of the project, or a repository with #egg=name behind it",
  });
}

const shorten = (text: string): string => (text.length > 80 ? `${text.slice(0, 77)}...` : text);
