import { makeFinding, type Finding, type Manifest } from "../../model/index.ts";
import { isNull, type CondaFile } from "../conda/read-dependencies.ts";
import { folderOf, resolvePath } from "../manifest-format.ts";
import { asTable, asText } from "../toml/toml-values.ts";

const algorithms = ["sha256", "sha512", "sha384", "sha224", "sha1", "md5"];

interface Downloads {
  readonly downloads: Manifest["downloads"];
  /** Each download's variable, with the path that anaconda-project would set it to. */
  readonly variables: Manifest["variables"];
}

/** downloads: a variable to a URL, or to url, a digest, filename and unzip. */
export function readDownloads(file: CondaFile): Downloads {
  const downloads: Manifest["downloads"][number][] = [];
  const variables: Manifest["variables"][number][] = [];
  for (const [name, value] of Object.entries(asTable(file.document.value["downloads"]))) {
    const said = asTable(value);
    const url = (asText(value) ?? asText(said["url"]) ?? "").trim();
    const location = { file: file.path, line: file.document.lineOf(["downloads", name]) };
    if (isNull(url)) continue;
    const algorithm = algorithms.find((key) => (asText(said[key]) ?? "") !== "");
    const digest = algorithm === undefined ? null : `${algorithm}:${asText(said[algorithm]) ?? ""}`;
    const path = resolvePath(
      folderOf(file.path),
      asText(said["filename"]) ?? nameInUrl(url, said["unzip"] === "true"),
    );
    downloads.push({ path, url, digest, location });
    variables.push({ name, value: path, location });
  }
  return { downloads, variables };
}

function nameInUrl(url: string, unzip: boolean): string {
  const name = /([^/?#]+)(?:[?#].*)?$/u.exec(url.replace(/\/+(?=$|[?#])/u, ""))?.[1] ?? "download";
  return unzip ? name.replace(/\.zip$/iu, "") : name;
}

/** services: a variable that holds a service's address, such as REDIS_URL: redis. Nothing starts one for us. */
export function readServices(
  file: CondaFile,
): Pick<Downloads, "variables"> & { readonly findings: readonly Finding[] } {
  const services = Object.entries(asTable(file.document.value["services"])).map(([name, value]) => ({
    name,
    kind: asText(value) ?? asText(asTable(value)["type"]) ?? "",
    location: { file: file.path, line: file.document.lineOf(["services", name]) },
  }));
  return {
    variables: services.map(({ name, location }) => ({ name, value: null, location })),
    findings: services.map(({ name, kind, location }) =>
      makeFinding("service-needed", "warning", `the commands need a running service: ${name} (${kind})`, {
        ...location,
        why: "a clean room has no such service, and what it holds is not part of the project",
      }),
    ),
  };
}
