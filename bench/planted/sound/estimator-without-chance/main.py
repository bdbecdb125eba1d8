"""This solver has no random part, so no random_state is needed."""
from sklearn.linear_model import LogisticRegression

rows = [[0.0], [1.0], [2.0], [3.0]]
model = LogisticRegression(solver="lbfgs").fit(rows, [0, 0, 1, 1])
print(model.predict([[0.4], [2.6]]).tolist())
