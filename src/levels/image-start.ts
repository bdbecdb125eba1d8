import { joinPath, lookUp, readText } from "../system/index.ts";

/** How containers of an image start: `config` of its configuration (OCI image-spec v1.1, config.md). */
export interface ImageStart {
  /** "UID:GID" */
  readonly user: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly workingDirectory: string;
  readonly entrypoint: readonly string[];
}

type Json = Readonly<Record<string, unknown>>;

/** `rootfs` is the image's unpacked file system, which names its users. */
export function imageStart(configuration: Json, rootfs: string): ImageStart {
  const { config } = configuration;
  const start = typeof config === "object" && config !== null ? (config as Json) : {};
  const { User: user, WorkingDir: folder, Env: env, Entrypoint: entrypoint } = start;
  return {
    user: numbersOf(typeof user === "string" ? user : "", rootfs),
    variables: Object.fromEntries(
      texts(env).flatMap((line): [string, string][] => {
        const [, name = "", value = ""] = /^([^=]+)=(.*)$/su.exec(line) ?? [];
        return name === "" ? [] : [[name, value]];
      }),
    ),
    workingDirectory: typeof folder === "string" && folder.startsWith("/") ? folder : "/",
    entrypoint: texts(entrypoint),
  };
}

const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];

/** "name", "name:group", "1000", "1000:1000", or nothing for root. */
function numbersOf(user: string, rootfs: string): string {
  const [name = "", group = ""] = user.split(":");
  if (name === "") return "0:0";
  const known = rowOf(rootfs, "etc/passwd", name);
  const uid = /^\d+$/u.test(name) ? name : (known[2] ?? "0");
  const own = known[3] ?? (/^\d+$/u.test(name) ? uid : "0");
  const gid =
    group === "" ? own : /^\d+$/u.test(group) ? group : (rowOf(rootfs, "etc/group", group)[2] ?? own);
  return `${uid}:${gid}`;
}

const longestFile = 1 << 20;

/** The fields of the line with this name or number; a link is not followed, since it would lead out of the image. */
function rowOf(rootfs: string, file: string, wanted: string): readonly string[] {
  const place = joinPath(rootfs, file);
  const found = lookUp(place);
  if (found?.isFile !== true || found.realPath !== lookUp(rootfs)?.realPath.concat(`/${file}`)) return [];
  const rows = readText(place)
    .slice(0, longestFile)
    .split("\n")
    .map((line) => line.split(":"));
  return rows.find(([name, , number]) => name === wanted || number === wanted) ?? [];
}
