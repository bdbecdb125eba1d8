import type { Need } from "../model/index.ts";
import { codeOf, type CallFact, type SourceFacts } from "../source/index.ts";

/** A call that needs a distribution which the calling code does not import. */
export interface HiddenNeed {
  /** The name of the call, as the source room gives it: "pandas.read_excel", ".to_excel". */
  readonly call: RegExp;
  /** A module that the same file imports: methods of any object count only beside it. */
  readonly beside?: string;
  /** What the call needs; by the first argument where that is a plain string. Empty for nothing. */
  readonly needs: (call: CallFact) => readonly string[];
  readonly why: string;
}

const always =
  (...names: readonly string[]) =>
  (): readonly string[] =>
    names;

/** The engine with which pandas reads or writes a workbook, by the file's suffix. */
function workbookEngine({ name, literal = "" }: CallFact): readonly string[] {
  if (/\.xls$/iu.test(literal))
    return [name.includes("read") || name.endsWith("ExcelFile") ? "xlrd" : "xlwt"];
  if (/\.xlsb$/iu.test(literal)) return ["pyxlsb"];
  if (/\.od[fst]$/iu.test(literal)) return ["odfpy"];
  return ["openpyxl"];
}

function matplotlibBackend({ literal = "" }: CallFact): readonly string[] {
  const backend = literal.toLowerCase();
  if (/^qt5/u.test(backend)) return ["pyqt5"];
  if (/^qt/u.test(backend)) return ["pyqt6"];
  if (/^wx/u.test(backend)) return ["wxpython"];
  if (/^gtk/u.test(backend)) return ["pygobject"];
  if (/cairo$/u.test(backend)) return ["pycairo"];
  if (/^(?:nbagg|ipympl|widget|module:\/\/ipympl)/u.test(backend))
    return backend === "nbagg" ? [] : ["ipympl"];
  return backend === "webagg" ? ["tornado"] : [];
}

