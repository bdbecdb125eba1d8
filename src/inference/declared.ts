import type { Project } from "../model/index.ts";

/** Names under which conda carries what the index has under another; only where they differ. */
const pypiNames: Readonly<Record<string, string>> = {
  "matplotlib-base": "matplotlib",
  "py-opencv": "opencv-python",
  opencv: "opencv-python",
  libopencv: "opencv-python",
  pytables: "tables",
  pytorch: "torch",
  "pytorch-cpu": "torch",
  "pytorch-gpu": "torch",
  "tensorflow-base": "tensorflow",
  "dask-core": "dask",
  "seaborn-base": "seaborn",
  "plotly-orca": "plotly",
  "python-kaleido": "kaleido",
  "python-graphviz": "graphviz",
  "python-xxhash": "xxhash",
  "bokeh-base": "bokeh",
  "py-xgboost": "xgboost",
  "xgboost-cpu": "xgboost",
  "ruamel.yaml": "ruamel-yaml",
  ruamel_yaml: "ruamel-yaml",
  "geopandas-base": "geopandas",
  pyqt: "pyqt5",
  "msgpack-python": "msgpack",
  "python-levenshtein": "levenshtein",
  "prince-factor-analysis": "prince",
  faiss: "faiss-cpu",
  holoviz: "holoviews",
  "python-duckdb": "duckdb",
  "antlr-python-runtime": "antlr4-python3-runtime",
  "jax-cpu": "jax",
  "pyarrow-core": "pyarrow",
  "tifffile-base": "tifffile",
  "mlflow-skinny": "mlflow",
  "dlib-cpp": "dlib",
  "lightgbm-cpu": "lightgbm",
  blas: "",
  python: "",
};

/**
 * The distributions that any of the project's manifests declares, locks apart, by their names on the index (PEP 503);
 * conda's own names are turned into these.
 */
export function declaredDistributions(project: Project): ReadonlySet<string> {
  const names = project.manifests
    .filter(({ isLock }) => !isLock)
    .flatMap(({ requirements }) => requirements.filter(({ group }) => group !== "build-system"))
    .map(({ ecosystem, name }) => (ecosystem === "conda" ? pypiName(name) : name));
  return new Set(names.filter((name) => name !== ""));
}

/** The name on the index of what conda carries under this name; "" for what is no Python package. */
export function pypiName(conda: string): string {
  return pypiNames[conda] ?? conda.replaceAll(/[-_.]+/gu, "-");
}
