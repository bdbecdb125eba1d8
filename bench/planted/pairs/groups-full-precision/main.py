"""Clusters points and writes a scale for their plot."""
import numpy as np
from sklearn.cluster import KMeans

generator = np.random.default_rng(11)
points = generator.normal(size=(8000, 2))
points[4000:] -= 5
start = np.array([[0.0, 0.0], [-5.0, -5.0]])
centres = KMeans(2, init=start, n_init=1).fit(points).cluster_centers_
scale = np.cbrt(np.linspace(1.5, 90.0, 2000))
np.save("centres.npy", centres)
np.save("scale.npy", scale)
