import fc from "fast-check";
import { expect, test } from "vitest";
import { startedBy } from "./command-names.ts";

test.each([
  ["python a.py && make -j2 all | tee out.txt 2>&1", ["python", "make", "tee"], []],
  ["A=b env -i X=1 dot -Tpng x.dot > a.png", ["env", "dot"], []],
  ["for f in a b; do gs -o $f; done", ["gs"], []],
  ["bash -c 'convert x y; R --vanilla'", ["bash", "convert", "R"], []],
  ["sh -e scripts/run.sh out", ["sh"], ["scripts/run.sh"]],
  ["./go.sh; . ./more; source rest.sh", ["./go.sh"], ["./go.sh", "./more", "rest.sh"]],
  ['echo $(date +%s) `uname -r` "$(hostname; id)"', ["date", "uname", "hostname", "id"], []],
  ["timeout 10s nice -n 5 gcc x.c", ["timeout", "nice", "gcc"], []],
  ["find . -name x -exec rm {} ;", ["find", "rm"], []],
  ["if test -f a; then wc -l a; fi # make it don't\nsort a", ["wc", "sort"], []],
  ["cat <<EOF | sort\nrm -rf x\nEOF\nls", ["cat", "sort", "ls"], []],
  ["cat <<< word; cut -c1 <in", ["cat", "cut"], []],
  ["'a b' x; \"ls\" -l; \\head -1; ta\\\nil", ["ls", "head", "tail"], []],
  ["$TOOL x; ${A}/b; export A=1; cd x", [], []],
  ["a#b 2>/dev/null; awk '#x'", ["awk"], []],
])("reads what %j starts", (line, programs, scripts) => {
  const started = startedBy(line);
  expect([...started.programs].sort()).toEqual([...programs].sort());
  expect([...started.scripts].sort()).toEqual([...scripts].sort());
});

test("never fails, whatever the text", () => {
  const texts = fc.string({ unit: fc.constantFrom(..."ab1=$(){}`'\"\\;|&<>#\n -/") });
  fc.assert(
    fc.property(texts, (text) => {
      expect(startedBy(text)).toBeDefined();
    }),
  );
  const began = performance.now();
  for (const piece of ["$(", "`", "a=b ", "<<E\n", "'\"", "env ", "(", "sh -c "])
    startedBy(piece.repeat(20_000));
  expect(performance.now() - began).toBeLessThan(2000);
});
