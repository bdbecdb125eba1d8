import fc from "fast-check";
import { expect, test } from "vitest";
import { needFromFailure } from "./need-from-failure.ts";

test.each([
  ["ModuleNotFoundError: No module named 'sklearn'", "scikit-learn"],
  ["ModuleNotFoundError: No module named 'yaml.constructor'", "pyyaml"],
  ["ImportError: Missing optional dependency 'openpyxl'.  Use pip or conda to install openpyxl.", "openpyxl"],
  ["ImportError: Missing optional dependency 'xlrd'. Install xlrd >= 1.0.0 for Excel support", "xlrd"],
  ["ImportError: Unable to find a usable engine; tried using: 'pyarrow', 'fastparquet'.", "pyarrow"],
  ["ImportError: lxml not found, please install it", "lxml"],
  ["ImportError: html5lib not found, please install it", "html5lib"],
  [
    "bs4.exceptions.FeatureNotFound: Couldn't find a tree builder with the features you requested: lxml. Do you need to install a parser library?",
    "lxml",
  ],
  ["ImportError: IProgress not found. Please update jupyter and ipywidgets.", "ipywidgets"],
  ["ImportError: The `.style` accessor requires jinja2", "jinja2"],
  ["AttributeError: The '.style' accessor requires jinja2", "jinja2"],
  [
    "ImportError: `Import pytables` failed.  Use pip, conda, or your preferred package management tool to install the pytables package.",
    "tables",
  ],
  [
    "ImportError: `Import Jinja2` failed. DataFrame.style requires jinja2. Use pip, conda, or another.",
    "jinja2",
  ],
  ["AttributeError: The '.style' accessor requires jinja2. Did you mean: 'astype'?", "jinja2"],
  ["ImportError: lxml not found, please install or use the etree parser.", "lxml"],
  ["ImportError: Using a URI string requires 'sqlalchemy' version '2.0.42' or newer.", "sqlalchemy"],
  ["ImportError: matplotlib is required for plotting when the default backend is selected.", "matplotlib"],
  ["ImportError: tabulate is required for to_markdown", "tabulate"],
  ['ValueError: \nImage export using the "kaleido" engine requires the kaleido package,', "kaleido"],
  ["ImportError: dlopen failed, please install scikit-image first", "scikit-image"],
  ["\u001b[0;31mModuleNotFoundError\u001b[0m: No module named 'bs4'", "beautifulsoup4"],
  ["ModuleNotFoundError: No module named 'llvmlite'", "llvmlite"],
])("%s", (message, distribution) => {
  const need = needFromFailure(
    `Traceback (most recent call last):\n  File "run.py", line 3, in <module>\n    import x\n${message}\n`,
  );
  expect(need).toMatchObject({ distribution, known: "failed-run", location: { file: "run.py", line: 3 } });
});

test.each([
  ["ImportError: libGL.so.1: cannot open shared object file: No such file or directory", "libgl1"],
  ["ModuleNotFoundError: No module named '_tkinter'", "python3-tk"],
  ["ModuleNotFoundError: No module named 'tkinter'", "python3-tk"],
  ["FileNotFoundError: [Errno 2] No such file or directory: 'ffmpeg'", "ffmpeg"],
  ["OSError: libgomp.so.1: cannot open shared object file", "libgomp1"],
])("%s names the system's package", (message, wanted) => {
  const need = needFromFailure(message);
  expect(need).toMatchObject({ distribution: null, candidates: [] });
  expect(need?.reason).toContain(wanted);
});

test("what was wanted of a namespace is in the line that imports it", () => {
  const text = `  File "run.py", line 1, in <module>
    from google.cloud import storage
ModuleNotFoundError: No module named 'google'
`;
  expect(needFromFailure(text)?.distribution).toBe("google-cloud-storage");
  expect(needFromFailure("ModuleNotFoundError: No module named 'google'")).toMatchObject({
    distribution: null,
    candidates: [],
  });
});

test("ambiguous modules keep their candidates", () => {
  const need = needFromFailure("ModuleNotFoundError: No module named 'cv2'");
  expect(need?.distribution).toBeNull();
  expect(need?.candidates).toContain("opencv-python");
});

test.each([
  "ValueError: could not convert string to float: 'a'",
  "KeyError: 'x'",
  "Exception: An API key is required by Google.",
  "ValueError: a token is required, and the service needs credentials",
  "TypeError: f() missing 1 required positional argument: 'x'",
  "TypeError: this function requires at least one argument",
  "ValueError: This solver needs samples of at least 2 classes in the data",
  "FileNotFoundError: [Errno 2] No such file or directory: 'data/a.csv'",
  "AttributeError: 'DataFrame' object has no attribute 'append'",
  "RuntimeError: pip install -r requirements.txt",
  "RuntimeError: pip install git+https://example.org/tool.git",
  "RuntimeError: pip install https://example.org/tool.whl",
  "ImportError: Missing optional dependency '-rhosts'",
  "",
])("%j shows no need", (message) => {
  expect(needFromFailure(message)).toBeNull();
});

test("the last error counts, not the code that the traceback quotes", () => {
  const text = `Traceback (most recent call last):
  File "/env/lib/python3.11/site-packages/pandas/io.py", line 9, in read
    raise ImportError("Please pip install fastparquet")
ImportError: Missing optional dependency 'pyarrow'. pyarrow is required.
`;
  expect(needFromFailure(text)?.distribution).toBe("pyarrow");
});

test("arbitrary text never throws, and is read in a moment", () => {
  const words = [
    "No module named '",
    "'",
    "Missing optional dependency '",
    " is required",
    "requires ",
    "pip install ",
    "a.b",
    "\n",
    "  ",
    "ImportError: ",
  ];
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constantFrom(...words), fc.string())), (parts) => {
      const need = needFromFailure(parts.join(""));
      if (need !== null) expect(need.reason).not.toBe("");
    }),
  );
  const before = performance.now();
  needFromFailure("requires the ".repeat(20_000));
  needFromFailure("a.".repeat(100_000));
  expect(performance.now() - before).toBeLessThan(1000);
});
