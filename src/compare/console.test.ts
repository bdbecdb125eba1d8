import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareConsoleText } from "./console-text.ts";
import { printedNumbers } from "./tolerance.ts";
import { textRules } from "./volatile/rules.ts";

const compare = (before: string, after: string, workPaths: readonly string[] = []) => {
  const forth = compareConsoleText(before, after, { tolerances: [], workPaths });
  expect(compareConsoleText(after, before, { tolerances: [], workPaths }).verdict).toBe(forth.verdict);
  return forth;
};

const withAddress = (address: string, result: number) => `<A at 0x7f00000000${address}> gives ${result}`;
const digits = (text: string) => text.replaceAll(/[^\da-z%]/gu, "");
const verdictOf = (before: string, after: string) =>
  compareConsoleText(before, after, { tolerances: [printedNumbers], workPaths: [] }).verdict;

describe("volatile parts of printed text", () => {
  it.each([
    ["memory-address", "<Axes at 0x7f0000000001>", "<Axes at 0x7f00000000ff>"],
    [
      "memory-address",
      "<bound method A.b of <A object at 0x10a5f2a90>>",
      "<bound method A.b of <A object at 0x10a5f2a91>>",
    ],
    [
      "memory-address",
      "<generator object <genexpr> at 0x7f12345678>",
      "<generator object <genexpr> at 0x7f12345679>",
    ],
    ["memory-address", "&lt;function f at 0x7f0000000001&gt;", "&lt;function f at 0x7f0000000002&gt;"],
    ["memory-address", "<_io.F object at 0x000001A2B3C4D5E6>", "<_io.F object at 0x000001A2B3C4D5F7>"],
    [
      "timing-magics",
      "CPU times: user 12 ms, sys: 4 µs, total: 12 ms\nWall time: 1min 3s\n",
      "CPU times: user 9 ms, sys: 0 ns, total: 9 ms\nWall time: 59.5 s\n",
    ],
    [
      "timing-magics",
      "1.21 µs ± 3.4 ns per loop (mean ± std. dev. of 7 runs, 1,000,000 loops each)",
      "998 ns ± 1.1 ns per loop (mean ± std. dev. of 7 runs, 100,000 loops each)",
    ],
    [
      "timing-magics",
      "The slowest run took 5.10 times longer than the fastest. This could mean that an intermediate result is being cached.\n100 loops, best of 3: 2.1 ms per loop",
      "1000 loops, best of 3: 900 µs per loop",
    ],
    [
      "progress-bars",
      "100%|████| 10/10 [00:01<00:00,  9.85it/s, loss=0.1]",
      "100%|████| 10/10 [00:02<00:00,  1.20s/it, loss=0.1]",
    ],
    ["progress-bars", "10it [00:01, 9.8it/s]", "10it [1:00:02, 7.8it/s]"],
    [
      "progress-bars",
      "10/10 [==============================] - 1s 5ms/step - loss: 0.5",
      "10/10 [==============================] - 2s 15ms/step - loss: 0.5",
    ],
    [
      "test-summary-duration",
      "===== 1 passed, 2 warnings in 0.07s =====",
      "==== 1 passed, 2 warnings in 61.02s (0:01:01) ====",
    ],
    ["test-summary-duration", "3 passed in 0.07s\n", "3 passed in 1.10s\n"],
    ["test-summary-duration", "5 tests collected in 0.02s\n", "5 tests collected in 0.03s\n"],
    ["test-summary-duration", "Ran 3 tests in 0.002s\n\nOK\n", "Ran 3 tests in 0.010s\n\nOK\n"],
    [
      "test-summary-duration",
      "== slowest 2 durations ==\n0.05s call     t.py::a\n0.01s setup    t.py::b\n\n(1 durations < 0.005s hidden.  Use -vv to show these durations.)\n== 1 passed in 0.1s ==\n",
      "== slowest 2 durations ==\n0.07s call     t.py::b\n\n(2 durations < 0.005s hidden.  Use -vv to show these durations.)\n== 1 passed in 0.2s ==\n",
    ],
    [
      "test-header-path",
      "platform linux -- Python 3.11.7, pytest-8.3.3, pluggy-1.5.0 -- /a/bin/python\n",
      "platform linux -- Python 3.11.7, pytest-8.3.3, pluggy-1.5.0 -- /b/bin/python3\n",
    ],
    ["temporary-paths", "/tmp/ipykernel_12/345.py:3", "/tmp/ipykernel_9/1.py:3"],
    ["temporary-paths", "wrote /tmp/tmpab12cd_f/out.csv", "wrote /tmp/tmpzz12cd_f/out.csv"],
    ["temporary-paths", "<ipython-input-3-abcdef123456> in f", "<ipython-input-4-fbcdef123456> in f"],
    ["numpy-scalar-repr", "[np.float64(1.5), np.True_, np.str_('a')]", "[1.5, True, 'a']"],
    ["array-spacing", "array([[ 1.,  1.],\n       [ 2., -1.]])", "array([[1., 1.],\n      [2., -1.]])"],
    ["array-spacing", "[ 1.  1.]", "[1. 1.]"],
    ["unicode-prefix", "{u'a': u'b'}", "{'a': 'b'}"],
    ["progress-bars", "  0%|      | 0/10 [00:00<?, ?it/s]", "  0%|      | 0/10 [00:01<?, ?it/s]"],
    ["progress-bars", "50% 1.00M/2.00M [00:01<00:01, 1.0MB/s]", "50% 1.00M/2.00M [00:02<00:02, 2.0MB/s]"],
    ["overwritten-lines", "Working |\b/\b-\b \nend", "Working |\b/\b \nend"],
    ["overwritten-lines", "at 10%\b\b\b20%\b\b\b100%", "at 100%"],
    ["overwritten-lines", "file 1/9\rfile 5/9\rfile 9/9\rdone    ", "file 4/9\rfile 9/9\rdone    "],
    [
      "overwritten-lines",
      " 9%|#  | 1/9\r99%|## | 8/9\r           \rdone       ",
      "12%|## | 8/9\rdone       ",
    ],
    ["overwritten-lines", "⠋ fetching\r⠙ fetching\r✔ fetched ", "⠋ fetching\r✔ fetched "],
    ["overwritten-lines", "done\r\n", "done\n"],
    ["overwritten-lines", " 10%\r 50%\r100%\nend", "100%\nend"],
    ["ansi-colours", "\u001B[31mred\u001B[0m", "red"],
  ])("%s is named where it was needed: %j", (id, before, after) => {
    expect(compare(before, after)).toMatchObject({ verdict: "normalised", rules: [id] });
  });

  it.each([
    ["a bare hexadecimal number", "key 0x7f0000000001", "key 0x7f0000000002"],
    ["a colour or checksum in a repr", "<Colour 0xff00ff00>", "<Colour 0xff00ff01>"],
    ["a hash in a repr", "<Block 0x9e3779b97f4a7c15>", "<Block 0x9e3779b97f4a7c16>"],
    ["a checksum as long as an address", "<M checksum=0x7f0000000001>", "<M checksum=0x7f0000000002>"],
    ["an id after a name", "<M hash 0x7f0000000001 x>", "<M hash 0x7f0000000002 x>"],
    ["what only resembles a progress bar", "ratio 3/4 [12:30, 45kg]", "ratio 3/4 [12:31, 46kg]"],
    ["a count beside a time", "3 runs [12:30, 45kg/s]", "3 runs [12:31, 46kg/s]"],
    ["a result printed over", "result = 0.25\rdone         ", "result = 0.75\rdone         "],
    ["a percentage printed over by words", "accuracy 93%\rdone        ", "accuracy 94%\rdone        "],
    ["a result backspaced over", "0.25\b\b\b\bdone", "0.75\b\b\b\bdone"],
    ["the last percentage of a line", "at 10%\b\b\b20%", "at 10%\b\b\b30%"],
    ["how many tests passed", "== 1 passed in 0.07s ==", "== 2 passed in 0.07s =="],
    ["how many tests ran", "Ran 3 tests in 0.002s", "Ran 4 tests in 0.002s"],
    ["a time that resembles a summary", "1 passed in 0.07s by the gate", "1 passed in 0.08s by the gate"],
    [
      "pytest's own version",
      "platform linux -- Python 3.11.7, pytest-8.3.3, pluggy-1.5.0",
      "platform linux -- Python 3.11.7, pytest-8.3.4, pluggy-1.5.0",
    ],
    ["a date", "2024-01-01 10:00:00", "2024-01-01 10:00:01"],
    ["a duration that the program printed", "took 3.2 s", "took 3.3 s"],
    ["a time inside a line", "best Wall time: 3 s so far", "best Wall time: 4 s so far"],
    [
      "what a progress bar was given to show",
      "5/5 [00:01<00:00,  9.85it/s, loss=0.1]",
      "5/5 [00:01<00:00,  9.85it/s, loss=0.2]",
    ],
    [
      "how far a progress bar came",
      "50%|██  | 5/10 [00:01<00:01, 5.0it/s]",
      "60%|██  | 6/10 [00:01<00:01, 5.0it/s]",
    ],
    ["Keras' loss", "9/9 [====] - 1s - loss: 0.5", "9/9 [====] - 1s - loss: 0.6"],
    ["a file's own name below /tmp", "/tmp/tmp_results_a.csv", "/tmp/tmp_results_b.csv"],
    ["a NumPy type", "np.float64(1.0)", "np.float32(1.0)"],
    ["digits", "3.49170664206", "3.49170664206445"],
    ["an array's elements", "[1 2 3]", "[12 3]"],
    ["a sign", "[1 -2]", "[1 - 2]"],
    ["space in strings", "['a  b']", "['a b']"],
    ["space between columns", "a   1", "a  1"],
    ["an int that became a float", "[1 2]", "[1. 2.]"],
    ["the last text of a line printed over", "1\r2\n", "1\r3\n"],
    ["the order of a set", "{'a', 'b'}", "{'b', 'a'}"],
    ["the object's class", "<A object at 0x7f0000000001>", "<B object at 0x7f0000000001>"],
    [
      "runs of a timing",
      "1 ns ± 1 ns per loop (mean ± std. dev. of 7 runs, 10 loops each)",
      "1 ns ± 1 ns per loop (mean ± std. dev. of 3 runs, 10 loops each)",
    ],
  ])("does not hide %s", (_what, before, after) => {
    expect(compare(before, after).verdict).toBe("different");
  });

  it("does not hide a result beside a volatile part", () => {
    expect(compare(withAddress("01", 1), withAddress("02", 1)).verdict).toBe("normalised");
    expect(compare(withAddress("01", 1), withAddress("02", 2)).verdict).toBe("different");
  });

  it("takes the folders made for the runs as one", () => {
    const folders = ["/tmp/rung-a-1", "/home/me/project"];
    expect(compare("/tmp/rung-a-1/out.csv", "/home/me/project/out.csv", folders)).toMatchObject({
      rules: ["work-paths"],
    });
    expect(compare("/home/me/project2/x", "/tmp/rung-a-1/x", folders).verdict).toBe("different");
  });

  it("never changes what two texts of plain words and results say of each other", () => {
    const piece = fc.constantFrom(
      "0x7f",
      "1.5 s",
      "[1]",
      "[",
      "]",
      " ",
      "\n",
      "42",
      "a",
      "np.",
      "u",
      "'",
      "10%",
      "at ",
    );
    const plain = fc.array(piece, { maxLength: 12 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(plain, plain, (one, other) => {
        if (digits(one) !== digits(other)) expect(compare(one, other).verdict).toBe("different");
      }),
    );
  });
});

describe("rules for printed text", () => {
  it.each(textRules)("$id is linear on hostile text, and settled after one pass", (rule) => {
    const pieces = [
      "<a ",
      "[",
      "[1 ",
      "np.str_('\\",
      "u'",
      "1/1 [",
      "1,",
      "\b",
      "\r",
      " at 0x",
      "<",
      "\u001B[",
      "1 s ",
      "⠋",
      "⠋1\r",
      "a\b",
      "1%|",
      "1%| 1/1 [00:00<",
      "[==",
      " |",
      "1 passed, ",
      "= slowest durations =\n",
      "1.0s call ",
      "/tmp/tmp",
      "'",
    ];
    for (const piece of pieces) {
      const text = piece.repeat(40_000);
      const once = rule.apply(text, "");
      expect(rule.apply(once, "")).toBe(once);
    }
  });

  it("never throw and agree on equal texts", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 100 }), (text) => {
        for (const rule of textRules) expect(typeof rule.apply(text, text)).toBe("string");
      }),
    );
  });
});

describe("printed numbers of the committed verdict", () => {
  it("take measurements to 1e-6 relative, apart from equal ones", () => {
    expect(verdictOf("area 3.49170664206", "area 3.49170664206445")).toBe("tolerance");
    // Beyond what a double holds, both ways.
    expect(verdictOf("run 123e4567-e89b", "run 223e4567-e89b")).toBe("different");
    expect(verdictOf("p = 1e-400", "p = 2e-400")).toBe("different");
    expect(verdictOf("[ 0.5  1.25000001]", "[0.5 1.25]")).toBe("tolerance");
    expect(verdictOf("area 3.4917", "area 3.4918")).toBe("different");
  });

  it("take neither counts nor clocks", () => {
    expect(verdictOf("12345678 rows", "12345679 rows")).toBe("different");
    expect(verdictOf("at 1700000001.25", "at 1700000009.75")).toBe("different");
    expect(verdictOf("2024-01-01", "2024-01-02")).toBe("different");
  });
});
