import { causeAt, defineCause } from "../cause.ts";

const signs =
  /Found no NVIDIA driver|not compiled with CUDA enabled|CUDA driver version is insufficient|no CUDA-capable device|CUDA error|cudaErrorNoDevice|CUDA_ERROR_NO_DEVICE|Attempting to deserialize object on a CUDA device|No (?:CUDA )?GPUs? (?:are |is |were )?(?:available|found|detected)|libcuda\.so|libcudart\.so|CudaSupportError|Invalid device id|No module named '?(?:cupy|pycuda|cudf|cuml|cugraph)\b|requires? (?:a |an )?(?:NVIDIA )?GPU/iu;

/** It runs on a graphics processor alone. */
export const needsGpu = defineCause({
  id: "gpu-needed",
  find(failed) {
    const sign = signs.exec(failed.text);
    if (sign === null) return null;
    const at = failed.line === "" ? "" : `, at ${failed.line.slice(0, 100)}`;
    return causeAt("gpu-needed", failed, `it needs a GPU (${sign[0]})${at}`, {
      why: "Others can run it only where that hardware is.",
      fix: 'Choose the device by what is there (torch.device("cuda" if torch.cuda.is_available() else "cpu"), map_location for what is loaded), or name a fallback command in rung.toml.',
    });
  },
});
