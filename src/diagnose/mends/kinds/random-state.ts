import type { Node } from "web-tree-sitter";
import { addArgument, argumentsOf, calledName, calleeOf, callsAt, callsIn } from "../code-search.ts";
import { defineCodeMend, type CodePiece } from "../mend.ts";

/** Functions and classes of scikit-learn, pandas and SciPy that draw from NumPy's shared generator unless given a state. */
const takesState =
  /^(?:train_test_split|(?:MiniBatch|Bisecting)?KMeans|(?:RandomForest|ExtraTrees?|DecisionTree|Bagging|GradientBoosting|HistGradientBoosting|AdaBoost|MLP|SGD)\w+|RandomTreesEmbedding|IsolationForest|TSNE|(?:Bayesian)?GaussianMixture|(?:Halving)?Random(?:ized)?SearchCV|(?:Stratified|Group)?ShuffleSplit|Repeated(?:Stratified)?KFold|resample|shuffle|make_(?:classification|regression|blobs|moons|circles|friedman\d|s_curve|swiss_roll|gaussian_quantiles|hastie_10_2|sparse_uncorrelated)|LatentDirichletAllocation|FastICA|NMF|TruncatedSVD|SpectralClustering|MDS|Perceptron|PassiveAggressive\w+|RANSACRegressor|permutation_importance|(?:Gaussian|Sparse)RandomProjection|QuantileTransformer|KBinsDiscretizer|IterativeImputer|SpectralEmbedding|Nystroem|RBFSampler|DictionaryLearning|MiniBatch\w+)$/u;
/** Those that draw only where they are told to shuffle: a state without it is an error. */
const takesStateWithShuffle = /^(?:Stratified(?:Group)?)?KFold$/u;

/** `random_state=0` for what the line calls, or for the estimators of the file where the line fits one. */
export const randomState = defineCodeMend({
  id: "random-state",
  kinds: ["random-seed"],
  summary: "give it random_state=0",
  propose(subject) {
    const here = callsAt(subject).filter((call) => lacksState(call));
    const calls = here.length > 0 ? here : constructorsBefore(subject.pieces, subject.piece);
    return calls.flatMap((call) => {
      const piece = subject.pieces.find(({ root }) => root.tree === call.tree) ?? subject.piece;
      return [addArgument(piece, call, "random_state=0")].filter((edit) => edit !== null);
    });
  },
});

function lacksState(call: Node): boolean {
  const { keywords } = argumentsOf(call);
  if (keywords.has("random_state") || keywords.has("**")) return false;
  const name = calledName(call);
  const callee = calleeOf(call)?.text ?? "";
  if (name === "sample" || name === "rvs") return callee.includes(".") && !/^(?:random|rng)\./u.test(callee);
  if (name === "shuffle" || name === "resample") return !/random|rng/u.test(callee);
  if (takesStateWithShuffle.test(name)) return /shuffle\s*=\s*True/u.test(call.text);
  return takesState.test(name);
}

function constructorsBefore(pieces: readonly CodePiece[], last: CodePiece): Node[] {
  const upTo = pieces.slice(0, pieces.indexOf(last) + 1);
  return upTo.flatMap((piece) =>
    callsIn(piece).filter((call) => /^[A-Z]/u.test(calledName(call)) && lacksState(call)),
  );
}
