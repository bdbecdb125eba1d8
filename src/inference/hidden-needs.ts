import type { CallFact } from "../source/index.ts";
import {
  columnarEngine,
  gridEngine,
  databaseDriver,
  matplotlibBackend,
  remoteFiles,
  workbookEngine,
} from "./engines.ts";

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
    needs: columnarEngine,
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
    call: /^\.plot$/u,
    beside: "pandas",
    needs: ({ options }) => (/^(?:kde|density)$/u.test(options?.["kind"] ?? "") ? ["scipy"] : []),
    why: "pandas estimates densities through it",
  },
  {
    call: /^\.(?:corr|interpolate)$/u,
    beside: "pandas",
    needs: ({ options }) =>
      /^(?:kendall|spline|polynomial|cubic|quadratic|pchip|akima|barycentric|krogh)$/u.test(
        options?.["method"] ?? "",
      )
        ? ["scipy"]
        : [],
    why: "pandas computes this method through it",
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
    call: /^seaborn\.clustermap$/u,
    needs: always("scipy"),
    why: "seaborn computes clusters through it",
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
    needs: gridEngine,
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
    needs: ({ options }) => [options?.["engine"] === "cytoscape" ? "ipycytoscape" : "graphviz"],
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
