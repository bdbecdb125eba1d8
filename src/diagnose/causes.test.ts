import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { failedRun, traceback } from "../../test/support/failed-run.ts";
import { causes } from "./causes.ts";
import { explainCause, unreachedNetwork } from "./index.ts";

type Files = Readonly<Record<string, string>>;

async function causeOf(files: Files, text: string, run = "python main.py") {
  using failed = await failedRun(files, { run }, text);
  return explainCause(failed);
}

describe("the exact cause of a failed run, with its place", () => {
  test("the network, and which address", async () => {
    const line = 'data = pd.read_csv("https://example.org/data.csv")';
    const error = "urllib.error.URLError: <urlopen error [Errno -3] Temporary failure in name resolution>";
    expect(
      await causeOf({ "main.py": `import pandas as pd\n${line}\n` }, traceback("main.py", 2, line, error)),
    ).toMatchObject({
      rule: "network-needed",
      file: "main.py",
      line: 2,
      message: "main: it needs the network to reach https://example.org/data.csv",
    });
  });

  test("a download of which no error stops the notebook", async () => {
    const cell = (source: readonly string[]) => ({ cell_type: "code", metadata: {}, outputs: [], source });
    const notebook = JSON.stringify(
      {
        nbformat: 4,
        nbformat_minor: 4,
        metadata: {},
        cells: [
          cell(["!wget -O land.csv https://example.org/api/1/1880.csv "]),
          cell(["import numpy\n", "numpy.loadtxt('land.csv')"]),
        ],
      },
      null,
      1,
    );
    const at = (words: string): number => notebook.split("\n").findIndex((line) => line.includes(words)) + 1;
    const text = `Code cell 2 of 2: StopIteration: \n<ipython-input-2-0a1b> in <module>\n      1 import numpy\n----> 2 numpy.loadtxt('land.csv')\n`;
    using failed = await failedRun({ "a.ipynb": notebook }, { kind: "notebook", run: "a.ipynb" }, text);
    expect(explainCause(failed)).toMatchObject({
      rule: "network-needed",
      file: "a.ipynb",
      line: at("!wget"),
      message: `main: it needs the network to reach https://example.org/api/1/1880.csv: wget fetches it, and no error of wget stops the notebook, and line ${at("loadtxt")} then fails`,
    });
    const other = `Code cell 2 of 2: ValueError: 3\n----> 1 f()\n`;
    using another = await failedRun({ "a.ipynb": notebook }, { kind: "notebook", run: "a.ipynb" }, other);
    expect(explainCause(another).rule).not.toBe("network-needed");
  });

  test("a kernel that died, by the cell that ran", async () => {
    const cell = (source: string) =>
      `{"cell_type":"code","metadata":{},"outputs":[],\n"source":["${source}"]}`;
    const notebook = `{"nbformat":4,"nbformat_minor":4,"metadata":{},"cells":[\n${cell("1")},\n${cell("f()")}]}`;
    const text = "The kernel died while code cell 2 of 2 ran.\n";
    using failed = await failedRun({ "a.ipynb": notebook }, { kind: "notebook", run: "a.ipynb" }, text);
    expect(explainCause(failed)).toMatchObject({ file: "a.ipynb", line: 5 });
  });

  test("a key to a service", async () => {
    const line = "geocode(place)";
    const text = traceback("main.py", 1, line, "ValueError: An API key is required by the service.");
    expect(await causeOf({ "main.py": line }, text)).toMatchObject({
      rule: "missing-variable",
      line: 1,
      message: "main: it needs a key to a service, which nobody else has",
    });
  });

  test("a GPU", async () => {
    const line = "model.cuda()";
    const error = "AssertionError: Torch not compiled with CUDA enabled";
    expect(await causeOf({ "main.py": `${line}\n` }, traceback("main.py", 1, line, error))).toMatchObject({
      rule: "gpu-needed",
      file: "main.py",
      line: 1,
    });
  });

  test("a path of the owner's machine, with the patch that makes it relative", async () => {
    const line = 'data = open("/Users/ann/work/project/data/x.csv")';
    const error =
      "FileNotFoundError: [Errno 2] No such file or directory: '/Users/ann/work/project/data/x.csv'";
    const finding = await causeOf(
      { "main.py": `${line}\n`, "data/x.csv": "a\n1\n" },
      traceback("main.py", 1, line, error),
    );
    expect(finding).toMatchObject({ rule: "owners-path", file: "main.py", line: 1 });
    expect(finding.fix).toContain('+data = open("data/x.csv")');
  });

  test("chdir into the owner's folder of the project", async () => {
    const line = "os.chdir('/Users/ann/work/project')";
    const error = "FileNotFoundError: [Errno 2] No such file or directory: '/Users/ann/work/project'";
    const finding = await causeOf(
      { "main.py": `import os\n${line}\n` },
      traceback("main.py", 2, line, error),
    );
    expect(finding).toMatchObject({ rule: "owners-path", line: 2 });
    expect(finding.fix).toContain("+os.chdir('.')");
  });

  test("data that is not in the project, and of which DVC has the pointer", async () => {
    const line = 'open("data/big.csv")';
    const error = "FileNotFoundError: [Errno 2] No such file or directory: 'data/big.csv'";
    const text = traceback("main.py", 1, line, error);
    expect(await causeOf({ "main.py": line }, text)).toMatchObject({
      rule: "missing-file",
      file: "main.py",
      line: 1,
    });
    const tracked = await causeOf({ "main.py": line, "data/big.csv.dvc": "outs:\n" }, text);
    expect(tracked.message).toContain("DVC tracks it");
    expect(tracked.fix).toContain("dvc pull");
  });

  test("data that an earlier pandas says in its own words not to find", async () => {
    const line = 'pd.read_csv("police.csv")';
    const error = "FileNotFoundError: [Errno 2] File b'police.csv' does not exist: b'police.csv'";
    expect(await causeOf({ "main.py": line }, traceback("main.py", 1, line, error))).toMatchObject({
      rule: "missing-file",
      message: expect.stringContaining("it reads police.csv, which is not in the project"),
    });
  });

  test("the pointer of a file in Git LFS", async () => {
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${"0".repeat(64)}\nsize 12\n`;
    const line = 'df = pd.read_parquet("data/big.parquet")';
    const text = traceback(
      "main.py",
      1,
      line,
      "pyarrow.lib.ArrowInvalid: Parquet magic bytes not found in footer",
    );
    expect(await causeOf({ "main.py": line, "data/big.parquet": pointer }, text)).toMatchObject({
      rule: "missing-file",
      message: expect.stringContaining("Git LFS pointer"),
    });
  });

  test("Python 2, with the line ported", async () => {
    const text =
      '  File "/home/room/project/main.py", line 2\n    print "hello", x\n    ^^^^\nSyntaxError: Missing parentheses in call to \'print\'. Did you mean print(...)?\n';
    const finding = await causeOf({ "main.py": 'x = 1\nprint "hello", x\n' }, text);
    expect(finding).toMatchObject({ rule: "python-2", file: "main.py", line: 2 });
    expect(finding.fix).toContain('+print("hello", x)');
  });

  test.each([
    ["for x in xrange(3):", "NameError: name 'xrange' is not defined", "+for x in range(3):"],
    [
      "even = grid / 2 * [0, 1]",
      "TypeError: can't multiply sequence by non-int of type 'float'",
      "+even = grid // 2 * [0, 1]",
    ],
    [
      "for i in range(n/2):",
      "TypeError: 'float' object cannot be interpreted as an integer",
      "+for i in range(n//2):",
    ],
    ["import cPickle", "ModuleNotFoundError: No module named 'cPickle'", "2to3"],
    ["for k, v in d.iteritems():", "AttributeError: 'dict' object has no attribute 'iteritems'", "d.items()"],
  ])("Python 2 that Python 3 reads and cannot run: %s", async (line, error, fix) => {
    const finding = await causeOf({ "main.py": `${line}\n` }, traceback("main.py", 1, line, error));
    expect(finding).toMatchObject({ rule: "python-2", file: "main.py", line: 1 });
    expect(finding.fix).toContain(fix);
  });

  test("an old name that a package uses is not the project's Python 2", async () => {
    const line = "package.work()";
    const text = traceback("main.py", 1, line, "NameError: name 'xrange' is not defined");
    expect(await causeOf({ "main.py": `${line}\n` }, text)).not.toMatchObject({ rule: "python-2" });
  });

  test("what make has no rule for, at the Makefile's line, and where such a file is", async () => {
    const files = {
      Makefile: "# bin/collate.py\nCOLLATE=bin/collate.py\nall.csv : $(COLLATE)\n\tpython $<\n",
      "package/collate.py": "",
    };
    const text = "make: *** No rule to make target 'bin/collate.py', needed by 'all.csv'.  Stop.\n";
    const finding = await causeOf(files, text, "make all.csv");
    expect(finding).toMatchObject({ rule: "recipe-file-missing", file: "Makefile", line: 2 });
    expect(finding.message).toBe(
      "main: make needs bin/collate.py for all.csv, which is not in the project, though package/collate.py is",
    );
  });

  test("input that a person would type, and not a pickle that ends too early", async () => {
    const line = "name = input()";
    const files = { "main.py": `${line}\n` };
    expect(
      await causeOf(files, traceback("main.py", 1, line, "EOFError: EOF when reading a line")),
    ).toMatchObject({ rule: "reads-standard-input", file: "main.py", line: 1 });
    expect(await causeOf(files, traceback("main.py", 1, line, "EOFError"))).toMatchObject({
      message: "main: it asks for input, and no one is there to answer",
    });
    expect(
      (await causeOf(files, traceback("main.py", 1, line, "EOFError: Ran out of input"))).message,
    ).toContain("Ran out of input");
  });

  test("a library of the system, by the package that brings it", async () => {
    const error = "ImportError: libGL.so.1: cannot open shared object file: No such file or directory";
    const finding = await causeOf(
      { "main.py": "import cv2\n" },
      traceback("main.py", 1, "import cv2", error),
    );
    expect(finding).toMatchObject({ rule: "system-library", file: "main.py", line: 1 });
    expect(finding.fix).toContain("apt-get install libgl1");
    const said = "OSError: Could not find libspatialindex_c library file";
    const other = await causeOf(
      { "main.py": "import rtree\n" },
      traceback("main.py", 1, "import rtree", said),
    );
    expect(other.fix).toContain("apt-get install libspatialindex-dev");
  });

  test("a library that the package itself ought to bring", async () => {
    const where = "/env/lib/python3.6/site-packages/oddlib/binding/libodd.so";
    const text = `OSError: ${where}: cannot open shared object file: No such file or directory\nOSError: libodd.so: cannot open shared object file: No such file or directory\n`;
    expect((await causeOf({ "main.py": "import oddlib\n" }, text)).message).toBe(
      "main: oddlib is installed without its own library libodd.so",
    );
  });

  test("a program that make could not start", async () => {
    const text = "make: oddtool: No such file or directory\nmake: *** [Makefile:2: all] Error 127\n";
    const finding = await causeOf({ Makefile: "all:\n\toddtool x\n" }, text);
    expect(finding.rule).toBe("system-library");
    expect(finding.message).toContain("it needs the program oddtool");
  });

  test("a program of the system", async () => {
    const error =
      "graphviz.backend.execute.ExecutableNotFound: failed to execute PosixPath('dot'), make sure the Graphviz executables are on your systems' PATH";
    const finding = await causeOf(
      { "main.py": "g.render()\n" },
      traceback("main.py", 1, "g.render()", error),
    );
    expect(finding.rule).toBe("system-library");
    expect(finding.fix).toContain("graphviz");
  });

  test("a module of the project under another name, which no package of the index may hide", async () => {
    const files = {
      "main.py": "from datasets.loader import load\n",
      "dataset/loader.py": "def load(): ...\n",
    };
    const error = "ModuleNotFoundError: No module named 'datasets'";
    const finding = await causeOf(files, traceback("main.py", 1, "from datasets.loader import load", error));
    expect(finding).toMatchObject({ rule: "local-module-missing", file: "main.py", line: 1 });
    expect(finding.message).toContain("dataset");
  });

  test("a key that the configuration does not have", async () => {
    const line = "path = config['csv_path']";
    const files = { "main.py": `${line}\n`, "config.yaml": "lr: 0.1\n" };
    const text = traceback("main.py", 1, line, "KeyError: 'csv_path'");
    expect(await causeOf(files, text, "python main.py --config config.yaml")).toMatchObject({
      rule: "config-key-missing",
      file: "main.py",
      line: 1,
      message: expect.stringContaining("config.yaml"),
    });
  });

  test("a secret", async () => {
    const line = 'token = os.environ["API_TOKEN"]';
    const finding = await causeOf(
      { "main.py": `import os\n${line}\n` },
      traceback("main.py", 2, line, "KeyError: 'API_TOKEN'"),
    );
    expect(finding).toMatchObject({ rule: "missing-variable", file: "main.py", line: 2 });
    expect(finding.fix).toContain("secret = true");
  });

  test("what is not known is told by its last words", async () => {
    const text = traceback("main.py", 1, "f()", "ValueError: shapes do not match");
    expect(await causeOf({ "main.py": "f()\n" }, text)).toMatchObject({
      rule: "command-fails",
      file: "main.py",
      line: 1,
    });
  });
});

test("each cause has an id of its own, and no text makes one throw", async () => {
  expect(new Set(causes.map(({ id }) => id)).size).toBe(causes.length);
  using failed = await failedRun({ "main.py": "import os\n" }, { run: "python main.py" }, "");
  const words = [
    "Error: ",
    "No such file or directory: '",
    "KeyError: '",
    "/",
    "No module named 'a.",
    "\n",
    "'",
    '"',
    "File ",
  ];
  const texts = fc
    .array(fc.oneof(fc.constantFrom(...words), fc.string({ unit: "binary" })))
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(texts, (text) => {
      for (const { find } of causes) find({ ...failed, text, error: { name: "KeyError", message: text } });
    }),
  );
});

test("what a run that ended well says of a network that it did not reach", () => {
  const said = "WARNING\ncurl: (6) Could not resolve host: example.org\n1 Failed download\n";
  expect(unreachedNetwork(said)).toBe("curl: (6) Could not resolve host: example.org");
  expect(unreachedNetwork("unable to connect the dots\n")).toBeNull();
});
