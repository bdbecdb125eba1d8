import path from "node:path";
import { commandsFromConfig, defaultConfig, readConfig, readManifests } from "../manifests/index.ts";
import { type Command, type Config, type Finding, type Manifest, type Project } from "../model/index.ts";
import type { SourceFacts } from "../source/index.ts";
import { exists, readText, type TreeEntry } from "../system/index.ts";
import { guessCommands } from "./guess.ts";
import { readGit } from "./git.ts";
import { listProject, projectRoot, toProjectFile } from "./listing.ts";
import { chooseFoundCommands } from "./found.ts";
import { binderFindings } from "./binder.ts";
import { declaringPaths } from "./declaring-paths.ts";
import { askedPython } from "./python.ts";
import { chooseSpec } from "./spec.ts";

/** What reads the Python files and notebooks among the entries: given, so that the caller decides on workers and cache. */
export type ReadSources = (
  root: string,
  entries: readonly TreeEntry[],
) => Promise<ReadonlyMap<string, SourceFacts>>;

export interface Discovery {
  readonly project: Project;
  readonly entries: readonly TreeEntry[];
  /** The folders that were left out whole. */
  readonly omitted: readonly string[];
  /** What each Python file and notebook holds, by path. */
  readonly sources: ReadonlyMap<string, SourceFacts>;
}

/** Reads what a directory holds. Reads files only, and runs nothing of the project. */
export async function discoverProject(directory: string, readSources: ReadSources): Promise<Discovery> {
  const root = projectRoot(directory);
  const listing = listProject(root);
  const readFile = (file: string): string | null =>
    exists(`${root}/${file}`) ? readText(`${root}/${file}`) : null;
  const paths = listing.entries.map((entry) => entry.path);
  const manifests = readManifests(declaringPaths(paths), readFile, (file) => exists(`${root}/${file}`));
  const { config, configFile, declared, findings } = await configOf(root);
  const spec = chooseSpec(manifests);
  // Git answers while the sources are read.
  const [git, sources] = await Promise.all([readGit(root), readSources(root, listing.entries)]);
  // A configuration that cannot be followed is not the same as none: nothing is guessed in its place.
  const broken = findings.some((finding) => finding.severity === "error");
  const commands =
    declared.length > 0 || broken ? declared : discovered(manifests, paths, sources, git?.tracked ?? null);
  const project: Project = {
    root,
    name: config.project.name ?? nameOf(root, manifests),
    config,
    configFile,
    files: listing.entries.map(toProjectFile),
    manifests,
    commands,
    python: askedPython(config, configFile, manifests),
    compareRules: config.compare,
    documents: paths.filter((file) => /^(readme|install|instructions|reproduc\w*)(\.\w+)?$/iu.test(file)),
    data: paths.filter((file) => file.startsWith("data/") || dataFile.test(file)),
    git,
    findings: [
      ...listing.findings,
      ...findings,
      ...binderFindings(paths),
      ...manifests.flatMap((manifest) => findingsOf(manifest, spec)),
    ],
  };
  return { project, entries: listing.entries, omitted: listing.omitted, sources };
}

/** What is wrong in a file that nothing is installed from stops nobody: environment-local.yml beside the spec. */
function findingsOf({ format, path, isLock, findings }: Manifest, spec: Manifest | null): readonly Finding[] {
  const isBeside =
    !isLock &&
    spec !== null &&
    spec.path !== path &&
    /^(?:environment\.yml|requirements\.txt)$/u.test(format);
  return findings.map((finding) =>
    isBeside && finding.severity === "error" ? { ...finding, severity: "warning" } : finding,
  );
}

const dataFile =
  /\.(csv|tsv|parquet|feather|xlsx?|json|npy|npz|h5|hdf5|pkl|pickle|nc|db|sqlite|geojson|shp|zip|gz)$/iu;

function discovered(
  manifests: readonly Manifest[],
  paths: readonly string[],
  sources: ReadonlyMap<string, SourceFacts>,
  tracked: readonly string[] | null,
): readonly Command[] {
  const found = chooseFoundCommands(manifests);
  return [...found.commands, ...guessCommands(found, paths, sources, tracked)];
}

interface ConfigRead {
  readonly config: Config;
  readonly configFile: string | null;
  readonly declared: readonly Command[];
  readonly findings: readonly Finding[];
}

async function configOf(root: string): Promise<ConfigRead> {
  for (const file of ["rung.toml", "pyproject.toml"] as const) {
    if (!exists(`${root}/${file}`)) continue;
    const text = readText(`${root}/${file}`);
    if (file === "pyproject.toml" && !/^\s*\[\[?tool\.rung\b/mu.test(text)) continue;
    const { config, findings, positions } = await readConfig(file, text);
    return { config, configFile: file, declared: commandsFromConfig(config, positions), findings };
  }
  return { config: defaultConfig(), configFile: null, declared: [], findings: [] };
}

function nameOf(root: string, manifests: readonly Manifest[]): string {
  return manifests.find((manifest) => manifest.projectName !== null)?.projectName ?? path.basename(root);
}
