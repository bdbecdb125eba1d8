import { ToolError } from "../../../model/index.ts";
import { boundedBody } from "../../../system/index.ts";
import { listOf, recordOf, textOf } from "../read/json.ts";
import type { Authorizer } from "./auth/authorizer.ts";
import type { Reference } from "./reference.ts";

const mostBytes = 1 << 16;
const mostLetters = 300;

/** What an answer that is an error says of itself (distribution-spec v1.1, error codes): "CODE: message", or "". */
async function saidIn(
  response: Response,
  url: string,
): Promise<{ readonly code: string; readonly text: string }> {
  try {
    const body = await boundedBody(response, url, mostBytes);
    const [first] = listOf(recordOf(JSON.parse(body?.toString("utf8") ?? ""))["errors"]);
    const [code, message] = [textOf(recordOf(first)["code"]) ?? "", textOf(recordOf(first)["message"]) ?? ""];
    const text = [code, message].filter((part) => part !== "").join(": ");
    return { code, text: text.slice(0, mostLetters) };
  } catch {
    return { code: "", text: "" };
  }
}

export interface Occasion {
  readonly reference: Reference;
  /** What was tried: "push to", "pull from". */
  readonly what: string;
  readonly authorizer: Authorizer;
}

/** The ToolError for an answer that is none of those that were waited for. Reads what it says; tells no secret. */
export async function refusal(
  response: Response,
  url: string,
  { reference, what, authorizer }: Occasion,
): Promise<ToolError> {
  const { host, repository, tag, digest } = reference;
  const { code, text } = await saidIn(response, url);
  const said = text === "" ? "" : ` (${authorizer.scrub(text)})`;
  const fail = (message: string, hint: string): ToolError =>
    new ToolError("REGISTRY_FAILED", `${message}${said}`, { hint });
  const shown = authorizer.shown();
  const login = `Log in: docker login ${host}, podman login ${host} or skopeo login ${host}.`;
  switch (response.status) {
    case 401:
      return shown?.credentials
        ? fail(`${host} does not take the credentials from ${shown.from ?? "its file"}`, login)
        : fail(
            `${host} wants credentials to ${what} ${repository}, and none are known` +
              (shown?.failure ? `: ${shown.failure}` : ""),
            login,
          );
    case 403:
      return fail(
        `${host} does not let ${shown?.credentials ? "you" : "just anybody"} ${what} ${repository}`,
        shown?.credentials ? "Ask whoever keeps it for the right, or check the name." : login,
      );
    case 404:
      return code === "NAME_UNKNOWN" || tag === null
        ? fail(
            `${host} has no ${repository}${digest === null ? "" : `@${digest}`}`,
            `Check the name. ${login}`,
          )
        : fail(`${host} has no ${repository}:${tag}`, "Check the name and the tag.");
    case 413:
      return fail(`${host} takes nothing that large`, "Ask whoever keeps it for its limit.");
    case 429: {
      const wait = retryAfterSeconds(response);
      return fail(
        `${host} limits how often it is asked`,
        wait === null ? `Try again later. ${login}` : `Try again in ${Math.ceil(wait)} seconds. ${login}`,
      );
    }
    default:
      return fail(
        `${host} answered HTTP ${response.status} when Rung tried to ${what} ${repository}`,
        response.status >= 500 ? "Try again later: what has arrived is not sent twice." : "Check the name.",
      );
  }
}

/** How long to wait by the Retry-After header (RFC 9110), a number or a date; null where it says nothing. */
export function retryAfterSeconds(response: Response): number | null {
  const header = response.headers.get("retry-after");
  if (header === null) return null;
  if (/^\d{1,9}$/u.test(header)) return Number(header);
  const seconds = (Date.parse(header) - Date.parse(response.headers.get("date") ?? "")) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : null;
}
