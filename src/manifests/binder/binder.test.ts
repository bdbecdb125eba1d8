import { expect, test } from "vitest";
import { readManifests } from "../index.ts";

const read = (path: string, text: string, files: Readonly<Record<string, string>> = {}) =>
  readManifests([path], (name) => (name === path ? text : (files[name] ?? null)))[0];

test("postBuild says what it installs, start what it runs, apt.txt which packages of the system", () => {
  const built = read(
    "binder/postBuild",
    "#!/bin/bash\nset -ex\npip install --no-deps \\\n  foo==1 && sudo apt-get install -y gdal-bin\nmamba install -y -c conda-forge cartopy=0.22\n",
  );
  expect(
    built?.requirements.map(({ ecosystem, name, specifier, location }) => [
      ecosystem,
      name,
      specifier,
      location.line,
    ]),
  ).toEqual([
    ["pypi", "foo", "==1", 3],
    ["conda", "cartopy", "==0.22.*", 5],
  ]);
  expect(built?.systemPackages).toMatchObject([{ name: "gdal-bin" }]);
  expect(
    read("binder/start", '#!/bin/bash\npython make_data.py\nexport A=1\nexec "$@"\n')?.commands,
  ).toMatchObject([{ run: "python make_data.py", location: { line: 2 } }]);
  expect(read("apt.txt", "# tools\ngraphviz\n\nlibgeos-dev  # for maps\n")?.systemPackages).toEqual([
    { name: "graphviz", location: { file: "apt.txt", line: 2 } },
    { name: "libgeos-dev", location: { file: "apt.txt", line: 4 } },
  ]);
});

test("a development container says its Python and what it installs", () => {
  const manifest = read(
    ".devcontainer/devcontainer.json",
    '{\n  // Python\n  "image": "mcr.microsoft.com/devcontainers/python:1-3.11-bullseye",\n  "postCreateCommand": "pip install --user \\"rich>=13\\" -r requirements.txt"\n}\n',
  );
  expect(manifest?.python).toMatchObject({ specifier: "==3.11.*", location: { line: 3 } });
  expect(manifest?.requirements).toMatchObject([{ name: "rich", specifier: ">=13" }]);
});
