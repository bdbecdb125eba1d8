"""Chooses features and writes them with the time of the choice."""
import pandas as pd

from select_features.choice import choice

choice(pd.read_csv("features.csv")).to_csv("chosen.csv")
