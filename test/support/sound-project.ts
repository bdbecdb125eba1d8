import { pythonMinor } from "./cli.ts";

/** A sound project that needs no package: level 2 is met where nothing is planted. */
export const soundProject: Readonly<Record<string, string>> = {
  "main.py":
    'import json\n\ndef main():\n    with open("data.json") as file:\n        print(sum(json.load(file)))\n\nif __name__ == "__main__":\n    main()\n',
  "data.json": "[1, 2, 3]\n",
  "requirements.txt": "# nothing is needed\n",
  "README.md": "# Sum\n\n```sh\npip install -r requirements.txt\npython main.py\n```\n",
  "rung.toml": `python = "${pythonMinor}"\n\n[commands.main]\nrun = "python main.py"\n`,
};

/** The same project with another command. `line` is a shell line without double quotes; `more` are lines of TOML. */
export function running(line: string, more = ""): Readonly<Record<string, string>> {
  return {
    ...soundProject,
    "rung.toml": `python = "${pythonMinor}"\n\n[commands.main]\nrun = "${line}"\n${more}`,
  };
}
