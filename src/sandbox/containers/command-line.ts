import type { ContainerProcess } from "./container-engine.ts";

/** The words of `podman run` and `docker run`, which are the same, up to the container's own. */
export function runWords(image: string, container: ContainerProcess): readonly string[] {
  const [program = "", ...rest] = container.argv;
  return [
    "run",
    "--rm",
    "--network=none",
    "--read-only",
    "--tmpfs=/tmp:rw,nosuid,nodev,mode=1777",
    "--cap-drop=all",
    "--security-opt=no-new-privileges",
    `--user=${container.user}`,
    `--workdir=${container.cwd}`,
    ...Object.entries(container.env).map(([name, value]) => `--env=${name}=${value}`),
    ...container.binds.map(({ from, to, writable }) => mountWord(from, to, writable)),
    `--entrypoint=${program}`,
    image,
    ...rest,
  ];
}

/** The long form, whose fields are a line of CSV: a path may hold colons, and in quotes commas. */
function mountWord(from: string, to: string, writable: boolean): string {
  const fields = ["type=bind", `src=${from}`, `dst=${to}`, ...(writable ? [] : ["readonly"])];
  return `--mount=${fields.map((field) => (/[",]/u.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(",")}`;
}

/** What these programs need of our own environment, and where they look for their settings. */
export function engineVariables(): Readonly<Record<string, string>> {
  const kept = Object.entries(process.env).flatMap(([name, value]): [string, string][] =>
    value !== undefined && /^(?:PATH|HOME|USER|TMPDIR|XDG_\w+|DOCKER_\w+|CONTAINER\w*)$/u.test(name)
      ? [[name, value]]
      : [],
  );
  return Object.fromEntries(kept);
}
