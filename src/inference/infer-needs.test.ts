import { expect, test } from "vitest";
import type { Need } from "../model/index.ts";
import { inferNeeds, type Inference } from "./infer-needs.ts";
import type { ModuleOwners } from "./installed-modules.ts";
import { nothingPinned, type PinnedModules } from "./pinned-modules.ts";
import { codeWith } from "./sample-code.ts";

async function infer(
  files: Readonly<Record<string, string>>,
  installed: ModuleOwners | null = null,
  pinned: PinnedModules = nothingPinned,
): Promise<Inference> {
  const code = await codeWith(files);
  return inferNeeds({ ...code, commands: code.project.commands, installed, pinned });
}

const names = ({ needs }: Inference): readonly (string | null)[] =>
  needs.map(({ distribution }) => distribution);
const rules = ({ findings }: Inference): readonly string[] => findings.map(({ rule }) => rule);
const needOf = ({ needs }: Inference, name: string): Need | undefined =>
  needs.find(({ distribution, module }) => distribution === name || module === name);
const notebook = (...sources: readonly string[]): string =>
  JSON.stringify({
    cells: sources.map((source) => ({ cell_type: "code", metadata: {}, outputs: [], source })),
    metadata: { kernelspec: { name: "python3" } },
    nbformat: 4,
    nbformat_minor: 5,
  });
const runs = (run: string): string => `python = "3.11"\n[commands.go]\nrun = "${run}"\n`;
const script = { "rung.toml": runs("python run.py") };

test("imports become distributions, each with its place, and Python's own are left out", async () => {
  const inference = await infer({
    ...script,
    "run.py": "import os\nimport sklearn.svm\nfrom PIL import Image\n",
  });
  expect(names(inference)).toEqual(["pillow", "scikit-learn"]);
  expect(needOf(inference, "pillow")).toMatchObject({
    module: "PIL",
    known: "table",
    context: "always",
    location: { file: "run.py", line: 3 },
  });
});

test("conditional, optional, dynamic and type-checking imports are told apart", async () => {
  const inference = await infer({
    ...script,
    "run.py": `import sys
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    import pandas
if sys.argv:
    import scipy
try:
    import numba
except ImportError:
    numba = None
import importlib
importlib.import_module("sympy")
def later():
    import seaborn
`,
  });
  const contexts = Object.fromEntries(
    inference.needs.map(({ distribution, context }) => [distribution, context]),
  );
  expect(contexts).toEqual({ numba: "optional", scipy: "conditional", seaborn: "always", sympy: "dynamic" });
});

test("each command finds the modules beside its own script, and no other's", async () => {
  const inference = await infer({
    "rung.toml": '[commands.a]\nrun = "python a/run.py"\n[commands.b]\nrun = "python b/run.py"\n',
    "a/run.py": "import six\n",
    "a/six.py": "",
    "b/run.py": "import six\nimport far\n",
    "lib/far.py": "",
  });
  expect(needOf(inference, "six")).toMatchObject({ distribution: "six", location: { file: "b/run.py" } });
  expect(needOf(inference, "far")).toMatchObject({ distribution: null, known: "unknown" });
  expect(rules(inference)).toEqual(["near-miss-module"]);
  expect(inference.findings[0]?.message).toBe(
    "far is no module that Python finds from b; the project has lib/far.py",
  );
});

test("a package of almost the right name is asked about, not taken from the index", async () => {
  const files = { ...script, "run.py": "from datasets.loader import load\n", "dataset/loader.py": "" };
  const inference = await infer(files);
  expect(needOf(inference, "datasets")).toMatchObject({ distribution: null, candidates: ["datasets"] });
  expect(inference.findings[0]).toMatchObject({
    rule: "near-miss-module",
    severity: "error",
    message: "datasets is no module of the project; did you mean dataset/?",
    file: "run.py",
    line: 1,
  });
  const declared = await infer({ ...files, "requirements.txt": "datasets\n" });
  expect(needOf(declared, "datasets")).toMatchObject({ distribution: "datasets", known: "declared" });
});

test("of several distributions none is taken, unless one is declared or installed", async () => {
  const files = { ...script, "run.py": "import cv2\n" };
  const open = await infer(files);
  expect(needOf(open, "cv2")).toMatchObject({ distribution: null, known: "unknown" });
  expect(needOf(open, "cv2")?.candidates).toContain("opencv-python-headless");
  expect(rules(open)).toEqual(["ambiguous-module"]);
  const declared = await infer({ ...files, "requirements.txt": "opencv-python-headless\n" });
  expect(needOf(declared, "cv2")).toMatchObject({
    distribution: "opencv-python-headless",
    known: "declared",
  });
  const installed = await infer(files, new Map([["cv2", ["opencv-contrib-python"]]]));
  expect(needOf(installed, "cv2")).toMatchObject({
    distribution: "opencv-contrib-python",
    known: "installed",
  });
});

test("a declared build of a distribution brings its modules", async () => {
  const declared = await infer({
    ...script,
    "run.py": "import tensorflow\nimport xgboost\n",
    "requirements.txt": "tensorflow-cpu\nxgboost-plots\n",
  });
  expect(needOf(declared, "tensorflow")).toMatchObject({ distribution: "tensorflow-cpu", known: "declared" });
  expect(needOf(declared, "xgboost")).toMatchObject({ distribution: "xgboost", known: "table" });
});

