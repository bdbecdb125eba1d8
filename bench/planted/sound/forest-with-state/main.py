import json

from sklearn.datasets import load_iris
from sklearn.ensemble import RandomForestClassifier

features, labels = load_iris(return_X_y=True)
model = RandomForestClassifier(n_estimators=5, random_state=1).fit(features, labels)
with open("predicted.json", "w", encoding="utf-8") as out:
    json.dump(model.predict(features[::10]).tolist(), out)
