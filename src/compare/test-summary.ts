/**
 * What unittest says of a run of tests at the end of standard error: how many ran, and how it went. Null where it says
 * nothing, or that none ran.
 */
export function testSummary(stderr: string): string | null {
  const [, tests, result] = summary.exec(stderr) ?? [];
  return tests === undefined || tests.startsWith("0 ") ? null : `${tests}: ${result}`;
}

const summary = /^Ran (\d{1,9} tests?) in \d+\.\d+s\r?\n\s*^((?:OK|FAILED)\b[^\r\n]{0,200})\s*$/mu;
