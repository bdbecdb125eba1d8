import { makeFinding, type Finding } from "../../../model/index.ts";
import { shellWords } from "../../../manifests/index.ts";
import { defineDockerfilePractice } from "../dockerfile-practice.ts";
import type { DockerfileView, RunStep } from "../dockerfile-view.ts";

const rule = "image-download-unchecked";
const checks =
  /\b(?:sha(?:1|224|256|384|512)sum|b2sum|shasum|openssl\s+dgst|gpgv|gpg\s[^|]*--verify|cosign\s+verify|minisign)\b/u;
const address = /^["']?(?:https?|ftp):\/\//iu;
const repository = /^(?:(?:https?|ssh|git):\/\/[^#]*\.git|git@[^#]*)(?:#(.*))?$/iu;
const commit = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/iu;

/** Files that a build fetches and takes as they come: curl, wget and git in RUN, ADD of an address. */
export const uncheckedDownload = defineDockerfilePractice({
  rules: [rule],
  title: "the build takes what an address serves on the day",
  find: (file) => [...file.runs.flatMap((step) => fetchedBy(file.path, step)), ...added(file)],
});

function fetchedBy(path: string, { commands, instruction }: RunStep): readonly Finding[] {
  const all = [instruction.rest, ...instruction.heredocs.map(({ text }) => text)].join("\n");
  const checked = checks.test(all);
  const fixed = commands.some(
    ({ words: [program, ...words] }) =>
      program === "git" &&
      words.some((word) => /^(?:checkout|reset|switch)$/u.test(word)) &&
      words.some((word) => commit.test(word)),
  );
  return commands.flatMap(({ words: [program = "", ...words], line }) => {
    const what = words.find((word) => address.test(word)) ?? words.find((word) => word.startsWith("$"));
    if (/^(?:curl|wget|aria2c)$/u.test(program) && what !== undefined && !checked)
      return [unchecked(path, line, `${program} fetches ${shown(what)} during the build`, byHash)];
    if (program === "git" && words.includes("clone") && !fixed)
      return [
        unchecked(
          path,
          line,
          `git clones ${shown(words.find((word) => /[:/]/u.test(word)) ?? "a repository")} during the build`,
          "Check out the full commit in the same RUN (git checkout SHA), or copy the files into the project.",
        ),
      ];
    return [];
  });
}

const byHash = "Check it in the same RUN (echo 'HASH  FILE' | sha256sum -c), or use ADD --checksum=sha256:….";

function added({ path, instructions }: DockerfileView): readonly Finding[] {
  return instructions
    .filter(({ name, flags }) => name === "ADD" && !flags.some((flag) => flag.name === "checksum"))
    .flatMap(({ rest, line }) =>
      shellWords(rest.replace(/^\[|\]$/gu, ""))
        .map((word) => word.replace(/,$/u, ""))
        .slice(0, -1)
        .flatMap((word) => {
          const cloned = repository.exec(word);
          if (cloned !== null) {
            if (commit.test((cloned[1] ?? "").replace(/:.*$/su, ""))) return [];
            const fix = "Name the full commit: …git#COMMIT.";
            return [unchecked(path, line, `ADD clones ${shown(word)}, not one commit of it`, fix)];
          }
          return address.test(word)
            ? [
                unchecked(
                  path,
                  line,
                  `ADD fetches ${shown(word)} without a checksum`,
                  "Write ADD --checksum=sha256:….",
                ),
              ]
            : [];
        }),
    );
}

function unchecked(file: string, line: number, message: string, fix: string): Finding {
  const why = "What the address serves may change or go away, and the image with it, without a word.";
  return makeFinding(rule, "warning", message, { file, line, why, fix });
}

/** An address without what may be secret in it. */
function shown(address: string): string {
  const bare = address.replace(/\/\/[^/@]*@/u, "//").replace(/\?.*$/su, "");
  return bare.length > 80 ? `${bare.slice(0, 80)}…` : bare;
}
