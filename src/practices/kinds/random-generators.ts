import type { CallFact, ImportFact } from "../../source/index.ts";

/** A generator that a whole process shares: which calls draw from it, and which seed it. */
export interface SharedGenerator {
  readonly title: string;
  readonly seeds: RegExp;
  readonly fix: string;
  draws(call: CallFact, imports: readonly ImportFact[]): boolean;
}

/** Seed every generator that their library knows. */
export const seedsAll =
  /(?:^|\.)(?:seed_everything|set_random_seed)$|^(?:transformers|accelerate\.utils|fastai\.torch_core)\.set_seed$/u;

const withSeed = (call: CallFact, ...names: readonly string[]): boolean =>
  [...names, "**"].some((name) => call.keywords.includes(name));

const standard =
  /^random\.(?:random|rand(?:int|range|bytes)|choices?|sample|shuffle|uniform|triangular|gauss|getrandbits|\w+variate)$/u;
/** NumPy's functions over its hidden RandomState; classes and what seeds or saves it are not among them. */
const numpyLegacy =
  /^numpy\.random\.(?!seed$|default_rng$|get_state$|set_state$|mtrand$|bit_generator$)[a-z]\w*$/u;
const frozen = /^scipy\.stats\.\w+\.rvs$/u;
const estimators =
  /^(?:train_test_split|(?:MiniBatch|Bisecting)?KMeans|(?:RandomForest|ExtraTrees?|DecisionTree|Bagging)\w+|IsolationForest|MLP\w+|SGD\w+|TSNE|(?:Bayesian)?GaussianMixture|(?:Halving)?Random(?:ized)?SearchCV|(?:Stratified|Group)?ShuffleSplit|Repeated(?:Stratified)?KFold|resample|shuffle|make_(?:classification|regression|blobs|moons|circles|friedman\d|s_curve|swiss_roll)|LatentDirichletAllocation|FastICA|TruncatedSVD|SpectralClustering|MDS|permutation_importance)$/u;
const torch =
  /^torch\.(?:rand(?:n|int|perm)?(?:_like)?|normal|bernoulli|multinomial|poisson|utils\.data\.random_split)$/u;
const tensorflow =
  /^tensorflow\.random\.(?:normal|uniform|truncated_normal|shuffle|categorical|gamma|poisson)$/u;

export const generators: readonly SharedGenerator[] = [
  {
    title: "Python's own generator",
    seeds: /^random\.(?:seed|setstate)$/u,
    fix: "Call random.seed(0) first, or draw from random.Random(0).",
    draws: ({ name }) => standard.test(name),
  },
  {
    title: "NumPy's shared generator",
    seeds: /^numpy\.random\.(?:seed|set_state)$/u,
    fix: "Draw from rng = np.random.default_rng(0), or call np.random.seed(0) first.",
    draws: (call) =>
      numpyLegacy.test(call.name) || (frozen.test(call.name) && !withSeed(call, "random_state")),
  },
  {
    title: "NumPy's shared generator",
    seeds: /^numpy\.random\.(?:seed|set_state)$/u,
    fix: "Give it random_state=0.",
    draws: (call, imports) => drawsInSklearn(call) || samplesFrame(call, imports),
  },
  {
    title: "PyTorch's shared generator",
    seeds: /^torch\.(?:random\.)?(?:manual_seed|set_rng_state)$/u,
    fix: "Call torch.manual_seed(0) first.",
    draws: (call) => torch.test(call.name) && !withSeed(call, "generator"),
  },
  {
    title: "TensorFlow's shared generator",
    seeds: /^tensorflow\.(?:random\.set_seed|(?:compat\.v1\.)?set_random_seed)$/u,
    fix: "Call tf.random.set_seed(0) first.",
    draws: (call) => tensorflow.test(call.name) && !withSeed(call, "seed"),
  },
];

function drawsInSklearn(call: CallFact): boolean {
  if (!call.name.startsWith("sklearn.") || withSeed(call, "random_state")) return false;
  const last = call.name.slice(call.name.lastIndexOf(".") + 1);
  // `shuffle=` is False for train_test_split as often as not; for the others it switches the drawing on.
  if (last === "train_test_split") return !call.keywords.includes("shuffle");
  if (/^(?:Stratified)?(?:Group)?KFold$/u.test(last)) return call.keywords.includes("shuffle");
  return estimators.test(last);
}

/** `sample(n=...)` or `sample(frac=...)` in code that uses pandas: of a DataFrame or a Series. */
function samplesFrame(call: CallFact, imports: readonly ImportFact[]): boolean {
  return (
    call.name === ".sample" &&
    call.keywords.some((keyword) => keyword === "n" || keyword === "frac") &&
    !withSeed(call, "random_state", "seed") &&
    imports.some(({ module }) => module.split(".")[0] === "pandas")
  );
}

/** Generators made without a seed of their own; no shared seed reaches them. */
export function isMadeUnseeded({ name, hasArguments }: CallFact): boolean {
  const makes =
    /^(?:random\.Random|numpy\.random\.(?:default_rng|RandomState|SeedSequence|PCG64(?:DXSM)?|MT19937|Philox|SFC64))$/u;
  return makes.test(name) && !hasArguments;
}

/** Numbers from the operating system's own randomness, which nothing can seed. */
export function isNeverSeeded({ name }: CallFact): boolean {
  return /^(?:random\.SystemRandom|os\.urandom|uuid\.uuid[14]|secrets\.(?:choice|rand\w+|token_\w+))$/u.test(
    name,
  );
}
