import { assert, property, string } from "fast-check";
import { describe, expect, test } from "vitest";
import { validRange } from "@renovatebot/pep440";
import { boundFromFailure } from "./bound-from-failure.ts";
import { removals } from "./tables/index.ts";

const today: ReadonlyMap<string, string> = new Map(
  Object.entries({
    pandas: "2.2.1",
    numpy: "2.1.0",
    "scikit-learn": "1.5.0",
    matplotlib: "3.9.0",
    scipy: "1.15.0",
    seaborn: "0.13.0",
    networkx: "3.2",
    statsmodels: "0.14.0",
    pyyaml: "6.0",
    jinja2: "3.1.4",
    markupsafe: "2.1.5",
    plotly: "5.0.0",
    pillow: "10.3.0",
    sqlalchemy: "2.0.1",
    protobuf: "5.26.0",
    tensorflow: "2.15.0",
    rtree: "0.8.3",
  }),
);

test.each([
  ["OSError: Could not find libspatialindex_c library file", "rtree>=0.9.7"],
  ["AttributeError: 'DataFrame' object has no attribute 'append'", "pandas<2"],
  ["AttributeError: 'DataFrame' object has no attribute 'ix'", "pandas<1"],
  ["AttributeError: module 'pandas' has no attribute 'Panel'", "pandas<0.25"],
  ["AttributeError: module 'pandas' has no attribute 'rolling_mean'", "pandas<0.23"],
  ["TypeError: NDFrame.to_csv() got an unexpected keyword argument 'line_terminator'", "pandas<2"],
  ["TypeError: read_csv() got an unexpected keyword argument 'error_bad_lines'", "pandas<2"],
  ["TypeError: DataFrame.sum() got an unexpected keyword argument 'level'", "pandas<2"],
  [
    "AttributeError: module 'numpy' has no attribute 'float'.\n`np.float` was a deprecated alias",
    "numpy<1.24",
  ],
  ["AttributeError: `np.float_` was removed in the NumPy 2.0 release. Use `np.float64` instead.", "numpy<2"],
  ["ValueError: numpy.dtype size changed, may indicate binary incompatibility.", "numpy<2"],
  ["ImportError: numpy.core.multiarray failed to import", "numpy<2"],
  [
    "    from sklearn.datasets import load_boston\nImportError: \n`load_boston` has been removed from scikit-learn since version 1.2.",
    "scikit-learn<1.2",
  ],
  ["ModuleNotFoundError: No module named 'sklearn.cross_validation'", "scikit-learn<0.20"],
  ["ImportError: cannot import name 'joblib' from 'sklearn.externals' (/x/__init__.py)", "scikit-learn<0.23"],
  [
    "TypeError: LinearRegression.__init__() got an unexpected keyword argument 'normalize'",
    "scikit-learn<1.2",
  ],
  ["AttributeError: 'CountVectorizer' object has no attribute 'get_feature_names'", "scikit-learn<1.2"],
  ["TypeError: FigureBase.gca() got an unexpected keyword argument 'projection'", "matplotlib<3.7"],
  ["OSError: 'seaborn-whitegrid' is not a valid package style, path of style file, URL", "matplotlib<3.8"],
  ["AttributeError: Rectangle.set() got an unexpected keyword argument 'normed'", "matplotlib<3.1"],
  ["AttributeError: module 'matplotlib.cm' has no attribute 'get_cmap'", "matplotlib<3.9"],
  ["    from scipy.misc import imread\nImportError: cannot import name 'imread'", "scipy<1.2"],
  ["AttributeError: Module 'scipy.signal' has no attribute 'hann'", "scipy<1.13"],
  ["ImportError: cannot import name 'simps' from 'scipy.integrate' (/x)", "scipy<1.14"],
  ["AttributeError: module 'seaborn' has no attribute 'tsplot'", "seaborn<0.10"],
  ["TypeError: lineplot() takes from 0 to 1 positional arguments but 2 were given", "seaborn<0.12"],
  ["AttributeError: module 'networkx' has no attribute 'to_numpy_matrix'", "networkx<3"],
  ["AttributeError: 'Graph' object has no attribute 'node'", "networkx<2.4"],
  ["No module named 'statsmodels.tsa.arima_model'", "statsmodels<0.13"],
  ["AttributeError: module 'tensorflow' has no attribute 'placeholder'", "tensorflow<2"],
  ["ModuleNotFoundError: No module named 'tensorflow.contrib'", "tensorflow<2"],
  ["ImportError: cannot import name 'soft_unicode' from 'markupsafe' (/x)", "markupsafe<2.1"],
  ["ImportError: cannot import name 'contextfilter' from 'jinja2' (/x)", "jinja2<3.1"],
  ["TypeError: load() missing 1 required positional argument: 'Loader'", "pyyaml<6"],
  ["TypeError: Descriptors cannot be created directly.", "protobuf<3.21"],
  ["AttributeError: 'Engine' object has no attribute 'execute'", "sqlalchemy<2"],
  ["AttributeError: module 'PIL.Image' has no attribute 'ANTIALIAS'", "pillow<10"],
  ["ModuleNotFoundError: No module named 'plotly.plotly'", "plotly<4"],
  ["ModuleNotFoundError: No module named 'pkg_resources'", "setuptools<81"],
  ["AttributeError: module 'time' has no attribute 'clock'", "python<3.8"],
  ["ImportError: cannot import name 'Mapping' from 'collections' (/x)", "python<3.10"],
  ["ModuleNotFoundError: No module named 'distutils'", "python<3.12"],
  ["AttributeError: module 'inspect' has no attribute 'getargspec'", "python<3.11"],
])("%s", (text, expected) => {
  const bound = boundFromFailure(`Traceback (most recent call last):\n${text}\n`, today);
  expect(`${bound?.distribution}${bound?.specifier}`).toBe(expected);
});

