import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { causeKinds } from "../../model/schemas.ts";
import { executeCommand, mergeConditions } from "../../sandbox/index.ts";
import { makeSample, type Sample } from "../../sandbox/sample-request.ts";
import { perturbations } from "./index.ts";
import { allowedProcessors, perturbedMachine } from "./machine.ts";
import type { PerturbationContext } from "./perturbation.ts";

type Said = Readonly<Record<string, unknown>>;

/** What is seen by another name too: variables, and the working directory, which moves with the tree. */
const also: Readonly<Record<string, readonly string[]>> = {
  clock: ["env:FAKETIME"],
  "temp-folder": ["env:TMPDIR"],
  locale: ["env:LC_CTYPE"],
  "working-directory": ["cwd", "env:PWD"],
  "tree-path": ["cwd", "env:PWD"],
  home: ["env:HOME", "env:PYTHONUSERBASE"],
  user: ["env:USER", "env:LOGNAME"],
  hostname: ["env:HOSTNAME"],
};
/** Seen by their variables alone. */
const byVariables = new Set(["environment"]);

let sample: Sample;
let context: PerturbationContext;
let reference: Said;
let again: Said;
const others = new Map<string, Said>();
const unmet = new Map<string, readonly string[]>();

async function run(id: string | null, more: object = {}): Promise<Said> {
  const request = sample.request({ run: "python probe.py" }, { network: true, ...more });
  const chosen = perturbations.map((one) => one.apply(one.id === id ? 1 : 0, context));
  const result = await executeCommand({ ...request, conditions: mergeConditions(chosen) });
  unmet.set(id ?? "", result.conditionsNotMet);
  expect(result.run.errorTail).toBe("");
  if (id === null) left = result.run;
  return JSON.parse(sample.text(result, "", "stdout")) as Said;
}
let left: Awaited<ReturnType<typeof executeCommand>>["run"];

function differences(one: Said, other: Said): string[] {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return names.filter((name) => JSON.stringify(one[name]) !== JSON.stringify(other[name])).toSorted();
}

beforeAll(async () => {
  sample = makeSample({
    "probe.py": fs.readFileSync(path.join(import.meta.dirname, "probe.py"), "utf8"),
    "accents.txt": "é\n",
    ...Object.fromEntries(["a", "b", "c", "d"].map((name) => [`listed/${name}`, ""])),
  });
  fs.utimesSync(path.join(sample.root, "accents.txt"), 1e9, 1e9);
  context = {
    command: sample.request({}).command,
    scope: "copy",
    network: true,
    declared: new Set(),
    inherited: Object.fromEntries(Object.entries(process.env).map(([name, value]) => [name, value ?? ""])),
    trace: null,
    machine: await perturbedMachine(),
  };
  again = await run(null);
  reference = await run(null);
  const waiting = [...perturbations];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      others.set(next.id, await run(next.id, next.id === "input-changed" ? { after: [left] } : {}));
    }
  };
  await Promise.all([work(), work(), work()]);
}, 240_000);
afterAll(() => sample.remove());

describe("perturbations", () => {
  it("are there for every kind of cause, each with a name of its own", () => {
    expect([...new Set(perturbations.map(({ kind }) => kind))].toSorted()).toEqual(
      [...causeKinds].toSorted(),
    );
    expect(new Set(perturbations.map(({ id }) => id)).size).toBe(perturbations.length);
  });

  it("give the same run for the same choices", () => {
    const volatile = unmet.get("")?.length === 0 ? [] : differences(again, reference);
    expect(differences(again, reference)).toEqual(volatile);
  });

  it.each(perturbations.map(({ id }) => id))("%s changes what it declares, and nothing else", (id) => {
    const found = perturbations.find((one) => one.id === id);
    // Where nothing isolates, paths and process ids are new in each run, and some conditions cannot be met.
    if (found === undefined || unmet.get("")?.length !== 0) return;
    const variables = Object.keys(found.apply(1, context).variables ?? {}).map((name) => `env:${name}`);
    const declared = new Set([id, ...variables, ...(also[id] ?? [])]);
    const changed = differences(reference, others.get(id) ?? {});
    // Whatever is changed moves what lies in memory.
    for (const follower of perturbations) if (follower.followsOthers) declared.add(follower.id);
    expect(changed.filter((name) => !declared.has(name))).toEqual([]);
    expect(changed).toEqual(expect.arrayContaining(byVariables.has(id) ? variables.slice(0, 1) : [id]));
  });

  it("give other conditions for every choice, and the same for the same", () => {
    for (const { id, choices, apply } of perturbations) {
      const all = Array.from({ length: choices + 1 }, (_, choice) => JSON.stringify(apply(choice, context)));
      expect(new Set(all).size, id).toBe(choices + 1);
      expect(JSON.stringify(apply(1 + choices, context)), id).toBe(all[1]);
    }
  });

  it("reach a child that is given a copy of the variables", () => {
    if (unmet.get("")?.length === 0) expect(reference["child"]).toEqual([true, true]);
  });

  it("do not take each other's variables away when they are merged", () => {
    const chosen = ["hash-seed", "threads", "cpu-features"].map((id) =>
      perturbations.find((one) => one.id === id)?.apply(1, context),
    );
    const merged = mergeConditions(chosen.flatMap((one) => one ?? []));
    expect(merged.nativeVariables).toMatchObject({
      PYTHONHASHSEED: "1",
      OMP_NUM_THREADS: "2",
      OPENBLAS_CORETYPE: expect.any(String),
    });
  });

  it.runIf(process.env["PYTHONHASHSEED"] === undefined)(
    "do not show a program that prints its variables those by which hashes and threads are fixed",
    () => {
      const seen = Object.keys(reference).filter((name) =>
        /PYTHONHASHSEED|OMP_NUM|BLAS_NUM|FAKETIME/u.test(name),
      );
      expect(seen).toEqual([]);
    },
  );

  it("show another day of the week, and a leap day, in whichever time zone is tried with them", () => {
    const dayAt = (choice: number): string => {
      const given = perturbations.map((one) => one.apply(choice, { ...context, machine }));
      const { clock = 0, variables } = mergeConditions(given);
      const options = { timeZone: variables?.["TZ"] ?? "", weekday: "short", month: "short", day: "numeric" };
      return new Intl.DateTimeFormat("en-GB", options as Intl.DateTimeFormatOptions).format(clock * 1000);
    };
    const machine = { ...context.machine, hasZoneNames: true, timeZone: "UTC" };
    expect([1, 2].map(dayAt)).toEqual(["Sun 28 Nov", "Tue 29 Feb"]);
  });

  it("leave alone what the project sets itself", () => {
    const declared = new Set(["PYTHONHASHSEED", "TZ"]);
    const said = perturbations.map(({ id, notHere }) => [id, notHere?.({ ...context, declared }) ?? null]);
    expect(Object.fromEntries(said)).toMatchObject({
      "hash-seed": "the project sets PYTHONHASHSEED itself",
      "time-zone": "the project sets TZ itself",
      home: null,
    });
  });
});

describe("the processors that a process may use", () => {
  it("are read as the kernel lists them", () => {
    expect(allowedProcessors("Name:\tx\nCpus_allowed_list:\t0-2,7\n")).toEqual([0, 1, 2, 7]);
    expect(allowedProcessors("")).toEqual([0]);
  });
});
