import { relative } from "node:path";
import { imageTop, openImage, pullImage, tagDigest } from "../artifacts/image/index.ts";
import { thisLockPlatform } from "../lock/index.ts";
import { makeFinding, sizeText, type Evidence, type Finding } from "../model/index.ts";
import { exists, joinPath, temporaryDirectory } from "../system/index.ts";
import { commitEvidence, isolationEvidence, variablesEvidence } from "./conditions.ts";
import { claimed, defineLevel, missing, verdictOf, type Check, type Pass, type ProofBody } from "./define.ts";
import { imageSubject } from "./image.ts";
import { heldFiles, useLauncher, useShell } from "./image-uses.ts";
import { judgeRuns } from "./judge-runs.ts";
import { rebuiltEvidence } from "./rebuild.ts";
import { mendedDockerfiles, ownDockerfiles } from "./requirements/dockerfiles.ts";
import { nothingToRun } from "./requirements/something-to-run.ts";
import { noProof } from "./room.ts";
import { runImage, type ImageRuns } from "./run-image.ts";
import type { Subject } from "./subject.ts";
import { answerVariables, type Answers } from "./variables.ts";

/** Level 5: an OCI image, written with no container engine and the same each time, gives the same outputs in a container. */
export const contained = defineLevel({
  order: 5,
  title: "in a container",
  dependsOn: [
    "something that runs OCI images on Linux, for the image's processor",
    "the image itself is kept, or what it is made from (its digest is in the evidence)",
  ],
  requires,
  prove,
  lift: async ({ subject }) => ({ changes: await mendedDockerfiles(subject, tagDigest), left: [] }),
});

function requires(subject: Subject): readonly Check[] {
  const platform = thisLockPlatform() ?? process.platform;
  if (subject.project.commands.length === 0) {
    return [
      { evidence: missing("containable", "nothing to run in a container"), findings: [nothingToRun()] },
    ];
  }
  const evidence = claimed(
    "containable",
    `an image for ${platform} is made, or a given one run, when the level is proved`,
  );
  // A lock is asked for by the levels below; an image that somebody gives holds what it needs.
  return [{ evidence, findings: ownDockerfiles(subject) }];
}

async function prove(subject: Subject, pass: Pass): Promise<ProofBody> {
  if (thisLockPlatform() === null || process.platform !== "linux") {
    const message = `Images are proved on Linux; this is ${process.platform}`;
    return noProof([makeFinding("no-container-engine", "error", message)], "unknown");
  }
  const { config, configFile } = subject.project;
  const variables = answerVariables(config.variables, process.env, configFile);
  if (variables.unanswered.length > 0) return noProof(variables.findings, "unknown");
  return pass.image === null
    ? proveOwn(subject, pass, variables)
    : proveGiven(subject, pass, variables, pass.image);
}

/** The image that Rung writes: run, and made once more. */
async function proveOwn(subject: Subject, pass: Pass, variables: Answers): Promise<ProofBody> {
  const image = await imageSubject(subject, pass.store, {
    platform: null,
    output: null,
    tag: null,
    base: null,
    load: [],
    documents: false,
    toolVersion: "",
    allowBuilds: false,
    progress: pass.progress,
  });
  const { path, digest, python } = image;
  if (path === null || digest === null) return noProof(image.findings, "unmet");
  pass.made.push({ what: `image for ${image.platform}`, path, bytes: image.bytes, digest });
  using stored = await openImage(path);
  const { commands, root } = subject.project;
  const context = { subject, pass, commands, python };
  const runs = await runImage(stored, path, (start) => useLauncher(start, variables.values), context);
  const rebuilt =
    runs.turns === null ? [] : [await rebuiltEvidence(subject, pass, { digest, tag: image.tag })];
  const size = `${image.layers.length} layers, ${sizeText(image.bytes)}`;
  const summary = `image: ${size}, ${digest}, ${relative(root, path)}`;
  return judged(subject, pass, runs, {
    variables,
    decisive: rebuilt,
    evidence: [{ id: "image", status: "proved", summary }],
    findings: image.findings,
    interpreter: `CPython ${python}`,
  });
}

/** Somebody else's image, on disk or in a registry. That it can be made again is not asked of it. */
async function proveGiven(
  subject: Subject,
  pass: Pass,
  variables: Answers,
  reference: string,
): Promise<ProofBody> {
  using work = temporaryDirectory("given-image", pass.workDirectory);
  const isHere =
    exists(reference.replace(/^(?:oci|oci-archive|docker-archive):/u, "").replace(/:[\w.-]+$/u, "")) ||
    exists(reference);
  const folder = joinPath(work.path, "layout");
  if (!isHere) await pullImage(reference, folder, { progress: pass.progress });
  const place = isHere ? reference : folder;
  using stored = await openImage(place);
  const { commands } = subject.project;
  const context = { subject, pass, commands, python: "" };
  const runs = await runImage(
    stored,
    place,
    (start, rootfs) =>
      exists(joinPath(rootfs, imageTop, "bundle.json"))
        ? {
            ...useLauncher(start, variables.values),
            evidence: [heldFiles(subject, joinPath(rootfs, imageTop, "project"))],
          }
        : useShell(start, variables.values, subject, rootfs),
    context,
  );
  const name = stored.digest ?? stored.configDigest;
  const summary = `image: ${reference}, ${stored.layers.length} layers, ${name}; made by others, so that it can be made again is not shown`;
  return judged(subject, pass, runs, {
    variables,
    decisive: runs.evidence,
    evidence: [{ id: "image", status: "proved", summary }],
    findings: [],
    interpreter: "the image's own",
  });
}

async function judged(
  subject: Subject,
  pass: Pass,
  runs: ImageRuns,
  known: {
    readonly variables: Answers;
    /** That the verdict hangs on, beside the runs. */
    readonly decisive: readonly Evidence[];
    readonly evidence: readonly Evidence[];
    readonly findings: readonly Finding[];
    readonly interpreter: string;
  },
): Promise<ProofBody> {
  if (runs.turns === null) return noProof(runs.findings, "unknown");
  const { commands } = subject.project;
  const found = await judgeRuns(
    subject,
    pass,
    commands,
    runs.turns,
    "from the image, in a container",
    runs.place,
  );
  const decisive = [...found.evidence, ...known.decisive];
  return {
    verdict: verdictOf(decisive),
    evidence: [
      ...decisive,
      ...known.evidence,
      ...isolationEvidence(runs.isolation),
      ...commitEvidence(subject),
      ...variablesEvidence(known.variables.fromCaller),
    ],
    findings: [...known.findings, ...found.findings],
    interpreter: known.interpreter,
    environment: "the image's own",
    isolation: runs.isolation,
    repeats: 1,
    comparisons: found.comparisons,
    runs: [...runs.turns.runs.values()].map(({ id }) => id),
    committed: null,
    partial: null,
  };
}
