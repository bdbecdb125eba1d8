import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Proof } from "../model/index.ts";
import { openStore, type Store } from "../store/index.ts";
import { temporaryDirectory } from "../system/index.ts";
import { inputsDigest, inputsText } from "./inputs.ts";
import { judge } from "./judge.ts";
import { levels } from "./levels.ts";
import { readSubject, type Subject } from "./subject.ts";
import { proofWith } from "../../test/support/proof.ts";

const room = temporaryDirectory("levels");
const now = "2026-01-02T00:00:00Z";
let store: Store;
let ready: Subject;
let bare: Subject;

/** A project in which no level misses anything, and one in which there is nothing. */
beforeAll(async () => {
  process.env["RUNG_CACHE"] = path.join(room.path, "cache");
  const files = {
    "analysis.py": 'print("result", 42)\n',
    "rung.toml": 'python = "3.12"\n\n[commands.analysis]\nrun = "python analysis.py"\n',
    "requirements.txt": "",
    "README.md":
      "# Analysis\n\nWith Python 3.12:\n\n```sh\npip install -r requirements.txt\npython analysis.py\n```\n",
    "pylock.toml": 'lock-version = "1.0"\ncreated-by = "uv"\nrequires-python = "==3.12.*"\npackages = []\n',
  };
  fs.mkdirSync(path.join(room.path, "ready"));
  fs.mkdirSync(path.join(room.path, "bare"));
  for (const [name, text] of Object.entries(files))
    fs.writeFileSync(path.join(room.path, "ready", name), text);
  store = openStore(path.join(room.path, "ready"));
  ready = await readSubject(path.join(room.path, "ready"), store);
  bare = await readSubject(path.join(room.path, "bare"), store);
});
afterAll(() => {
  store.close();
  room[Symbol.dispose]();
});

/** A proof of a level from what lies in the project now. */
function proofOf(order: number, subject: Subject, verdict: Proof["verdict"]): Proof {
  const inputs = order === 0 ? subject.tree : subject.archive;
  return proofWith({
    level: order,
    verdict,
    evidence: [
      { id: "runs:analysis", status: verdict === "met" ? "proved" : "failed", summary: "analysis ran" },
    ],
    provedAt: "2026-01-01T00:00:00Z",
    inputsDigest: inputsDigest(inputs),
    inputsBlob: store.blobs.put(inputsText(inputs)),
  });
}

describe.each(levels.map((level) => [level.order, level] as const))("level %i", (order, level) => {
  const verdictOf = (subject: Subject, from: Store | null): unknown =>
    judge([level], subject, from, now).rungs[0]?.verdict;

  test("misses nothing here, and without a proof is unknown", () => {
    expect(level.requires(ready).map(({ evidence }) => evidence.status)).not.toContain("missing");
    expect(verdictOf(ready, null)).toBe("unknown");
  });

  test("takes nothing for proved that was only read in files, and says of all that is missing how to get it", () => {
    for (const subject of [ready, bare]) {
      for (const { evidence, findings } of level.requires(subject)) {
        expect(["claimed", "missing"]).toContain(evidence.status);
        if (evidence.status !== "missing") continue;
        expect(findings.length).toBeGreaterThan(0);
        for (const finding of findings) expect(finding.fix).not.toBeNull();
      }
    }
  });

  test("is what a proof of the present state found", () => {
    for (const verdict of ["unmet", "unknown", "met"] as const) {
      store.saveProof(proofOf(order, ready, verdict));
      expect(verdictOf(ready, store)).toBe(verdict);
    }
  });

  test("is unknown once an input has changed since, and the input is named", () => {
    store.saveProof(proofOf(order, ready, "met"));
    const changed = new Map([...ready.tree, ["analysis.py", "0".repeat(64)]]);
    const [rung] = judge([level], { ...ready, tree: changed, archive: changed }, store, now).rungs;
    expect(rung).toMatchObject({ verdict: "unknown", stale: { changed: ["analysis.py"] } });
  });

  test("is not met where something is missing, whatever was proved", () => {
    store.saveProof(proofOf(order, bare, "met"));
    expect(level.requires(bare).map(({ evidence }) => evidence.status)).toContain("missing");
    expect(verdictOf(bare, store)).not.toBe("met");
  });
});
