import fs from "node:fs";

/** Given a value of its own, this variable marks a process and all that it starts, whatever group they move to. */
export const processMark = "RUNG_RUN";

const rounds = 10;

/**
 * Kills every process whose environment holds the mark: for where no process namespace ends them. Needs Linux's /proc;
 * does nothing elsewhere. Repeats, since a process may be starting another while it is looked for.
 */
export function endMarkedProcesses(value: string): void {
  for (let round = 0; round < rounds; round += 1) {
    const marked = processIds().filter((id) => hasMark(id, value));
    if (marked.length === 0) return;
    for (const id of marked) kill(id);
  }
}

function processIds(): number[] {
  try {
    return fs
      .readdirSync("/proc")
      .map(Number)
      .filter((id) => Number.isInteger(id) && id !== process.pid);
  } catch {
    return [];
  }
}

function hasMark(id: number, value: string): boolean {
  try {
    const variables = fs.readFileSync(`/proc/${id}/environ`, "latin1").split("\0");
    return variables.includes(`${processMark}=${value}`);
  } catch {
    return false;
  }
}

function kill(id: number): void {
  try {
    process.kill(id, "SIGKILL");
  } catch {
    // It has ended already.
  }
}
