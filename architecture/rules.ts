import { layers } from "./layers.ts";

interface Rule {
  readonly name: string;
  readonly severity: "error";
  readonly comment: string;
  readonly from: object;
  readonly to: object;
}

const doorsOf = (room: string): string =>
  (layers.find((layer) => layer.room === room)?.doors ?? ["index.ts"])
    .map((door) => door.replace(".", "\\."))
    .join("|");

/** The dependency rules that follow from the layer table. */
export function dependencyRules(): readonly Rule[] {
  const rules: Rule[] = [
    {
      name: "no-circles",
      severity: "error",
      comment: "No import circles.",
      from: {},
      to: { circular: true },
    },
    {
      name: "known-rooms-only",
      severity: "error",
      comment: "Every folder of src/ is in the layer table.",
      from: { path: "^src/", pathNot: `^src/(${layers.map((layer) => layer.room).join("|")})/` },
      to: {},
    },
    {
      name: "resolvable",
      severity: "error",
      comment: "An import that leads nowhere.",
      from: {},
      to: { couldNotResolve: true },
    },
  ];
  for (const [index, layer] of layers.entries()) {
    const higher = layers.slice(index + 1).map((other) => other.room);
    if (higher.length > 0) {
      rules.push({
        name: `${layer.room}-looks-down`,
        severity: "error",
        comment: `${layer.room} may not import a higher layer.`,
        from: { path: `^src/${layer.room}/` },
        to: { path: `^src/(${higher.join("|")})/` },
      });
    }
    rules.push({
      name: `${layer.room}-by-its-door`,
      severity: "error",
      comment: `Other rooms import ${layer.room} by its door only.`,
      from: { path: "^(src|scripts|bench)/", pathNot: `^src/${layer.room}/` },
      to: { path: `^src/${layer.room}/`, pathNot: `^src/${layer.room}/(${doorsOf(layer.room)})$` },
    });
  }
  return rules;
}
