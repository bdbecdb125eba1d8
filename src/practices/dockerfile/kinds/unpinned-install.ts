import { makeFinding } from "../../../model/index.ts";
import { defineDockerfilePractice } from "../dockerfile-practice.ts";
import { openInstall, type OpenInstall } from "../install-words.ts";

/** Packages that RUN installs by name alone. */
export const unpinnedInstall = defineDockerfilePractice({
  rules: ["image-installs-unpinned"],
  title: "the image's packages are chosen on the day of its build",
  find: ({ path, runs }, { versions }) =>
    runs
      .flatMap(({ commands }) => commands)
      .flatMap((command) => {
        const open = openInstall(command);
        if (open === null) return [];
        const names = open.packages.map(({ written }) => written);
        const [by, why] = words[open.ecosystem];
        return [
          makeFinding(
            "image-installs-unpinned",
            "warning",
            `${by} installs ${listed(names)} in no fixed version`,
            {
              file: path,
              line: command.line,
              why,
              fix: fixOf(open, versions),
            },
          ),
        ];
      }),
});

const words: Readonly<Record<OpenInstall["ecosystem"], readonly [by: string, why: string]>> = {
  pypi: ["pip", "The index gives the newest version of the day, with newer dependencies."],
  conda: ["conda", "The channel gives the newest build of the day, with newer dependencies."],
  system: [
    "The system's package manager",
    "The archive serves the newest version only, and the image changes with it.",
  ],
};

function fixOf({ ecosystem, packages }: OpenInstall, versions: ReadonlyMap<string, string>): string {
  const locked = packages.flatMap(({ name }) => {
    const version = versions.get(name);
    return version === undefined ? [] : [`${name}==${version}`];
  });
  if (ecosystem === "system") {
    return "Write name=version and install from a dated archive (snapshot.debian.org), or build on an image, named by its digest, that has them.";
  }
  if (ecosystem === "pypi" && locked.length > 0) return `The project's lock has ${listed(locked)}.`;
  return ecosystem === "pypi"
    ? "Install from a lock with hashes: pip install --require-hashes -r FILE (rung lock --export writes it)."
    : "Install from a lock: conda-lock install, or conda create --file with an @EXPLICIT list.";
}

function listed(names: readonly string[]): string {
  return names.length > 4 ? `${names.slice(0, 3).join(", ")} and ${names.length - 3} more` : names.join(", ");
}
