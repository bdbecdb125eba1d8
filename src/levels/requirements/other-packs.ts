import { recognisePack } from "../../artifacts/pack/index.ts";
import { makeFinding, ToolError, type Evidence, type Finding } from "../../model/index.ts";
import { joinPath } from "../../system/index.ts";
import type { Subject } from "../subject.ts";

/** What packs that other tools wrote lie in the project, and whether they are whole: told beside Rung's own. */
export async function otherPacks({
  project,
  archive,
}: Subject): Promise<{ readonly evidence: readonly Evidence[]; readonly findings: readonly Finding[] }> {
  const evidence: Evidence[] = [];
  const findings: Finding[] = [];
  const archives = project.files.filter(
    ({ path, kind }) =>
      kind === "file" && archive.has(path) && /\.(?:tar(?:\.gz|\.zst)?|tgz|zip)$/u.test(path),
  );
  for (const { path } of archives) {
    try {
      const pack = await recognisePack(joinPath(project.root, path));
      if (pack === null) continue;
      const summary = [`${path}: ${pack.tool}'s pack`, ...pack.evidence].join("; ");
      evidence.push({ id: `pack:${path}`, status: pack.differing > 0 ? "failed" : "claimed", summary });
      findings.push(...pack.findings.map((finding) => ({ ...finding, file: finding.file ?? path })));
    } catch (error) {
      if (!(error instanceof ToolError)) throw error;
      findings.push(makeFinding("pack-unreadable", "warning", error.message, { file: path }));
    }
  }
  return { evidence, findings };
}