/** A database that is named by a URL is reached through SQLAlchemy, and through a driver of its own. */
function databaseDriver(call: CallFact): readonly string[] {
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

/** One line for each call: what it needs besides what is imported, and why. */
export const hiddenNeeds: readonly HiddenNeed[] = [
  {
    call: /^pandas\.(?:read_excel|ExcelFile|ExcelWriter)$|^(?:geopandas\.)?\.to_excel$/u,
    beside: "pandas",
    needs: workbookEngine,
    why: "pandas reads and writes workbooks through it",
  },
  {
    call: /^(?:pandas|dask\.dataframe|geopandas)\.read_(?:parquet|feather|orc)$|^\.to_(?:parquet|feather|orc)$/u,
    beside: "pandas",
    needs: always("pyarrow"),
    why: "pandas reads and writes columnar files through it",
  },
  {
    call: /^pandas\.read_html$/u,
    needs: always("lxml", "html5lib", "beautifulsoup4"),
    why: "pandas reads tables in web pages through it",
  },
  {
    call: /^pandas\.read_xml$|^\.to_xml$/u,
    beside: "pandas",
    needs: always("lxml"),
    why: "pandas reads and writes XML through it",
  },
  {
    call: /^pandas\.(?:read_hdf|HDFStore)$|^\.to_hdf$/u,
    beside: "pandas",
    needs: always("tables"),
    why: "pandas reads and writes HDF5 through it",
  },
  { call: /^pandas\.read_spss$/u, needs: always("pyreadstat"), why: "pandas reads SPSS files through it" },
  {
    call: /^pandas\.read_gbq$|^\.to_gbq$/u,
    beside: "pandas",
    needs: always("pandas-gbq"),
    why: "pandas reaches BigQuery through it",
  },
  {
    call: /^\.to_markdown$/u,
    beside: "pandas",
    needs: always("tabulate"),
    why: "pandas writes Markdown tables through it",
  },
  { call: /^\.style$/u, beside: "pandas", needs: always("jinja2"), why: "pandas styles tables through it" },
  {
    call: /^\.to_latex$/u,
    beside: "pandas",
    needs: always("jinja2"),
    why: "pandas writes LaTeX tables through it since 2.0",
  },
  {
    call: /^\.to_xarray$/u,
    beside: "pandas",
    needs: always("xarray"),
    why: "the method makes an object of it",
  },
  {
    call: /^pandas\.read_sql(?:_query|_table)?$|^\.to_sql$/u,
    beside: "pandas",
    needs: databaseDriver,
    why: "pandas reaches a database named by a URL through it",
  },
  {
    call: /^sqlalchemy\.create_engine$/u,
    needs: (call) => databaseDriver(call).slice(1),
    why: "it is the driver of the database that the URL names",
  },
  {
    call: /^pandas\.read_(?:csv|json|parquet|excel|table)$/u,
    needs: remoteFiles,
    why: "pandas reads what a URL of this kind names through it",
  },
  {
    call: /^\.(?:plot|hist|boxplot)$|^pandas\.plotting\.\w+$/u,
    beside: "pandas",
    needs: always("matplotlib"),
    why: "pandas plots through it",
  },
  { call: /^(?:networkx|osmnx)\.draw\w*$/u, needs: always("matplotlib"), why: "networkx draws through it" },
  {
    call: /^networkx\.(?:pagerank|to_scipy_sparse_\w+|from_scipy_sparse_\w+|adjacency_matrix|laplacian_matrix|spring_layout|kamada_kawai_layout)$/u,
    needs: always("scipy"),
    why: "networkx computes this through it",
  },
  {
    call: /^matplotlib\.(?:pyplot\.switch_backend|use)$/u,
    needs: matplotlibBackend,
    why: "it is the window toolkit of the chosen backend",
  },
  {
    call: /^(?:plotly\.io\.)?write_image$|^\.write_image$/u,
    beside: "plotly",
    needs: always("kaleido"),
    why: "plotly writes static images through it",
  },
  { call: /^plotly\.express\.\w+$/u, needs: always("pandas"), why: "plotly.express works on data frames" },
  {
    call: /^plotly\.express\.(?:scatter|density_contour|trendline)\w*$/u,
    needs: (call) => (call.keywords.includes("trendline") ? ["statsmodels"] : []),
    why: "plotly fits trend lines through it",
  },
  {
    call: /^seaborn\.(?:clustermap|kdeplot|displot)$/u,
    needs: always("scipy"),
    why: "seaborn computes densities and clusters through it",
  },
  {
    call: /^seaborn\.(?:lmplot|regplot|residplot)$/u,
    needs: (call) =>
      call.keywords.some((keyword) => /^(?:lowess|robust|logistic)$/u.test(keyword)) ? ["statsmodels"] : [],
    why: "seaborn fits this kind of regression through it",
  },
  {
    call: /^statsmodels\.graphics\.\w+(?:\.\w+)*$/u,
    needs: always("matplotlib"),
    why: "statsmodels draws through it",
  },
  {
    call: /^tqdm\.notebook\.\w+$/u,
    needs: always("ipywidgets"),
    why: "the progress bar of notebooks is a widget of it",
  },
  {
    call: /^xarray\.(?:open_dataset|open_dataarray|open_mfdataset|load_dataset)$|^\.to_netcdf$/u,
    beside: "xarray",
    needs: (call) => (call.literal?.endsWith(".zarr") === true ? ["zarr"] : ["netcdf4"]),
    why: "xarray reads and writes netCDF files through it",
  },
  {
    call: /^xarray\.open_mfdataset$/u,
    needs: always("dask"),
    why: "xarray opens several files at once through it",
  },
  {
    call: /^xarray\.(?:open_zarr)$|^\.to_zarr$/u,
    beside: "xarray",
    needs: always("zarr"),
    why: "xarray reads and writes Zarr stores through it",
  },
  {
    call: /^xarray\.tutorial\.\w+$/u,
    needs: always("pooch", "netcdf4"),
    why: "xarray fetches its example data through it",
  },
  {
    call: /^(?:scipy\.datasets|skimage\.data)\.\w+$/u,
    needs: (call) =>
      /\.(?:ascent|electrocardiogram|face)$|^skimage\.data\.(?:kidney|cells3d|lily|brain|protein_transport|nickel_solidification|vortex|eagle)$/u.test(
        call.name,
      )
        ? ["pooch"]
        : [],
    why: "the example data are fetched through it",
  },
  {
    call: /^holoviews\.(?:extension|notebook_extension)$/u,
    needs: ({ literal = "bokeh" }) =>
      /^(?:bokeh|matplotlib|plotly)$/u.test(literal) ? [literal] : ["bokeh"],
    why: "holoviews draws through it",
  },
  {
    call: /^dask\.dataframe\.\w+$/u,
    needs: always("pandas", "pyarrow"),
    why: "a dask data frame is made of those of pandas",
  },
  { call: /^dask\.array\.\w+$/u, needs: always("numpy"), why: "a dask array is made of those of numpy" },
  {
    call: /^\.visualize$/u,
    beside: "dask",
    needs: always("graphviz"),
    why: "dask draws its graphs through it",
  },
  {
    call: /^sklearn\.tree\.plot_tree$|^sklearn\.(?:metrics|inspection|model_selection)\.\w+Display\.\w+$/u,
    needs: always("matplotlib"),
    why: "scikit-learn draws through it",
  },
  {
    call: /^sklearn\.datasets\.(?:fetch_openml|fetch_california_housing)$/u,
    needs: (call) => (call.keywords.includes("as_frame") ? ["pandas"] : []),
    why: "scikit-learn gives the data as a frame of it",
  },
  {
    call: /^sklearn\.datasets\.load_sample_images?$/u,
    needs: always("pillow"),
    why: "scikit-learn reads images through it",
  },
  { call: /^numba\.cuda\.\w+$/u, needs: always("numba"), why: "numba compiles for the GPU" },
  {
    call: /^(?:geopandas)\.(?:read_file|sjoin)$/u,
    needs: always("pyogrio"),
    why: "geopandas reads files through it",
  },
  {
    call: /^(?:keras|tensorflow\.keras)\.utils\.plot_model$/u,
    needs: always("pydot", "graphviz"),
    why: "Keras draws models through it",
  },
  {
    call: /^(?:keras|tensorflow\.keras)\.(?:preprocessing|utils)\.(?:image\.)?load_img$/u,
    needs: always("pillow"),
    why: "Keras reads images through it",
  },
  {
    call: /^imageio\.(?:mimsave|mimwrite|get_writer)$/u,
    needs: (call) => (/\.(?:mp4|avi|mov|mkv|webm)$/iu.test(call.literal ?? "") ? ["imageio-ffmpeg"] : []),
    why: "imageio writes films through it",
  },
];

function remoteFiles({ literal = "" }: CallFact): readonly string[] {
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

/** The needs that calls in these files show; what the same files import is a need of its own. */
export function needsOfCalls(sources: ReadonlyMap<string, SourceFacts>): readonly Need[] {
  const found = new Map<string, Need>();
  for (const [file, facts] of sources) {
    const { calls, imports } = codeOf(facts);
    const imported = new Set(imports.map(({ module }) => module.split(".")[0]));
    for (const call of calls) {
      for (const { call: pattern, beside, needs, why } of hiddenNeeds) {
        if (!pattern.test(call.name) || (beside !== undefined && !imported.has(beside))) continue;
        for (const distribution of needs(call)) {
          if (found.has(distribution)) continue;
          const reason = `${call.name.replace(/^\./u, "")}: ${why}`;
          const location = { file, line: call.line };
          const need = { module: "", distribution, candidates: [distribution], reason, location };
          found.set(distribution, { ...need, known: "call", context: "hidden" });
        }
      }
    }
  }
  return [...found.values()];
}
