import { expect, test } from "vitest";
import { readManifests } from "../manifests/index.ts";
import { launchedCommand } from "./index.ts";

const pyproject = '[project]\nname = "p"\nversion = "1"\n[project.scripts]\nfit = "p.cli:main"\n';
const poetry = '[tool.poetry]\nname = "p"\n[tool.poetry.scripts]\nfit = "p.cli:App.run"\n';
const setup = `from setuptools import setup
setup(name="p", entry_points={"console_scripts": [
  "fit = p.cli:main"]})
`;

function runs(files: Readonly<Record<string, string>>, line: string): string | null {
  const readFile = (path: string): string | null => files[path] ?? null;
  const manifests = readManifests(Object.keys(files), readFile, (path) => path in files);
  return launchedCommand(line, manifests, { readFile })?.[0]?.command.run ?? null;
}

test.each([
  [{ "pyproject.toml": pyproject }, "from p.cli import main", "sys.exit(main())"],
  [{ "pyproject.toml": poetry }, "from p.cli import App", "sys.exit(App.run())"],
  [{ "setup.py": setup }, "from p.cli import main", "sys.exit(main())"],
  [
    { "setup.cfg": "[options.entry_points]\nconsole_scripts =\n  fit = p.cli:main\n" },
    "from p.cli import main",
    "sys.exit(main())",
  ],
])("a program of the project's own in %j is the call that it makes", (files, imports, call) => {
  const run = runs(files, "fit --fast 'a b'");
  expect(run).toContain(imports);
  expect(run).toContain(call);
  expect(run).toMatch(/^python -c '.*' --fast 'a b'$/u);
});

test("another program is left as it is", () => {
  expect(runs({ "pyproject.toml": pyproject }, "pytest")).toBeNull();
  expect(runs({ "pyproject.toml": pyproject }, "python fit.py")).toBeNull();
});
