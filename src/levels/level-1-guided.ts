import { defineLevel, type Check, type Pass, type ProofBody } from "./define.ts";
import { environmentFromSpec } from "./environment-choice.ts";
import { liftToGuided } from "./lifts/guided.ts";
import { archiveComplete } from "./requirements/archived.ts";
import { declaredImports } from "./requirements/declared-imports.ts";
import { instructedCommands, instructionsNameCommands } from "./requirements/instructions.ts";
import { pinnedDependencies } from "./requirements/pinned.ts";
import { proveInRoom } from "./room.ts";
import type { Subject } from "./subject.ts";

/** Level 1: others who follow the instructions get the same outputs from the archive. */
export const guided = defineLevel({
  order: 1,
  title: "by others, with guidance",
  dependsOn: [
    "the package index still serves the pinned versions",
    "no package that is not pinned (the dependencies' own dependencies) is released with incompatible changes",
    "readers find the instructions and understand them",
  ],
  requires,
  prove,
  lift: liftToGuided,
});

function requires(subject: Subject): readonly Check[] {
  return [
    declaredImports(subject),
    pinnedDependencies(subject),
    instructionsNameCommands(subject),
    archiveComplete(subject),
  ];
}

function prove(subject: Subject, pass: Pass): Promise<ProofBody> {
  return proveInRoom({
    subject,
    pass,
    commands: instructedCommands(subject),
    network: () => true,
    environment: (tree) => environmentFromSpec(subject, tree, pass.progress),
    label: "from the unpacked archive, as instructed",
  });
}
