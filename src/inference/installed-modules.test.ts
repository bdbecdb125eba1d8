import fc from "fast-check";
import { expect, test } from "vitest";
import { modulesOfFiles } from "../environments/index.ts";
import type { Environment } from "../model/index.ts";
import { installedModules } from "./installed-modules.ts";
import { folderWith } from "./sample-code.ts";

function modulesIn(files: Readonly<Record<string, string>>): Record<string, readonly string[]> {
  const prefix = folderWith(files);
  const interpreter = { executable: "", version: "3.11.0", implementation: "cpython", basePrefix: "" };
  const environment: Environment = {
    source: "own",
    prefix,
    binDirectory: "",
    interpreter,
    digest: null,
    description: "",
    packages: {},
  };
  return Object.fromEntries(installedModules(environment));
}

const site = "lib/python3.11/site-packages";

test("modules come from RECORD, installed-files.txt, top_level.txt and conda-meta", () => {
  const files = ["lib/python3.11/site-packages/from_conda.py", "bin/x.py"];
  expect(
    modulesIn({
      [`${site}/PyYAML-6.0.dist-info/RECORD`]:
        'yaml/__init__.py,sha256=x,1\n_yaml/__init__.py,,\n"odd,name/__init__.py",,\n../../../bin/y.py,,\nPyYAML-6.0.dist-info/RECORD,,\n',
      [`${site}/old-1.0-py3.11.egg-info/installed-files.txt`]: "../oldmod.py\n../oldpkg/__init__.py\n",
      [`${site}/lone-1.0.egg-info`]: "Name: lone\n",
      [`${site}/edit-1.0.dist-info/RECORD`]:
        "__editable__.edit-1.0.pth,,\n__editable___edit_1_0_finder.py,,\n",
      [`${site}/edit-1.0.dist-info/top_level.txt`]: "edit\n",
      "conda-meta/pytorch-2.json": JSON.stringify({ name: "pytorch", version: "2", files }),
    }),
  ).toEqual({
    yaml: ["pyyaml"],
    _yaml: ["pyyaml"],
    oldmod: ["old"],
    oldpkg: ["old"],
    edit: ["edit"],
    from_conda: ["torch"],
  });
});

test("namespace packages are told apart by their dotted names", () => {
  const record = (name: string): Record<string, string> => ({
    [`${site}/google_cloud_${name}-1.0.dist-info/RECORD`]: `google/cloud/${name}/__init__.py,,\ngoogle/cloud/${name}/client.py,,\n`,
  });
  expect(modulesIn({ ...record("storage"), ...record("bigquery") })).toEqual({
    google: ["google-cloud-bigquery", "google-cloud-storage"],
    "google.cloud.bigquery": ["google-cloud-bigquery"],
    "google.cloud.storage": ["google-cloud-storage"],
  });
});

test("tests and documentation beside a package are none of its modules", () => {
  const files = [
    "pkg/__init__.py",
    "tests/test_x.py",
    "tests/__init__.py",
    "docs/conf.py",
    "ext.cpython-311-x86_64-linux-gnu.so",
  ];
  expect(modulesOfFiles(files)).toEqual(["ext", "pkg"]);
  expect(modulesOfFiles(["tests/__init__.py"])).toEqual(["tests"]);
});

test("arbitrary paths never throw", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.string(),
          fc.string().map((name) => `a/${name}.py`),
        ),
      ),
      (files) => {
        for (const module of modulesOfFiles(files)) expect(module).toMatch(/^[\w.]+$/u);
      },
    ),
  );
});
