import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chooseInterpreter, environmentFromRequirements } from "../environments/index.ts";
import type { Environment } from "../model/index.ts";
import { removeTree, temporaryDirectory } from "../system/index.ts";
import { confineBuilds } from "./confine.ts";
import { backends, works } from "./detect.ts";

const working = new Map<string, boolean>();
for (const backend of backends) working.set(backend.kind, await works(backend));
const kinds = backends.map((backend) => backend.kind).filter((kind) => kind !== "none");

const names = [
  "HOME",
  "RUNG_CACHE",
  "RUNG_ISOLATION",
  "PLANTED_TOKEN",
  "PLANTED_TREE",
  "PYENV_ROOT",
] as const;
const before = names.map((name) => [name, process.env[name]] as const);
const folder = temporaryDirectory("confine-test", os.homedir());
const home = path.join(folder.path, "home");
const pyenv = process.env["PYENV_ROOT"] ?? path.join(os.homedir(), ".pyenv");

beforeAll(() => {
  fs.mkdirSync(path.join(home, ".ssh"), { recursive: true });
  fs.writeFileSync(path.join(home, ".ssh/id_rsa"), "PRIVATE");
  process.env["PYENV_ROOT"] = pyenv;
  process.env["HOME"] = home;
  process.env["PLANTED_TOKEN"] = "planted";
});
afterAll(() => {
  for (const [name, value] of before) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  removeTree(folder.path);
});

/** A setup.py that tries what no build should, and tells in its version-independent metadata what came of it. */
const nosy = `
import os, setuptools
said = []
def attempt(what, action):
    try: said.append(what + "=" + str(action()))
    except OSError: said.append(what + "=refused")
home = os.path.expanduser("~")
attempt("key", lambda: open(home + "/.ssh/id_rsa").read())
attempt("home", lambda: open(home + "/planted", "w").close())
attempt("tree", lambda: open(os.path.join(os.environ["PLANTED_TREE"], "planted"), "w").close())
attempt("beside", lambda: open(os.path.join(os.path.dirname(os.environ["PLANTED_TREE"]), "planted"), "w").close())
attempt("tools", lambda: open(os.environ["RUNG_CACHE"] + "/planted", "w").close())
attempt("system", lambda: open("/usr/planted", "w").close())
said.append("token=" + os.environ.get("PLANTED_TOKEN", "none"))
said.append("processes=" + str(len([n for n in os.listdir("/proc") if n.isdigit()]) < 20))
setuptools.setup(name="nosy", version="1.0", py_modules=["nosy"], description=" ".join(said))
`;

function summaryOf(environment: Environment): string {
  const site = fs.globSync(
    path.join(environment.prefix, "lib/python*/site-packages/nosy-1.0.dist-info/METADATA"),
  );
  return /^Summary: (.*)$/mu.exec(fs.readFileSync(site[0] ?? "", "utf8"))?.[1] ?? "(none)";
}

describe.each(kinds)("builds confined by %s (needs a package index)", (kind) => {
  const run = it.skipIf(working.get(kind) !== true);
  const make = async (root: string, files: string[], installProject = false): Promise<Environment> => {
    process.env["RUNG_ISOLATION"] = kind;
    process.env["RUNG_CACHE"] = path.join(home, ".cache", kind);
    process.env["PLANTED_TREE"] = root;
    const confine = (await confineBuilds(root)) ?? undefined;
    expect(confine).toBeDefined();
    const interpreter = await chooseInterpreter(null);
    return environmentFromRequirements({ root, files, interpreter, installProject, confine }, () => {});
  };

  run("the project's own build reads no secret and leaves nothing behind", { timeout: 90_000 }, async () => {
    const root = path.join(home, `work-${kind}/project`);
    fs.mkdirSync(root, { recursive: true });
    fs.writeFileSync(path.join(root, "setup.py"), nosy);
    fs.writeFileSync(path.join(root, "nosy.py"), "");
    const environment = await make(root, [], true);
    expect(summaryOf(environment)).toBe(
      "key=refused home=None tree=None beside=None tools=None system=refused token=none processes=True",
    );
    // What a build "wrote" into the home and the tree went to places that are gone with it.
    expect(fs.readdirSync(root).sort()).toEqual(["nosy.py", "setup.py"]);
    expect(fs.readdirSync(path.dirname(root))).toEqual(["project"]);
    expect(fs.readdirSync(path.join(home, ".cache", kind))).not.toContain("planted");
    expect(fs.readdirSync(home)).not.toContain("planted");
    expect(fs.existsSync("/usr/planted")).toBe(false);
  });

  run("a package that is an sdist only installs", { timeout: 90_000 }, async () => {
    const root = path.join(home, `sdist-${kind}`);
    fs.mkdirSync(root, { recursive: true });
    fs.writeFileSync(path.join(root, "requirements.txt"), "docopt==0.6.2\n");
    const environment = await make(root, ["requirements.txt"]);
    expect(environment.packages).toEqual({ docopt: "0.6.2" });
    const started = performance.now();
    await make(root, ["requirements.txt"]);
    expect(performance.now() - started).toBeLessThan(500);
  });
});

it("gives null where nothing can confine", async () => {
  process.env["RUNG_ISOLATION"] = "none";
  expect(await confineBuilds(home)).toBeNull();
});
