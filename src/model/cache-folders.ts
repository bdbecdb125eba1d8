/** Folders that Python's tools fill beside the work and make again by themselves: neither inputs nor outputs of a run. */
export const cacheFolders: ReadonlySet<string> = new Set([
  "__pycache__",
  ".ipynb_checkpoints",
  ".pytest_cache",
  ".mypy_cache",
  ".ruff_cache",
  ".hypothesis",
  ".tox",
  ".nox",
  ".eggs",
  ".virtual_documents",
]);