describe("what explains nothing", () => {
  test("an installed version that the bound admits is not at fault", () => {
    const text = "AttributeError: 'DataFrame' object has no attribute 'append'";
    expect(boundFromFailure(text, new Map([["pandas", "1.5.3"]]))).toBeNull();
    expect(boundFromFailure(text, new Map())).toBeNull();
  });

  test("an error of the project's own", () => {
    for (const text of [
      "NameError: name 'x' is not defined",
      "AttributeError: 'Shop' object has no attribute 'open'",
      "No module named 'mine'",
    ])
      expect(boundFromFailure(text, today)).toBeNull();
  });

  test("arbitrary text never throws, and takes no time", () => {
    assert(
      property(string(), (text) => {
        boundFromFailure(text, today);
        boundFromFailure(`cannot import name '${text}' from '${text}'`, today);
      }),
    );
    const started = performance.now();
    for (const piece of [
      "got an unexpected keyword argument '",
      "No module named 'a.",
      "async = SyntaxError: ",
      "'str' object has no attribute 'decode' ",
    ])
      boundFromFailure(piece.repeat(200_000 / piece.length), today);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

test("a name that is gone and not known of is looked for one series back", () => {
  const said = (pins: Record<string, string>): unknown =>
    boundFromFailure(
      "AttributeError: module 'networkx.algorithms' has no attribute 'frobnicate'",
      new Map(Object.entries(pins)),
    );
  expect(said({ networkx: "3.2.1" })).toMatchObject({ specifier: "<3.2", guess: true });
  expect(said({ networkx: "3.0" })).toMatchObject({ specifier: "<3" });
  expect(said({ pandas: "3.0" })).toBeNull();
});

test("colours and the older of two errors do not mislead", () => {
  const text =
    "\u001b[0;31mImportError\u001b[0m: cannot import name 'load_boston' from 'sklearn.datasets'\nDuring handling of it:\nAttributeError: module 'numpy' has no attribute 'bool'";
  expect(boundFromFailure(text, today)?.distribution).toBe("numpy");
});

test("each entry of the tables is whole", () => {
  expect(removals.length).toBeGreaterThan(300);
  for (const { seen, distribution, specifier, reason } of removals) {
    expect(distribution).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/u);
    expect(validRange(specifier)).toBe(true);
    expect(reason.length).toBeGreaterThan(5);
    const names = seen.kind === "module" ? seen.modules : seen.kind === "text" ? ["x"] : seen.names;
    expect(names.length).toBeGreaterThan(0);
  }
});
