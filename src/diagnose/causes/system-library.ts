import { causeAt, defineCause } from "../cause.ts";

/** Shared libraries and programs that Python packages take from the system, and the Debian packages that bring them. */
const libraries: ReadonlyMap<string, string> = new Map([
  ["libGL.so", "libgl1"],
  ["libgthread-2.0.so", "libglib2.0-0"],
  ["libglib-2.0.so", "libglib2.0-0"],
  ["libSM.so", "libsm6"],
  ["libXext.so", "libxext6"],
  ["libXrender.so", "libxrender1"],
  ["libgomp.so", "libgomp1"],
  ["libgfortran.so", "libgfortran5"],
  ["libopenblas.so", "libopenblas0"],
  ["libsndfile.so", "libsndfile1"],
  ["libportaudio.so", "libportaudio2"],
  ["libgeos_c.so", "libgeos-c1v5"],
  ["libproj.so", "libproj-dev"],
  ["libgdal.so", "libgdal-dev"],
  ["libspatialindex", "libspatialindex-dev"],
  ["libhdf5.so", "libhdf5-dev"],
  ["libcairo.so", "libcairo2"],
  ["libpango", "libpango-1.0-0"],
  ["libxcb", "libxcb1"],
  ["libEGL.so", "libegl1"],
  ["libpq.so", "libpq5"],
  ["libmysqlclient.so", "libmysqlclient-dev"],
  ["libffi.so", "libffi8"],
  ["libmagic", "libmagic1"],
  ["libzmq.so", "libzmq5"],
  ["libtk", "python3-tk"],
  ["libtcl", "python3-tk"],
]);
const programs: ReadonlyMap<string, string> = new Map([
  ["dot", "graphviz"],
  ["neato", "graphviz"],
  ["ffmpeg", "ffmpeg"],
  ["latex", "texlive-latex-extra dvipng cm-super"],
  ["pdflatex", "texlive-latex-base"],
  ["xelatex", "texlive-xetex"],
  ["dvipng", "dvipng"],
  ["convert", "imagemagick"],
  ["tesseract", "tesseract-ocr"],
  ["java", "default-jre-headless"],
  ["R", "r-base"],
  ["Rscript", "r-base"],
  ["pandoc", "pandoc"],
  ["gcc", "build-essential"],
  ["cc", "build-essential"],
  ["g++", "build-essential"],
  ["gfortran", "gfortran"],
  ["cmake", "cmake"],
  ["make", "make"],
  ["git", "git"],
  ["curl", "curl"],
  ["wget", "wget"],
  ["unzip", "unzip"],
  ["mpirun", "openmpi-bin"],
  ["wkhtmltopdf", "wkhtmltopdf"],
  ["xvfb-run", "xvfb"],
  ["node", "nodejs"],
  ["docker", "docker.io"],
  ["sox", "sox"],
  ["gs", "ghostscript"],
]);

/** The installed package in whose own folder a library was looked for. */
function bringer(text: string, library: string): string | null {
  const looked = Array.from(text.matchAll(/\/site-packages\/(\w+)\/(?:[\w.-]+\/){0,8}(lib[\w.+-]+)/gu));
  return (
    looked.find(([, , file]) => file === library || file?.startsWith(`${library}.`) === true)?.[1] ?? null
  );
}

/** It leans on a library or a program of the operating system that is not there. */
export const systemLibrary = defineCause({
  id: "system-library",
  find(failed) {
    const { text } = failed;
    const library =
      /(lib[\w+-]+(?:-[\d.]+)?\.so[.\d]*): cannot open shared object file/u.exec(text)?.[1] ??
      /(?:[Cc]ould not|[Cc]annot|[Cc]an't) (?:find|load) (?:library )?["'`]?(lib[\w+-]{2,40})["'`]?(?:\.so[.\d]*)?(?: library| shared|["'`]?[.\n]|$)/u.exec(
        text,
      )?.[1];
    if (library !== undefined) return missing(library, "library", library, libraries);
    if (/No module named '?_?tkinter|No module named '?turtle/iu.test(text))
      return missing("tkinter", "library", "libtk", libraries);
    const called =
      /(?:^|\n)(?:\/bin\/)?(?:ba|da)?sh: (?:line )?[\d: ]*([\w.+-]+): (?:command )?not found/u.exec(
        text,
      )?.[1] ?? /(?:^|\n)make(?:\[\d+\])?: ([\w.+-]+): No such file or directory/u.exec(text)?.[1];
    const program =
      /failed to execute (?:PosixPath\()?\[?'?([\w.+-]+)'?/u.exec(text)?.[1] ??
      /No such file or directory: '([\w.+-]+)'/u.exec(text)?.[1] ??
      called;
    if (program === undefined || !(programs.has(program) || program === called || /not found/u.test(text)))
      return null;
    return missing(program, "program", program, programs);

    function missing(
      name: string,
      kind: "library" | "program",
      key: string,
      packages: ReadonlyMap<string, string>,
    ): ReturnType<typeof causeAt> {
      const debian = [...packages].find(([prefix]) =>
        kind === "program" ? prefix === key : key.startsWith(prefix),
      )?.[1];
      const owner = bringer(text, name);
      if (owner !== null)
        return causeAt("system-library", failed, `${owner} is installed without its own library ${name}`, {
          why: "That release of the package holds no library that serves this machine.",
          fix: `Take another release of ${owner}.`,
        });
      return causeAt("system-library", failed, `it needs the ${kind} ${name} of the operating system`, {
        why: "No Python package brings it, and no environment of Python holds it.",
        fix:
          debian === undefined
            ? `Install what provides ${name}, and say so in apt.txt or a Dockerfile.`
            : `Install it (Debian and Ubuntu: apt-get install ${debian}), and say so in apt.txt or a Dockerfile.`,
      });
    }
  },
});
