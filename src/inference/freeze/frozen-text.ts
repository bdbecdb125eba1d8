import { yamlText } from "../../manifests/index.ts";
import type { Frozen, FrozenPackage } from "./freeze-environment.ts";

/** The formats in which a frozen environment is written. */
export const frozenFormats = ["requirements", "environment"] as const;
export type FrozenFormat = (typeof frozenFormats)[number];

/** A frozen environment as text: requirements as pip reads them, or an environment.yml as conda does. */
export function frozenText(frozen: Frozen, format: FrozenFormat, name: string): string {
  return format === "environment" ? environmentText(frozen, name) : requirementsText(frozen);
}

/** Direct requirements first, then what they need, each with who needs it. */
function requirementsText({ environment, direct, recursive }: Frozen): string {
  const line = ({ pin, ecosystem, via }: FrozenPackage): string => {
    const because = via.length > 0 ? `  # via ${via.join(", ")}` : "";
    return `${ecosystem === "conda" ? `# conda: ${pin}` : pin}${because}`;
  };
  const head = `# Python ${environment.interpreter.version}`;
  const recursivePart =
    recursive.length === 0 ? [] : ["", "# What these need in turn", ...recursive.map(line)];
  return `${[head, ...direct.map(line), ...recursivePart].join("\n")}\n`;
}

function environmentText({ environment, direct, recursive, channels }: Frozen, name: string): string {
  const all = [...direct, ...recursive];
  const conda = all.filter(({ ecosystem }) => ecosystem === "conda").map(({ pin }) => pin);
  const pip = all.filter(({ ecosystem }) => ecosystem === "pypi").map(({ pin }) => pin);
  const python = `python=${environment.interpreter.version}`;
  const document = {
    name,
    channels: channels.length > 0 ? channels : ["conda-forge"],
    dependencies: [python, ...conda, ...(pip.length > 0 ? ["pip", { pip }] : [])],
  };
  // A pin stays on its line, however long.
  return yamlText(document);
}
