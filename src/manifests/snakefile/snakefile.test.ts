import { expect, test } from "vitest";
import { readManifests } from "../index.ts";

const text = `configfile: "config.yaml"
include: "rules/plot.smk"

SAMPLES = ["a", "b"]

rule all:
    input:
        "results/table.csv",  # the one table
        expand("results/{sample}.txt", sample=SAMPLES)

rule count:
    input: "data/{sample}.txt"
    output:
        "results/{sample}.txt"
    conda:
        "envs/count.yaml"
    shell:
        """
        wc -l {input} > {output}
        """

rule table:
    input: expand("results/{sample}.txt", sample=SAMPLES)
    output: "results/table.csv"
    conda: "envs/count.yaml"
    script: "scripts/table.py"
`;
const files: Readonly<Record<string, string>> = {
  "workflow/Snakefile": text,
  "config.yaml": "",
  "workflow/envs/count.yaml": "channels: [bioconda]\ndependencies:\n  - python=3.10\n  - pysam=0.22\n",
};

test("the workflow is one command that leaves what the first rule asks for; environments of rules are read", () => {
  const manifest = readManifests(["workflow/Snakefile"], (path) => files[path] ?? null)[0];
  expect(manifest?.commands).toMatchObject([
    { run: "snakemake --cores 1 --use-conda", outputs: ["results/table.csv"], location: { line: 6 } },
  ]);
  expect(manifest?.requirements).toMatchObject([
    {
      name: "pysam",
      specifier: "==0.22.*",
      group: "",
      location: { file: "workflow/envs/count.yaml", line: 4 },
    },
  ]);
  expect(manifest?.python?.specifier).toBe("==3.10.*");
  expect(manifest?.findings.map(({ message, line }) => [message, line])).toEqual([
    ["include names rules/plot.smk, which is not there", 2],
  ]);
});
