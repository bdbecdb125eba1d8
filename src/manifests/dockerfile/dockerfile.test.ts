import { expect, test } from "vitest";
import { readManifests } from "../index.ts";

const read = (text: string) => readManifests(["Dockerfile"], () => text)[0];

test.each([
  ["FROM python:3.11-slim", "==3.11.*"],
  ["FROM docker.io/library/python:3.11.7 AS base", "==3.11.7"],
  ["ARG V=3.9\nFROM --platform=linux/amd64 python:${V}-bullseye", "==3.9.*"],
  ["FROM ghcr.io/astral-sh/uv:python3.12-bookworm", "==3.12.*"],
  ["FROM python:3.10 AS build\nFROM build AS end", "==3.10.*"],
  ["FROM python:3.10 AS build\nFROM debian:12\nCOPY --from=build /a /a", undefined],
  ["FROM python:latest", undefined],
  ["FROM python", undefined],
])("%j asks for %s", (text, specifier) => {
  expect(read(text)?.python?.specifier).toBe(specifier);
});

test.each([
  [
    'CMD ["python", "/app/src/main.py", "--n", "a b"]',
    { name: "main", run: "python src/main.py --n 'a b'", cwd: "." },
  ],
  ["CMD python main.py && python plot.py", { name: "main", run: "python main.py && python plot.py" }],
  ["CMD python main.py && streamlit run app.py", undefined],
  ["CMD python main.py", { name: "main", run: "python main.py" }],
  ['ENTRYPOINT ["python"]\nCMD ["main.py"]', { run: "python main.py" }],
  ['ENV SEED=1 PATH=/x\nENV MODE fast\nCMD ["pytest"]', { kind: "test", env: { SEED: "1", MODE: "fast" } }],
  ["WORKDIR /app/sub\nCMD python main.py", { run: "python main.py", cwd: "sub" }],
  ['CMD [ "conda", "run", "-n", "x", "jupyter", "lab", \\\n  "--ip=0.0.0.0" ]', undefined],
  ['CMD ["uvicorn", "app:app"]', undefined],
  ['CMD ["/bin/bash"]', undefined],
  ["CMD python", undefined],
])("%s", (text, expected) => {
  const commands = read(`FROM python:3.11\nWORKDIR /app\nCOPY . /app\n${text}\n`)?.commands ?? [];
  if (expected === undefined) expect(commands).toEqual([]);
  else expect(commands).toMatchObject([{ origin: "found", ...expected }]);
});

test("what the last stage installs by name is required, each at its line", () => {
  const manifest = read(`FROM python:3.11 AS build
RUN pip install cython==3.0 && pip install -r requirements.txt
FROM python:3.11
ENV SEED=1 PATH=/x
RUN apt-get update && apt-get install -y --no-install-recommends \\
    libgomp1 graphviz && rm -rf /var/lib/apt/lists/*
RUN --mount=type=cache,target=/root/.cache python -m pip install --no-cache-dir "numpy>=1.2" scipy
RUN /opt/conda/bin/conda install -y -c conda-forge gdal=3.8
`);
  expect(
    manifest?.requirements.map(({ ecosystem, name, specifier, location }) => [
      ecosystem,
      name,
      specifier,
      location.line,
    ]),
  ).toEqual([
    ["pypi", "numpy", ">=1.2", 7],
    ["pypi", "scipy", "", 7],
    ["conda", "gdal", "==3.8.*", 8],
  ]);
  expect(manifest?.systemPackages.map(({ name, location }) => [name, location.line])).toEqual([
    ["libgomp1", 5],
    ["graphviz", 5],
  ]);
  expect(manifest?.variables).toMatchObject([{ name: "SEED", value: "1" }]);
});
