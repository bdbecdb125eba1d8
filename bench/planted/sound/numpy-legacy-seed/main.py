import numpy as np

np.random.seed(7)
noise = np.random.normal(0, 1, 10)
np.random.shuffle(noise)
print(np.round(noise, 4).tolist())
