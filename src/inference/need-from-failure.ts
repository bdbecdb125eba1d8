import type { Need } from "../model/index.ts";
import { python2Modules } from "../source/index.ts";
import { matchModule } from "./distributions.ts";

interface Sign {
  readonly pattern: RegExp;
  readonly read: (match: RegExpExecArray) => Partial<Need> & Pick<Need, "reason">;
  /** A sentence in which any noun may stand ("an API key is required"): what counts is a known module, or any name in an
   *  ImportError. No package is installed because an error happens to hold its name. */
  readonly isProse?: true;
}

const moduleName = String.raw`([A-Za-z_][\w.-]{0,100})`;

/** A module by its name alone: what the shipped table says, several candidates where none is in use above the others. */
function ofModule(name: string, reason: string): Partial<Need> & Pick<Need, "reason"> {
  const { module, candidates, isAmbiguous } = matchModule(name);
  return { module, candidates, distribution: isAmbiguous ? null : (candidates[0] ?? null), reason };
}

const ofDistribution = (name: string, reason: string): Partial<Need> & Pick<Need, "reason"> => {
  const distribution = name.replaceAll(/[-_.]+/gu, "-").toLowerCase();
  return { distribution, candidates: [distribution], reason };
};

const ofSystem = (what: string): Partial<Need> & Pick<Need, "reason"> => ({
  distribution: null,
  candidates: [],
  reason: `a system package: ${what}`,
});

/** Shared libraries that wheels expect of the system, with the package that brings them on Debian. */
const libraries: Readonly<Record<string, string>> = {
  libGL: "libGL (libgl1 on Debian and Ubuntu, mesa-libGL on Fedora)",
  libEGL: "libEGL (libegl1 on Debian and Ubuntu)",
  libglib: "GLib (libglib2.0-0 on Debian and Ubuntu)",
  libgthread: "GLib (libglib2.0-0 on Debian and Ubuntu)",
  libgomp: "OpenMP (libgomp1 on Debian and Ubuntu, libomp on macOS)",
  libgeos_c: "GEOS (libgeos-c1v5 on Debian and Ubuntu)",
  libgdal: "GDAL (libgdal-dev on Debian and Ubuntu)",
  libspatialindex: "libspatialindex (libspatialindex-dev on Debian and Ubuntu)",
  libsndfile: "libsndfile (libsndfile1 on Debian and Ubuntu)",
  libmagic: "libmagic (libmagic1 on Debian and Ubuntu)",
  libpq: "the PostgreSQL client library (libpq5 on Debian and Ubuntu)",
  libcudart: "the CUDA runtime of NVIDIA",
  libcuda: "the driver of an NVIDIA graphics card",
  libSM: "X11 session library (libsm6 on Debian and Ubuntu)",
  libXext: "X11 extension library (libxext6 on Debian and Ubuntu)",
  libXrender: "X11 render library (libxrender1 on Debian and Ubuntu)",
};

