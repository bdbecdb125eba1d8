"""The last digits differ between processors; six of them do not."""
import numpy as np

hours = np.linspace(0.0, 24.0, 13)
print([f"{value:.6f}" for value in np.exp(-0.1314 * hours)])
