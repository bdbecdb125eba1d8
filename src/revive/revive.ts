import { dateEntries, pythonChoices, type EntryDate } from "../dating/index.ts";
import { learnPinned } from "../inference/index.ts";
import { readSubject } from "../levels/index.ts";
import { distinctFindings, ToolError, type Project } from "../model/index.ts";
import { projectRoot } from "../project/index.ts";
import { openStore } from "../store/index.ts";
import { dayOfGroup } from "./group-day.ts";
import { liftGroup } from "./lift.ts";
import { commandsOf, readEntries } from "./entries.ts";
import { groupEntries, startSpec } from "./start-spec.ts";
import { askedPython, notedPythons } from "./pythons.ts";
import { environmentOf, outcomesOf } from "./outcomes.ts";
import type { Revival, ReviveOptions, ReviveStep } from "./revival.ts";
import { reviveGroup, type RevivedGroup } from "./revive-group.ts";
import { openWorkshop } from "./workshop.ts";

/**
 * Brings a project back: finds what it needs, installs it as of the project's date, runs each entry in a clean room,
 * and mends the environment by what the failures say, until all run or nothing more can be done. Writes nothing into
 * the project but its records in .rung/; `changes` holds the files that would keep the result.
 * Throws ToolError PROJECT_NOT_FOUND, NO_COMMANDS, USAGE, NETWORK_UNAVAILABLE, ISOLATION_UNAVAILABLE.
 */
export async function reviveProject(directory: string, options: ReviveOptions): Promise<Revival> {
  const root = projectRoot(directory);
  const store = openStore(root);
  try {
    const subject = await readSubject(directory, store);
    const { project } = subject;
    const entries = readEntries(project, options.entries);
    if (entries.length === 0) {
      throw new ToolError(
        "NO_COMMANDS",
        `Nothing was found in ${project.name} that could be run${unreadFile(project)}`,
        {
          hint: "Name it: rung revive --entry 'python analysis.py', or --entry nb:analysis.ipynb.",
        },
      );
    }
    using workshop = openWorkshop(subject, store);
    const steps: ReviveStep[] = [];
    const step = (taken: ReviveStep): void => {
      steps.push(taken);
      options.onStep?.(taken);
    };
    const groups: RevivedGroup[] = [];
    const days: string[] = [];
    const dates = new Map<string, EntryDate>();
    for (const group of groupEntries(subject, entries)) {
      const commands = group.entries.flatMap(commandsOf);
      const dated = await dateEntries(project, subject.sources, commands, options.asOf?.slice(0, 10) ?? null);
      for (const one of dated) dates.set(one.entry, one);
      await learnPinned(
        { project: { ...project, manifests: group.manifests, commands }, sources: subject.sources },
        commands,
        options.progress,
      );
      const start = startSpec(subject, group);
      const day = await dayOfGroup(project, dated, start);
      if (day !== null) step(day.step);
      const date = day?.date ?? null;
      if (date !== null) days.push(date);
      const asked = askedPython(subject, group);
      const pythons = await pythonChoices({ asked, noted: notedPythons(dated), date }, options.progress);
      groups.push(await reviveGroup({ workshop, group, start, date, pythons, options, step }));
    }
    const outcomes = await Promise.all(groups.map((group) => outcomesOf(workshop, group, dates)));
    const lifts =
      options.lift === false
        ? []
        : await Promise.all(groups.map((group) => liftGroup(workshop, group, options.progress)));
    const causes = outcomes.flat().flatMap(({ cause }) => cause ?? []);
    return {
      schemaVersion: 1,
      project: { name: project.name, root },
      date: days.toSorted().at(-1) ?? null,
      entries: entries.flatMap(({ given }) => outcomes.flat().find(({ name }) => name === given) ?? []),
      steps,
      environments: groups.flatMap(environmentOf),
      causes: distinctFindings(causes),
      changes: lifts.flatMap(({ changes }) => changes),
      findings: distinctFindings([
        ...project.findings,
        ...groups.flatMap(({ findings }) => findings),
        ...lifts.flatMap(({ findings }) => findings),
      ]),
    };
  } finally {
    store.close();
  }
}

/** Each finding once: entries share causes. */

/** What could be the reason that no command was found: a file of the project that could not be read; else "". */
function unreadFile({ findings, manifests }: Project): string {
  const all = [...findings, ...manifests.flatMap((manifest) => manifest.findings)];
  const fault = all.find(({ severity }) => severity === "error");
  return fault === undefined ? "" : `: ${fault.message}`;
}
