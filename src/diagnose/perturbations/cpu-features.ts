import { definePerturbation, seenIn } from "./perturbation.ts";

const numpy =
  "AVX2 FMA3 AVX512F AVX512CD AVX512_SKX AVX512_CLX AVX512_CNL AVX512_ICL AVX512_SPR X86_V3 X86_V4";
const tunables = ["AVX2", "AVX2_Usable", "FMA", "FMA_Usable", "AVX512F", "AVX512F_Usable"];

/**
 * An older processor, as far as libraries let themselves be told: NumPy, OpenBLAS, MKL, oneDNN, PyTorch, and the
 * mathematical functions of glibc (glibc.cpu.hwcaps).
 */
export const cpuFeatures = definePerturbation({
  id: "cpu-features",
  kind: "cpu-features",
  title: "the instructions that the processor has",
  varies: "elsewhere",
  fixed: "the processor's instructions as they are",
  freed: "instructions of an older processor",
  choices: 1,
  apply(choice, { machine }) {
    if (choice === 0) return {};
    if (machine.architecture !== "x64") return { nativeVariables: { OPENBLAS_CORETYPE: "ARMV8" } };
    return {
      nativeVariables: {
        NPY_DISABLE_CPU_FEATURES: numpy,
        OPENBLAS_CORETYPE: "Nehalem",
        MKL_ENABLE_INSTRUCTIONS: "SSE4_2",
        MKL_CBWR: "COMPATIBLE",
        ONEDNN_MAX_CPU_ISA: "SSE41",
        ATEN_CPU_CAPABILITY: "default",
        GLIBC_TUNABLES: `glibc.cpu.hwcaps=${tunables.map((name) => `-${name}`).join(",")}`,
      },
    };
  },
  touched: (trace) =>
    trace.machine.numericalLibraries.length > 0 ||
    trace.modules.some(({ name }) => ["numpy", "torch", "tensorflow", "math", "cmath"].includes(name))
      ? true
      : seenIn(trace, false),
});