/** What failed runs say of what is missing, the most telling first; each is tried on every line from the last one up. */
const signs: readonly Sign[] = [
  {
    pattern: /\blibtk[\w.]*\.so|No module named '_?tkinter'|No module named '_tkinter'/u,
    read: () => ofSystem("Tk for Python (python3-tk on Debian and Ubuntu)"),
  },
  {
    pattern: /\b(lib[A-Za-z_]+)[\w.-]*\.(?:so|dylib)[\w.]*: cannot open shared object file/u,
    read: ([, name = ""]) => ofSystem(libraries[name] ?? `one that brings ${name}`),
  },
  { pattern: /failed to find libmagic/u, read: () => ofSystem(libraries["libmagic"] ?? "libmagic") },
  {
    pattern: /failed to execute .{0,40}\bdot\b|ExecutableNotFound.{0,80}Graphviz/u,
    read: () => ofSystem("Graphviz (graphviz on Debian and Ubuntu)"),
  },
  {
    pattern:
      /Requested MovieWriter \(ffmpeg\) not available|No such file or directory: '(?:ffmpeg|ffprobe)'/u,
    read: () => ofSystem("ffmpeg"),
  },
  {
    pattern:
      /(?:Failed to process string with tex because|No such file or directory: ')(?:latex|dvipng|pdflatex|xelatex)\b/u,
    read: () => ofSystem("a TeX distribution (texlive and dvipng on Debian and Ubuntu)"),
  },
  { pattern: /pandoc (?:wasn't|not) found|Pandoc wasn't found/iu, read: () => ofSystem("pandoc") },
  {
    pattern: /`Import ([\w.-]{1,100})` failed/u,
    read: ([, name = ""]) => ofOptional(name, "an optional part of a library that the code uses"),
  },
  {
    pattern: /Missing optional dependency '([\w.-]{1,100})'/u,
    read: ([, name = ""]) => ofOptional(name, "an optional part of a library that the code uses"),
  },
  {
    pattern: /Unable to find a usable engine; tried using: '([\w-]{1,100})'/u,
    read: ([, name = ""]) =>
      ofDistribution(name, "the engine with which pandas reads and writes columnar files"),
  },
  {
    pattern: /(?:ImportError: |^)(lxml|html5lib|bs4|BeautifulSoup4) not found, please install/iu,
    read: ([, name = ""]) => ofOptional(name, "pandas reads tables in web pages through it"),
  },
  {
    pattern: /No module named '?([A-Za-z_][\w.]{0,200})'?/u,
    read: ([, name = ""]) => ofModule(name, `the run failed: no module named ${name}`),
  },
  {
    pattern: /Couldn't find a tree builder with the features you requested: (lxml|html5lib)/u,
    read: ([, name = ""]) => ofDistribution(name, "Beautiful Soup parses with it"),
  },
  {
    pattern: /found the following matches with the input file in xarray's IO backends: \['(\w+)'/u,
    read: ([, name = ""]) => ofOptional(name, "xarray reads the file through it"),
  },
  {
    pattern: /did not find a match in any of xarray's currently installed IO backends/u,
    read: () => ofDistribution("netcdf4", "xarray reads netCDF files through it"),
  },
  {
    pattern:
      /[Ii]mage export using the "?kaleido"? engine requires|requires the kaleido package|Kaleido package not found/u,
    read: () => ofDistribution("kaleido", "plotly writes static images through it"),
  },
  {
    pattern: /IProgress not found/u,
    read: () => ofDistribution("ipywidgets", "the progress bar of notebooks is a widget of it"),
  },
  {
    pattern: new RegExp(
      String.raw`\b[Pp]lease (?:pip |conda )?install (?:the )?(?:['"\x60])?${moduleName}`,
      "u",
    ),
    read: ([, name = ""]) => ofOptional(name.replace(/\.$/u, ""), "the run failed and asks for it"),
  },
  {
    pattern: new RegExp(
      // A file of requirements, a folder and an address are no names, though their first word looks like one.
      String.raw`(?:pip|conda) install (?!(?:-\S+ )*(?:-r|-c|-e|--requirement|--constraint|--editable)\b)(?:-\S+ )*(?:['"\x60])?([A-Za-z][\w.-]{0,100})(?![\w.-]|[+/:@])`,
      "u",
    ),
    read: ([, name = ""]) => ofDistribution(name.replace(/\.$/u, ""), "the run failed and asks for it"),
  },
  {
    pattern: new RegExp(
      String.raw`(?:^|[\s:'"\x60(])${moduleName}['"\x60]? (?:package )?(?:is|must be) (?:required|needed|installed)\b`,
      "u",
    ),
    read: ([, name = ""]) => ofOptional(name, "the run failed: it is required"),
    isProse: true,
  },
  {
    pattern: new RegExp(
      String.raw`\b(?:requires?|needs) (?:the )?(?:['"\x60])?${moduleName}['"\x60]?(?: (?:package|library|module)\b|,? (?:to be installed|>=?|version)|\.?$|\. [A-Z])`,
      "u",
    ),
    read: ([, name = ""]) => ofOptional(name.replace(/\.$/u, ""), "the run failed: it is required"),
    isProse: true,
  },
];

/** Words that such sentences have where a name would stand. */
const words =
  /^(?:it|this|that|which|and|or|a|an|the|at|least|python|module|package|library|you|one|value|argument|version|input|install|installed|from|dependency|latest|newer|following|self|data|file|files|to)$/iu;

/** A name in prose is a distribution's or a module's: the table is asked, and else it is taken as it stands. */
function ofOptional(name: string, reason: string): Partial<Need> & Pick<Need, "reason"> {
  const { candidates, isAmbiguous } = matchModule(name);
  return { candidates, distribution: isAmbiguous ? null : (candidates[0] ?? null), reason };
}

/**
 * The need that a failed run shows in its error text (traceback and messages, ANSI colours included); null where it
 * shows none. A system library is a need without distribution and candidates, whose reason names the system's package.
 * The location is the last place that the traceback names; its file is "" where it names none.
 */
export function needFromFailure(errorText: string): Need | null {
  const plain = errorText.slice(-200_000).replaceAll(ansiColour, "");
  const lines = plain.split("\n").map((line) => line.slice(0, 2000).trimEnd());
  // The message of the last exception tells more than the code above it, which may hold any text.
  const message = lines.findLastIndex((line) =>
    /^(?:[\w.]+\.)?\w*(?:Error|Exception|NotFound)\b/u.test(line),
  );
  const isOfImport = /(?:Import|ModuleNotFound)Error\b/u.test(lines[message] ?? "");
  const said = [...(message === -1 ? [] : lines.slice(message)), ...lines.toReversed()];
  for (const text of said) {
    if (!/[A-Za-z]/u.test(text) || /^\s+(?:import |from |raise )|^\s*File "/u.test(text)) continue;
    const found = readLine(text, isOfImport);
    if (found === null) continue;
    // A namespace says little: the line that imported from it says what was wanted.
    const wanted = found.candidates?.length === 0 ? importedFrom(found.module ?? "", lines) : null;
    if (wanted !== null) return { ...asNeed(ofModule(wanted, found.reason)), location: lastPlace(lines) };
    return { ...asNeed(found), location: lastPlace(lines) };
  }
  return null;
}

function asNeed(found: ReturnType<Sign["read"]>): Omit<Need, "location"> {
  return { module: "", distribution: null, candidates: [], ...found, known: "failed-run", context: "hidden" };
}

/** The dotted name that the last quoted import from a module asks for: "google.cloud.storage". */
function importedFrom(module: string, lines: readonly string[]): string | null {
  if (module === "") return null;
  for (const line of lines.toReversed()) {
    const [, from, name] =
      /^\s*(?:from|import)\s+([\w.]{1,200})(?:\s+import\s+(\w{1,100}))?/u.exec(line) ?? [];
    if (from?.split(".")[0] !== module.split(".")[0]) continue;
    const full = name === undefined ? from : `${from ?? ""}.${name}`;
    if (full !== undefined && matchModule(full).candidates.length > 0) return full;
  }
  return null;
}

const ansiColour = new RegExp(`${String.fromCodePoint(27)}\\[[0-9;]*m`, "gu");

function readLine(text: string, isOfImport: boolean): ReturnType<Sign["read"]> | null {
  for (const { pattern, read, isProse } of signs) {
    const match = pattern.exec(text);
    const name = match?.[1]?.replace(/\.$/u, "") ?? "";
    if (isProse === true && !isOfImport && matchModule(name).known !== "table") continue;
    const found = match === null ? null : read(match);
    if (found === null || words.test(found.candidates?.[0] ?? "")) continue;
    // "-r" and the like would be an option of the installer.
    if (found.candidates?.some((one) => !/^[a-z\d]/u.test(one)) === true) continue;
    return python2Modules.has(found.module ?? "") ? null : found;
  }
  return null;
}

function lastPlace(lines: readonly string[]): Need["location"] {
  for (const line of lines.toReversed()) {
    const match = /^\s*File "([^"]+)", line (\d{1,9})/u.exec(line);
    if (match !== null && !/site-packages|dist-packages|^<|\/lib\/python3/u.test(match[1] ?? ""))
      return { file: match[1] ?? "", line: Number(match[2]) };
  }
  return { file: "", line: null };
}
