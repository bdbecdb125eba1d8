/** Whether a line runs tests, by the program that it starts. */
export function isTestRun(run: string): boolean {
  return /^(?:python\d*(?:\.\d+)? -m )?(?:coverage run (?:\S+ )*-m )?(?:pytest|py\.test|unittest|nose2?|nosetests|trial|stestr|zope-testrunner)(?:\s|$)/u.test(
    run,
  );
}
