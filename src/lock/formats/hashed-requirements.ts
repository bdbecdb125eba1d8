import { normaliseName } from "../../manifests/index.ts";
import { makeFinding, type Finding } from "../../model/index.ts";
import type { LockContent, LockedArtifact } from "../artifact.ts";
import { defineLockFormat } from "./lock-format.ts";

/** A requirements file with hashes (pip's hash-checking mode). */
export const hashedRequirements = defineLockFormat({
  id: "requirements.txt",
  matches: (name) => /\.(?:txt|in|pip)$/u.test(name),
  read: readHashedRequirements,
});

/** Reads a requirements file as a lock: every requirement with == (or a URL) and hashes. Never throws. */
function readHashedRequirements(text: string, path: string): LockContent {
  const artifacts: LockedArtifact[] = [];
  const findings: Finding[] = [];
  const indexes: string[] = [];
  for (const { content, line } of logicalLines(text)) {
    const index = /^(?:-i|--index-url|--extra-index-url)[\s=]+(\S+)/u.exec(content)?.[1];
    if (index !== undefined) indexes.push(index);
    if (/^-(?!e\b|-editable\b)/u.test(content)) {
      if (/^(?:-r|--requirements?)\b/u.test(content)) {
        findings.push(
          fault("lock-invalid", path, line, `${content} is another file, which this lock does not hold`),
        );
      }
      continue;
    }
    const name = /^[A-Za-z0-9][\w.-]*/u.exec(content)?.[0] ?? "";
    const base = { name: normaliseName(name), filename: "", size: null, line };
    const marker = /;\s*(.*?)\s*(?:--hash|$)/u.exec(content)?.[1] || null;
    const version = /^[^;]*?===?\s*([\w.+!-]+)\s*(?:;|--hash|$)/u.exec(content)?.[1] ?? "";
    const url = /@\s*(\S+:\/\/\S+)|^(?:-e|--editable)[\s=]+(.+?)\s*$/u.exec(content);
    const source = url?.[1] ?? url?.[2] ?? "";
    const hashes = [...content.matchAll(/--hash[= ]sha256:([0-9a-fA-F]{64})/gu)].map(
      (match) => match[1] ?? "",
    );
    if (/^(?:git|hg|svn|bzr)\+/u.test(source)) {
      artifacts.push({ ...base, version, marker, url: source, sha256: "", kind: "vcs" });
    } else if (url?.[2] !== undefined || source.startsWith("file:")) {
      artifacts.push({ ...base, version, marker, url: source, sha256: "", kind: "directory" });
    } else if (version === "" && source === "") {
      findings.push(fault("lock-invalid", path, line, `${content.slice(0, 80)} names no version by ==`));
    } else {
      for (const sha256 of hashes.length === 0 ? [""] : hashes) {
        artifacts.push({ ...base, version, marker, url: source, sha256: sha256.toLowerCase(), kind: "file" });
      }
    }
  }
  return { requiresPython: null, environments: [], artifacts, indexes, findings };
}

/** Lines with their continuations joined and comments left out, each with the number of its first. */
function logicalLines(text: string): readonly { readonly content: string; readonly line: number }[] {
  const found: { content: string; line: number }[] = [];
  let open: { content: string; line: number } | null = null;
  for (const [index, raw] of text.split(/\r?\n/u).entries()) {
    const line = raw.replace(/(?:^|\s)#.*$/u, "");
    const piece = line.replace(/\\\s*$/u, "");
    open ??= { content: "", line: index + 1 };
    open.content = `${open.content} ${piece.trim()}`.trim();
    if (piece !== line) continue;
    if (open.content !== "") found.push(open);
    open = null;
  }
  if (open !== null && open.content !== "") found.push(open);
  return found;
}

function fault(rule: string, path: string, line: number, message: string): Finding {
  return makeFinding(rule, "error", `${message}.`, {
    file: path,
    line,
    why: "What a lock does not name exactly is resolved anew at each installation.",
    fix: "Lock anew: rung lock",
  });
}
