import { pythonSpecifier } from "../requirement/python-specifier.ts";

/**
 * The Python that an image's tag names: python:3.11-slim, uv:python3.12-bookworm, devcontainers/python:1-3.11-bullseye.
 * Null where it names none.
 */
export function imagePython(image: string): string | null {
  const dev = /(?:^|\/)devcontainers\/python:(?:dev-|\d+(?:\.\d+)*-)?(\d+\.\d+)(?=$|[-@])/u.exec(image);
  const official = /(?:^|\/)(?:python|pypy):v?(\d+(?:\.\d+){0,2}(?:(?:a|b|rc)\d+)?)(?=$|[-@])/u.exec(image);
  const tagged = /:(?:.*[-_])?(?:python|py)-?(\d+\.\d+(?:\.\d+)?)(?=$|[-@])/u.exec(image);
  return pythonSpecifier(dev?.[1] ?? official?.[1] ?? tagged?.[1] ?? "");
}
