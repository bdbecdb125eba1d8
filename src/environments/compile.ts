import type { Interpreter } from "../model/index.ts";
import { runProcess } from "../system/index.ts";

const isOld = ({ version }: Interpreter): boolean => /^3\.[0-6]\./u.test(version);

/** For `uv pip`: compile now, since what is made is read-only to those who use it. uv cannot before Python 3.7. */
export function bytecodeArguments(interpreter: Interpreter): readonly string[] {
  return isOld(interpreter) ? [] : ["--compile-bytecode"];
}

/** Compiles where uv could not, so that no run finds anything to add. -S: no .pth file of a package is run. */
export async function compileForOld(interpreter: Interpreter, folders: readonly string[]): Promise<void> {
  if (!isOld(interpreter)) return;
  await runProcess([interpreter.executable, "-I", "-S", "-m", "compileall", "-q", ...folders]);
}
