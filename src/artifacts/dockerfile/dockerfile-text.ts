import type { ImageStart } from "../image/config/image-config.ts";

export interface DockerfileParts {
  /** Title of the image. */
  readonly name: string;
  /** Of the interpreter and of the packages, in words. */
  readonly runtimeIs: string;
  readonly packagesAre: string;
  /** Where the bundle lies in the image: "app". */
  readonly top: string;
  /** Paths of the pack to copy before the packages are installed; folders end in "/". */
  readonly runtime: readonly string[];
  /** What the packages are installed from: in no layer of the image. */
  readonly installedFrom: readonly string[];
  readonly launcher: readonly string[];
  readonly project: readonly string[];
  /** The words that start the packed Python where there is no shell yet. */
  readonly starter: readonly string[];
  /** Of the installation. */
  readonly variables: Readonly<Record<string, string>>;
  readonly start: ImageStart;
  readonly labels: Readonly<Record<string, string>>;
}

/** The file that makes the root's links and users. */
export const rootfsFile = "rootfs.py";

/** A Dockerfile that makes a bundle's image from an unpacked pack, with what it says in comments. No network is needed. */
export function dockerfileText(parts: DockerfileParts): string {
  const { top, start } = parts;
  const copy = (paths: readonly string[]): string => paths.map((path) => copyLine(path, top)).join("");
  const env = (values: readonly (readonly [string, string])[]): string =>
    `ENV ${values.map(([name, value]) => `${name}=${quoted(value)}`).join(" \\\n    ")}\n`;
  const pairs = start.variables.map((line): [string, string] => {
    const at = line.indexOf("=");
    return [line.slice(0, at), line.slice(at + 1)];
  });
  const [, out = ""] = /^\/(.*)$/u.exec(start.workingDirectory) ?? [];
  return `# The image of ${parts.name}: the same files that "rung image" writes.
# Build it in this folder, as it was unpacked and before anything ran in it. Nothing is fetched, not even a base:
#   podman build --network none -t ${imageTag(parts.name)} .
#   docker build --network none -t ${imageTag(parts.name)} .
# With --timestamp N podman gives the same image each time.

# ---- ${parts.packagesAre}, installed by the packed Python; what it is done with stays behind.
FROM scratch AS made
${copy(parts.runtime)}${copy(parts.launcher)}${copy(parts.installedFrom)}COPY ${rootfsFile} /
# There is no shell yet: the packed loader starts the packed Python, which makes the links that a shell needs.
RUN ${words([...parts.starter, "-I", "-B", `/${rootfsFile}`, "/rootfs"])}
# The same bytes each time: neither the order of sets nor the locale nor the zone goes in.
${env(Object.entries(parts.variables))}RUN ${words([`/${top}/run`, "--install", "--compile"])}

# ---- The image, from what changes least to what changes most.
FROM scratch
# A shell, the folders of libraries, users and /tmp; what commands write goes to ${start.workingDirectory}.
COPY --from=made /rootfs/ /
COPY --from=made --chown=${start.user} /rootfs/${out}/ ${start.workingDirectory}/
# ${parts.runtimeIs}, then the packages, the launcher and the project.
${copy(parts.runtime)}COPY --from=made /${top}/env/ /${top}/env/
${copy(parts.launcher)}${copy(parts.project)}
${env(pairs)}LABEL ${Object.entries(parts.labels)
    .map(([name, value]) => `${name}=${quoted(value)}`)
    .join(" \\\n      ")}
# Nobody's number: no container of it needs root.
USER ${start.user}
WORKDIR ${start.workingDirectory}
${start.volumes.length === 0 ? "" : `VOLUME ${words(start.volumes)}\n`}ENTRYPOINT ${words(start.entrypoint)}
${start.command.length === 0 ? "" : `CMD ${words(start.command)}\n`}`;
}

function copyLine(path: string, top: string): string {
  const folder = path.endsWith("/") ? path : path.slice(0, path.lastIndexOf("/") + 1);
  return `COPY ${/\s/u.test(path) ? words([path, `/${top}/${folder}`]) : `${path} /${top}/${folder}`}\n`;
}

const words = (list: readonly string[]): string => `[${list.map((word) => JSON.stringify(word)).join(", ")}]`;

/** In double quotes, in which a Dockerfile takes \\, " and $ for signs of its own. */
const quoted = (value: string): string => `"${value.replaceAll(/[\\"$]/gu, String.raw`\$&`)}"`;

const imageTag = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, "-")
    .replaceAll(/^-|-$/gu, "");
