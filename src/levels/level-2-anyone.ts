import { defineLevel, type Check, type Pass, type ProofBody } from "./define.ts";
import { environmentFromSpec } from "./environment-choice.ts";
import { liftToAnyone } from "./lifts/anyone.ts";
import {
  commandsForMachines,
  downloadsDeclared,
  environmentForMachines,
} from "./requirements/machine-readable.ts";
import { proveInRoom } from "./room.ts";
import type { Subject } from "./subject.ts";

/** Level 2: a machine can do it: declared commands in a clean room, without the network unless a command declares it. */
export const anyone = defineLevel({
  order: 2,
  title: "by anyone, today",
  dependsOn: [
    "the package index still serves the pinned versions",
    "no package that is not pinned (the dependencies' own dependencies) is released with incompatible changes",
  ],
  requires,
  prove,
  lift: liftToAnyone,
});

function requires(subject: Subject): readonly Check[] {
  return [commandsForMachines(subject), environmentForMachines(subject), downloadsDeclared(subject)];
}

function prove(subject: Subject, pass: Pass): Promise<ProofBody> {
  return proveInRoom({
    subject,
    pass,
    commands: subject.project.commands,
    network: (command) => command.network,
    environment: (tree) => environmentFromSpec(subject, tree, pass.progress),
    label: "in a clean room",
  });
}
