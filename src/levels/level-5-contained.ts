import { relative } from "node:path";
import { imageTop, openImage } from "../artifacts/image/index.ts";
import { thisLockPlatform } from "../lock/index.ts";
import { makeFinding, sizeText, type Evidence } from "../model/index.ts";
import { joinPath } from "../system/index.ts";
import { commitEvidence, isolationEvidence, variablesEvidence } from "./conditions.ts";
import { claimed, defineLevel, verdictOf, type Check, type Pass, type ProofBody } from "./define.ts";
import { imageSubject } from "./image.ts";
import { judgeRuns } from "./judge-runs.ts";
import { rebuiltEvidence } from "./rebuild.ts";
import { everythingLocked } from "./requirements/locked.ts";
import { noProof } from "./room.ts";
import { runImage } from "./run-image.ts";
import type { Subject } from "./subject.ts";
import { answerVariables } from "./variables.ts";

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
  lift: async () => ({ changes: [], left: [] }),
});

function requires(subject: Subject): readonly Check[] {
  const platform = thisLockPlatform() ?? process.platform;
  const evidence = claimed("containable", `an image for ${platform} is made when the level is proved`);
  return [everythingLocked(subject), { evidence, findings: [] }];
}

async function prove(subject: Subject, pass: Pass): Promise<ProofBody> {
  if (thisLockPlatform() === null || process.platform !== "linux") {
    const message = `Images are proved on Linux; this is ${process.platform}`;
    return noProof([makeFinding("no-container-engine", "error", message)], "unknown");
  }
  const { config, configFile, commands } = subject.project;
  const variables = answerVariables(config.variables, process.env, configFile);
  if (variables.unanswered.length > 0) return noProof(variables.findings, "unknown");
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
  const { path, digest } = image;
  if (path === null || digest === null) return noProof(image.findings, "unmet");
  pass.made.push({ what: `image for ${image.platform}`, path, bytes: image.bytes, digest });
  using stored = await openImage(path);
  const top = `/${imageTop}`;
  const launcher = `${top}/run`;
  const runs = await runImage(
    {
      stored,
      archive: path,
      project: joinPath(top, "project"),
      user: userOf(stored.config),
      env: { ...variablesOf(stored.config), ...variables.values },
      words: (command, executed) => ({
        argv: [
          launcher,
          "--only",
          ...(command.kind === "notebook" ? ["--executed", executed] : []),
          command.name,
        ],
        cwd: "/",
      }),
      probe: [launcher, "--list"],
    },
    { subject, pass, commands, python: image.python },
  );
  if (runs.turns === null) return noProof(runs.findings, "unknown");
  const judged = await judgeRuns(subject, pass, commands, runs.turns, "from the image, in a container");
  const rebuilt = await rebuiltEvidence(subject, pass, { digest, tag: image.tag });
  const conditions: Evidence[] = [
    {
      id: "image",
      status: "proved",
      summary: `image: ${image.layers.length} layers, ${sizeText(image.bytes)}, ${digest}, ${relative(subject.project.root, path)}`,
    },
    ...isolationEvidence(runs.isolation),
    ...commitEvidence(subject),
    ...variablesEvidence(variables.fromCaller),
  ];
  return {
    verdict: verdictOf([...judged.evidence, rebuilt]),
    evidence: [...judged.evidence, rebuilt, ...conditions],
    findings: [...image.findings, ...judged.findings],
    interpreter: `CPython ${image.python}`,
    environment: "the image's own",
    isolation: runs.isolation,
    repeats: 1,
    comparisons: judged.comparisons,
    runs: [...runs.turns.runs.values()].map(({ id }) => id),
    committed: null,
    partial: null,
  };
}

type Config = Readonly<Record<string, unknown>>;

/** What an image's config says of how its containers start. */
function startOf(config: Config): Config {
  const { config: start } = config;
  return typeof start === "object" && start !== null ? (start as Config) : {};
}

function userOf(config: Config): string {
  const { User: user } = startOf(config);
  return typeof user === "string" && /^\d+:\d+$/u.test(user) ? user : "65532:65532";
}

function variablesOf(config: Config): Readonly<Record<string, string>> {
  const { Env: lines } = startOf(config);
  const pairs = (Array.isArray(lines) ? lines : []).flatMap((line): [string, string][] => {
    const [, name = "", value = ""] = typeof line === "string" ? (/^([^=]+)=(.*)$/su.exec(line) ?? []) : [];
    return name === "" ? [] : [[name, value]];
  });
  return Object.fromEntries(pairs);
}
