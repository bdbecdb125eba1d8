import type { Requirement } from "../../model/index.ts";
import { normaliseName } from "../requirement/names.ts";
import names from "./pypi-names.json" with { type: "json" };

const table: ReadonlyMap<string, string | null> = new Map(Object.entries(names));

/** Libraries and compilers by the way conda names them: `libfoo`, `gcc_linux-64`, `m2w64-gcc`; R's and Perl's packages. */
const notPython =
  /^(?:r|perl|bioconductor|m2w64|m2|msys2|xorg|cuda(?!-python$)|ucx|ros|rb|lua|julia|font-ttf|gcc|gxx|clangxx?|gfortran|sysroot|binutils|ld_impl)[-_]|^lib(?!pysal$|cst$|sass$|tmux$|rosa$|clang$|archive-c$|usb1$|virt-python$)[a-z0-9]|^(?:cuda|mkl)$|_linux-64$|_osx-(?:64|arm64)$|_win-64$/u;

/**
 * The PyPI distribution that a conda package is built from, normalised as PEP 503 says. Most bear the same name; null for
 * what PyPI does not hold (compilers, libraries, R packages) or what an environment has by itself (python, pip).
 */
export function pypiName(condaName: string): string | null {
  const name = condaName.toLowerCase();
  const known = table.get(name);
  if (known !== undefined) return known;
  if (notPython.test(name) || name.startsWith("_") || name.includes("*")) return null;
  return normaliseName(name);
}

/** What conda's requirement asks of the Python index, a requirement of PyPI as it is; null where the index has no counterpart. */
export function onIndex(requirement: Requirement): Requirement | null {
  const { ecosystem, name, url } = requirement;
  if (ecosystem === "pypi") return name === "" && url === null ? null : requirement;
  const distribution = pypiName(name);
  return distribution === null ? null : { ...requirement, ecosystem: "pypi", name: distribution };
}

/**
 * The PEP 508 text by which the Python index is asked for a requirement: a conda package by its PyPI name, with the nearest
 * specifier; a PyPI requirement as it stands. Null where the Python index has no counterpart.
 */
export function toPypiRequirement(requirement: Requirement): string | null {
  const found = onIndex(requirement);
  if (found === null) return null;
  const { name: distribution, extras, specifier, marker, url } = found;
  const bracket = extras.length === 0 ? "" : `[${extras.join(",")}]`;
  const suffix = marker === null ? "" : `${url === null ? "" : " "}; ${marker}`;
  if (url !== null) return `${distribution === "" ? "" : `${distribution}${bracket} @ `}${url}${suffix}`;
  return `${distribution}${bracket}${specifier}${suffix}`;
}
