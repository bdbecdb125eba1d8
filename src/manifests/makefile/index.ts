import type { Command } from "../../model/index.ts";
import { baseName, defineManifestFormat, makeManifest } from "../manifest-format.ts";
import { makeCommand } from "../shell/make-command.ts";
import { isChore } from "../shell/classify.ts";
import { parseTargets, runningTargets } from "./parse-targets.ts";

/** Targets that by their name make everything; the first of these that runs something stands for the project. */
const whole = [
  "reproduce",
  "reproduction",
  "replicate",
  "all",
  "run",
  "pipeline",
  "results",
  "analysis",
  "analyze",
  "main",
  "paper",
];

const isTest = (name: string): boolean => /^(?:tests?|check|pytest)$/u.test(name);

/**
 * Makefile: the target that makes everything where there is one, else each target that runs something and that no
 * other such target needs. Targets that clean, install, publish or serve are no commands; a test target is one beside.
 */
export const makefile = defineManifestFormat({
  id: "Makefile",
  matches: (path) => /^(?:GNUmakefile|[Mm]akefile)$/u.test(baseName(path)),
  read(path, text) {
    const targets = parseTargets(text);
    const running = runningTargets(targets);
    const work = targets.filter(
      (target) => running.has(target.name) && !isTest(target.name) && !isChore(target.name),
    );
    const needed = new Set(work.flatMap((target) => target.prerequisites));
    const preferred = whole
      .map((name) => work.find((target) => target.name === name))
      .find((found) => found !== undefined);
    const chosen = preferred === undefined ? work.filter((target) => !needed.has(target.name)) : [preferred];
    const tests = targets.filter((target) => isTest(target.name) && running.has(target.name)).slice(0, 1);
    const commands = [...chosen, ...tests].map((target): Command => {
      const kind = isTest(target.name) ? "test" : "run";
      const run = `make ${target.name}`;
      return makeCommand({
        name: target.name.replaceAll("/", "-"),
        kind,
        run,
        location: { file: path, line: target.line },
      });
    });
    return makeManifest("Makefile", path, { commands });
  },
});
