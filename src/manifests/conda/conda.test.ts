import * as fc from "fast-check";
import { expect, test } from "vitest";
import { parseCondaRequirement, parseMatchSpec, pypiName, toPypiRequirement } from "../index.ts";
import { cleanSpecifier } from "../requirement/specifier.ts";
import { condaSpecifier } from "./match-spec.ts";

const location = { file: "environment.yml", line: 1 };

test.each([
  ["numpy", "numpy", ""],
  ["numpy=1.22", "numpy", "==1.22.*"],
  ["numpy==1.22", "numpy", "==1.22"],
  ["numpy = 1.22", "numpy", "==1.22.*"],
  ["numpy 1.22.*", "numpy", "==1.22.*"],
  ["numpy 1.22", "numpy", "==1.22"],
  ["numpy >= 1.2, < 2", "numpy", ">=1.2,<2"],
  ["numpy>=1.2,!=1.3.*", "numpy", ">=1.2,!=1.3.*"],
  ["numpy 1.2|1.3.*", "numpy", ">=1.2,<1.4"],
  ["numpy >=1.2.*", "numpy", ">=1.2"],
  ["numpy ~=1.4.2", "numpy", "~=1.4.2"],
  ["NumPy=1.2=py39h_0", "numpy", "==1.2"],
  ["numpy 1.22.* py39_0", "numpy", "==1.22.*"],
  ["pytorch=1.*=*cuda*", "pytorch", "==1.*"],
  ["conda-forge::numpy", "numpy", ""],
  ["conda-forge/linux-64::numpy=1", "numpy", "==1.*"],
  ["numpy[version='>=1,<2',build=py3*]", "numpy", ">=1,<2"],
  ["openssl=1.1.1g", "openssl", ""],
  ["tzdata=2019.3b0", "tzdata", "==2019.3b0"],
  ["blas=*=openblas", "blas", ""],
])("%s is %s%s", (text, name, specifier) => {
  expect(parseCondaRequirement(text, { location })).toMatchObject({
    ecosystem: "conda",
    name,
    specifier,
    raw: text,
  });
});

test("the channel and the build are kept apart", () => {
  expect(parseMatchSpec("pytorch::pytorch=2.1=py3.11_cuda12.1_0")).toEqual({
    channel: "pytorch",
    name: "pytorch",
    version: "==2.1",
    build: "py3.11_cuda12.1_0",
  });
});

test.each(["https://example.org/x.tar.bz2", "./x.conda", "", "=1.2", "a b c / d"])(
  "%j is no match spec",
  (text) => {
    expect(parseMatchSpec(text)).toBeNull();
  },
);

test.each([
  ["pytorch", "torch"],
  ["matplotlib-base", "matplotlib"],
  ["PyTables", "tables"],
  ["ruamel.yaml", "ruamel-yaml"],
  ["scikit-learn", "scikit-learn"],
  ["typing_extensions", "typing-extensions"],
  ["librosa", "librosa"],
  ["libgdal", null],
  ["r-ggplot2", null],
  ["gcc_linux-64", null],
  ["python", null],
  ["nodejs", null],
  ["_libgcc_mutex", null],
])("%s is %s on PyPI", (conda, pypi) => {
  expect(pypiName(conda)).toBe(pypi);
});

test("a requirement of either kind as the Python index is asked for it", () => {
  const conda = parseCondaRequirement("pytorch>=2,<3", { location });
  expect(conda === null ? null : toPypiRequirement(conda)).toBe("torch>=2,<3");
  expect(
    conda === null
      ? null
      : toPypiRequirement({
          ...conda,
          ecosystem: "pypi",
          name: "x",
          extras: ["a"],
          url: "git+https://h/x",
          marker: "os_name == 'nt'",
        }),
  ).toBe("x[a] @ git+https://h/x ; os_name == 'nt'");
});

test("arbitrary text gives a PEP 440 specifier set or none, at once", () => {
  const pieces = fc.constantFrom(
    "=",
    "==",
    ">=",
    "<",
    "!=",
    "~=",
    ",",
    "|",
    ".*",
    "*",
    "1",
    ".2",
    "3b0",
    "-",
    "_",
    "post",
    " ",
    "a",
    "rc",
    "(",
    ")",
    "[",
    "]",
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
      parseMatchSpec(`x${parts.join("")}`);
      const specifier = condaSpecifier(parts.join(""));
      if (specifier === null || specifier === "") return;
      for (const clause of specifier.split(",")) expect([clause, cleanSpecifier(clause)]).not.toContain(null);
    }),
    { numRuns: 2000 },
  );
});
