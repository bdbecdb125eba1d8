/** For the tests of this folder: a small program, instrumented and run twice by a real Python with the hook. */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { findPlaces, type PlacesFound, type ProbedRun, type Replay } from "./find-places.ts";
import { instrumentFiles } from "./instrument-files.ts";

export interface SampleProgram {
  readonly files: Readonly<Record<string, string>>;
  /** Arguments of Python; `main.py` where left out. */
  readonly argv?: readonly string[];
  /** Variables of the two runs. */
  readonly first?: Readonly<Record<string, string>>;
  readonly second?: Readonly<Record<string, string>>;
  readonly python?: string;
}

const hook = path.resolve(import.meta.dirname, "../../../pyhook");

/** What is found of why the program's standard output is not the same in two runs. */
export async function findPlacesOf(program: SampleProgram): Promise<PlacesFound> {
  const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "rung-probes-"));
  try {
    const tree = path.join(folder, "tree");
    for (const [name, content] of Object.entries(program.files)) {
      fs.mkdirSync(path.dirname(path.join(tree, name)), { recursive: true });
      fs.writeFileSync(path.join(tree, name), content);
    }
    const code = Object.keys(program.files).filter((name) => name.endsWith(".py"));
    const { sites, edits } = await instrumentFiles(tree, code);
    for (const [name, text] of edits) fs.writeFileSync(path.join(tree, name), text);
    let count = 0;
    return await findPlaces({
      sites,
      run: (side, replay) => {
        count += 1;
        return Promise.resolve(runProbed(program, tree, path.join(folder, `run-${count}`), side, replay));
      },
      same: (first: string, second) => first === second,
    });
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function runProbed(
  program: SampleProgram,
  tree: string,
  shared: string,
  side: "first" | "second",
  replay: Replay | null,
): ProbedRun<string> {
  fs.mkdirSync(shared);
  const values = path.join(shared, "values");
  const settings = {
    record: false,
    seed: null,
    forceSeed: false,
    control: null,
    probe: { replay: replay?.values ?? null, replaySites: replay?.sites ?? [] },
    events: path.join(shared, "events.jsonl"),
    values,
    tree,
  };
  fs.writeFileSync(path.join(shared, "hook.json"), JSON.stringify(settings));
  const done = spawnSync(program.python ?? "python3", [...(program.argv ?? ["main.py"])], {
    cwd: tree,
    encoding: "utf8",
    env: {
      PATH: process.env["PATH"],
      PYTHONPATH: hook,
      PYTHONDONTWRITEBYTECODE: "1",
      RUNG_HOOK: path.join(shared, "hook.json"),
      ...program[side],
    },
  });
  return { values, outputs: done.stdout + (done.status === 0 ? "" : done.stderr) };
}
