import type { CallFact } from "../source/index.ts";

/** The engine with which pandas reads or writes a workbook, by the file's suffix. */
export function workbookEngine({ name, literal = "", options }: CallFact): readonly string[] {
  const engine = options?.["engine"];
  if (engine !== undefined)
    return [engine === "odf" ? "odfpy" : engine === "calamine" ? "python-calamine" : engine];
  if (/\.xls$/iu.test(literal))
    return [name.includes("read") || name.endsWith("ExcelFile") ? "xlrd" : "xlwt"];
  if (/\.xlsb$/iu.test(literal)) return ["pyxlsb"];
  if (/\.od[fst]$/iu.test(literal)) return ["odfpy"];
  return ["openpyxl"];
}

/** The engine with which pandas reads or writes columnar files. */
export function columnarEngine({ options }: CallFact): readonly string[] {
  return [options?.["engine"] === "fastparquet" ? "fastparquet" : "pyarrow"];
}

/** The engine with which xarray reads or writes gridded data; its own netCDF engine where nothing says otherwise. */
export function gridEngine({ literal, options }: CallFact): readonly string[] {
  const engine =
    options?.["engine"] ?? (literal?.replace(/\/$/u, "").endsWith(".zarr") === true ? "zarr" : "netcdf4");
  return [engine === "rasterio" ? "rioxarray" : engine.toLowerCase()];
}

/** The window toolkit behind a backend of matplotlib; Tk, its usual one, comes with the system. */
export function matplotlibBackend({ literal, options }: CallFact): readonly string[] {
  const backend = (literal ?? options?.["backend"] ?? "").toLowerCase();
  if (backend.startsWith("qt5")) return ["pyqt5"];
  if (backend.startsWith("qt")) return ["pyqt6"];
  if (backend.startsWith("wx")) return ["wxpython"];
  if (backend.startsWith("gtk")) return ["pygobject"];
  if (backend.endsWith("cairo")) return ["pycairo"];
  if (/^(?:nbagg|ipympl|widget|module:\/\/ipympl)/u.test(backend))
    return backend === "nbagg" ? [] : ["ipympl"];
  return backend === "webagg" ? ["tornado"] : [];
}

/** A database that is named by a URL is reached through SQLAlchemy, and through a driver of its own. */
export function databaseDriver(call: CallFact): readonly string[] {
  const url = [call.literal, call.second].find((text) => text?.includes("://") === true);
  if (url === undefined) return [];
  const scheme = /^([a-z0-9]+)(?:\+([a-z0-9_]+))?:/iu.exec(url);
  const driver = drivers[scheme?.[2] ?? scheme?.[1] ?? ""];
  return ["sqlalchemy", ...(driver === undefined ? [] : [driver])];
}

const drivers: Readonly<Record<string, string>> = {
  postgresql: "psycopg2-binary",
  postgres: "psycopg2-binary",
  psycopg2: "psycopg2-binary",
  psycopg: "psycopg",
  asyncpg: "asyncpg",
  mysql: "mysqlclient",
  pymysql: "pymysql",
  mysqlconnector: "mysql-connector-python",
  mssql: "pyodbc",
  pyodbc: "pyodbc",
  oracle: "oracledb",
  snowflake: "snowflake-sqlalchemy",
  bigquery: "sqlalchemy-bigquery",
  duckdb: "duckdb-engine",
};

/** What fsspec reaches a remote file through, by the scheme of its URL. */
export function remoteFiles({ literal = "" }: CallFact): readonly string[] {
  if (/^s3a?:\/\//u.test(literal)) return ["s3fs"];
  if (/^(?:gs|gcs):\/\//u.test(literal)) return ["gcsfs"];
  return /^(?:abfss?|az|adl):\/\//u.test(literal) ? ["adlfs"] : [];
}

/** Distributions that are needed through what they do for another, and imported by nobody. */
export function isEngine(distribution: string): boolean {
  return engines.has(distribution);
}

const engines = new Set(
  "openpyxl xlrd xlwt xlsxwriter pyxlsb odfpy pyarrow fastparquet lxml html5lib beautifulsoup4 tables pyreadstat jinja2 tabulate numexpr bottleneck sqlalchemy psycopg2 psycopg2-binary psycopg pymysql mysqlclient pyodbc s3fs gcsfs adlfs fsspec pyqt5 pyqt6 pyside2 pyside6 ipympl kaleido orca ipywidgets netcdf4 h5netcdf cfgrib zarr dask distributed pooch bokeh graphviz pydot pillow imageio-ffmpeg statsmodels scipy lz4 zstandard python-snappy brotli cython setuptools wheel pip".split(
    " ",
  ),
);
