import { assignments, shellWords, type Instruction } from "../../../manifests/index.ts";
import { makeFinding, type Finding } from "../../../model/index.ts";
import { defineDockerfilePractice, type DockerfileContext } from "../dockerfile-practice.ts";

const rule = "image-secret";
const secretName =
  /(?:^|_)(?:PASS|PASSWD|PASSWORD|PASSPHRASE|TOKEN|SECRET|CREDENTIALS?|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|KEY)$/iu;
/** Fingerprints of public keys, as the images of languages have them. */
const publicName = /^(?:GPG_KEY|.*PUBLIC_KEY)$/iu;
const why =
  "Every layer and the image's config and history stay readable to all who get the image, even where a later layer deletes the file.";
const mounted =
  "Mount it for the one command that needs it: RUN --mount=type=secret,id=NAME (docker build --secret id=NAME,src=FILE); at run time give it with --env.";

/** Passwords, tokens and keys that are written into the image. */
export const secretInLayer = defineDockerfilePractice({
  rules: [rule],
  title: "a secret is in the image for all to read",
  find: ({ path, instructions, runs }, context) => [
    ...instructions.flatMap((instruction) => [
      ...namedSecrets(path, instruction),
      ...copiedSecrets(path, instruction, context),
    ]),
    ...runs
      .flatMap(({ commands }) => commands)
      .filter(({ text }) => /:\/\/[^\s/@:]{1,200}:[^\s/@${]{1,500}@/u.test(text))
      .map(({ line }) => found(path, line, "A password stands in an address of RUN", mounted)),
  ],
});

function namedSecrets(path: string, instruction: Instruction): readonly Finding[] {
  return assignments(instruction)
    .filter(({ name, value }) => secretName.test(name) && !publicName.test(name) && isValue(value))
    .map(({ name, line }) => found(path, line, `${instruction.name} ${name} has a value`, mounted));
}

/** Neither empty, nor a switch, nor where the secret lies. */
function isValue(value: string): boolean {
  return !/^(?:|true|false|yes|no|none|null|\d|\/.*|\.\/.*)$/isu.test(value);
}

function copiedSecrets(
  path: string,
  { name, flags, rest, line }: Instruction,
  { secretFile }: DockerfileContext,
): readonly Finding[] {
  if ((name !== "COPY" && name !== "ADD") || flags.some((flag) => flag.name === "from")) return [];
  return shellWords(rest.replace(/^\[|\]$/gu, ""))
    .slice(0, -1)
    .map((word) => word.replace(/,$/u, ""))
    .flatMap((word) => {
      const kind = secretFile(word);
      if (kind === null) return [];
      const fix = `${mounted} Name ${word} in .dockerignore.`;
      return [found(path, line, `${name} puts ${word} (${kind}) into a layer`, fix)];
    });
}

function found(file: string, line: number, message: string, fix: string): Finding {
  return makeFinding(rule, "error", message, { file, line, why, fix });
}
