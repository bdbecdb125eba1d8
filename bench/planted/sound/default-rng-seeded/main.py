import numpy as np

generator = np.random.default_rng(np.random.SeedSequence([4, 2]))
np.save("table.npy", generator.integers(0, 100, size=(5, 4)))