test("namespace packages are told by what is taken from them", async () => {
  const code =
    "from google.cloud import storage, bigquery\nimport google.protobuf\nfrom google.cloud import newest\n";
  const inference = await infer({ ...script, "run.py": code });
  expect(names(inference)).toEqual([
    "google-cloud-bigquery",
    "google-cloud-newest",
    "google-cloud-storage",
    "protobuf",
  ]);
});

test("what nothing but a name tells is said", async () => {
  const inference = await infer({ ...script, "run.py": "import labtools_of_ours\n" });
  expect(needOf(inference, "labtools-of-ours")?.known).toBe("same-name");
  expect(rules(inference)).toEqual(["inferred-by-name"]);
});

test("install lines of notebooks give needs with their versions", async () => {
  const inference = await infer({
    "work.ipynb": notebook(
      "%pip install -q scikit-learn==1.2.0\nimport sklearn",
      "!pip install 'lifelines>=0.27' && echo done",
      "import sys\n!{sys.executable} -m pip install patsy",
      "!conda install -y -c conda-forge numba=0.57",
    ),
  });
  expect(Object.fromEntries(inference.needs.map((need) => [need.distribution, need.specifier]))).toEqual({
    lifelines: ">=0.27",
    numba: "==0.57",
    patsy: undefined,
    "scikit-learn": "==1.2.0",
  });
  expect(needOf(inference, "lifelines")).toMatchObject({ known: "install-line", context: "hidden" });
  expect(needOf(inference, "scikit-learn")).toMatchObject({ module: "sklearn", context: "always" });
});

test("a notebook's kernel brings IPython; a script must have it", async () => {
  expect(names(await infer({ "work.ipynb": notebook("from IPython.display import display") }))).toEqual([]);
  expect(names(await infer({ ...script, "run.py": "import IPython\n" }))).toEqual(["ipython"]);
});

test.each([
  ["pd.read_excel('a.xlsx')", ["openpyxl"]],
  ["pd.read_excel('a.xls')", ["xlrd"]],
  ["pd.DataFrame().to_parquet('a')", ["pyarrow"]],
  ["pd.read_html('a.html')", ["beautifulsoup4", "html5lib", "lxml"]],
  ["pd.read_hdf('a.h5')", ["tables"]],
  ["df = pd.DataFrame()\ndf.style.highlight_max()", ["jinja2"]],
  ["df = pd.DataFrame()\ndf['x'].plot()", ["matplotlib"]],
  ["df = pd.DataFrame()\ndf.groupby('x').plot.bar()", ["matplotlib"]],
  ["df = pd.DataFrame()\ndf.plot(kind='kde')", ["matplotlib", "scipy"]],
  ["df = pd.DataFrame()\ndf['x'].plot.kde()", ["matplotlib", "scipy"]],
  ["pd.DataFrame().to_parquet('a', engine='fastparquet')", ["fastparquet"]],
  ["pd.DataFrame().to_markdown()", ["tabulate"]],
  ["pd.read_sql('select 1', 'postgresql://host/db')", ["psycopg2-binary", "sqlalchemy"]],
  ["pd.read_csv('s3://bucket/a.csv')", ["s3fs"]],
  ["pd.read_csv('a.csv')", []],
])("%s needs %j", async (code, needed) => {
  const inference = await infer({ ...script, "run.py": `import pandas as pd\n${code}\n` });
  const hidden = inference.needs.filter(({ context }) => context === "hidden");
  expect(hidden.map(({ distribution }) => distribution)).toEqual(needed);
  for (const { reason, location } of hidden) {
    expect(reason).toMatch(/: \w+/u);
    expect(location.file).toBe("run.py");
  }
});

test("a file that hides a standard module is said", async () => {
  const inference = await infer({
    ...script,
    "run.py": "import random\n",
    "random.py": "",
    "sub/csv.py": "",
  });
  expect(inference.findings).toMatchObject([
    {
      rule: "shadowed-module",
      severity: "warning",
      file: "random.py",
      message: "random.py hides Python's own module random",
    },
  ]);
});

test("a declared distribution that names its module and Python brings that module", async () => {
  const files = { ...script, "run.py": "import oddweather\n", "requirements.txt": "python-oddweather\n" };
  expect(needOf(await infer(files), "oddweather")).toMatchObject({
    distribution: "python-oddweather",
    known: "declared",
  });
  const other = await infer({ ...files, "requirements.txt": "python-other\n" });
  expect(needOf(other, "oddweather")).toMatchObject({ distribution: "oddweather", known: "same-name" });
});

test("what is declared and never imported is said, programs and engines apart", async () => {
  const inference = await infer({
    ...script,
    "run.py": "import numpy\n",
    "other.py": "import yaml\n",
    "requirements.txt": "numpy\npyyaml\nopenpyxl\njupyterlab\npytest-cov\nleft-behind==1.0\n",
  });
  expect(inference.findings).toMatchObject([
    {
      rule: "over-declared",
      severity: "info",
      file: "requirements.txt",
      line: 6,
      message: "declared and never imported: left-behind",
    },
  ]);
});

test("a module of Python 2 is no package, whatever bears its name on the index", async () => {
  const inference = await infer({ ...script, "run.py": "import cPickle\nimport urllib2, numpy\n" });
  expect(names(inference)).toEqual(["numpy"]);
});
