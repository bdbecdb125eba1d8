import { ToolError } from "../../../model/index.ts";

/** A name and a tag as registries and engines take them (distribution's reference grammar), a host before them or none. */
const grammar =
  /^(?:[a-z0-9.-]{1,200}(?::\d{1,5})?\/)?[a-z0-9][a-z0-9._-]{0,100}(?:\/[a-z0-9][a-z0-9._-]{0,100}){0,10}(?::[\w][\w.-]{0,127})?$/u;

/** The name with its tag: "demo" means "demo:latest". Throws ToolError USAGE for what is no name of an image. */
export function imageName(name: string): string {
  if (!grammar.test(name)) {
    throw new ToolError("USAGE", `"${name}" is no name of an image`, {
      hint: "Give NAME or NAME:TAG, the name in small letters, such as paper:1.0.",
    });
  }
  return name.slice(name.lastIndexOf("/") + 1).includes(":") ? name : `${name}:latest`;
}

/** A name that an image can have, made of a project's. */
export function nameFor(project: string): string {
  const plain = project
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, "-")
    .replaceAll(/^-|-$/gu, "");
  return imageName(plain.slice(0, 100) || "project");
}
