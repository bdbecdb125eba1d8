import { defineLevel, type Check, type Pass, type ProofBody } from "./define.ts";
import { environmentLocked } from "./environment-choice.ts";
import { liftToLocked } from "./lifts/locked.ts";
import { everythingLocked } from "./requirements/locked.ts";
import { lockFollowed } from "./requirements/lock-followed.ts";
import { noProof, proveInRoom } from "./room.ts";
import type { Subject } from "./subject.ts";

/** Level 3: the clean room installs from the lock alone, hashes required, nothing resolved. */
export const locked = defineLevel({
  order: 3,
  title: "indefinitely, with internet",
  dependsOn: ["no locked artifact is withdrawn from the package index (rung check --online asks)"],
  requires,
  prove,
  lift: liftToLocked,
});

function requires(subject: Subject): readonly Check[] {
  return [everythingLocked(subject), ...lockFollowed(subject)];
}

async function prove(subject: Subject, pass: Pass): Promise<ProofBody> {
  if (subject.lock === null) return noProof(everythingLocked(subject).findings, "unmet");
  return proveInRoom({
    subject,
    pass,
    commands: subject.project.commands,
    network: (command) => command.network,
    environment: (tree) => environmentLocked(subject, tree, pass.progress),
    label: "in a clean room, from the lock",
  });
}
