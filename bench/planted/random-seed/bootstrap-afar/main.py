"""Bootstraps the mean yield of a field trial."""
import pandas as pd

from trial.report import summarise

table = pd.read_csv("yields.csv")
summarise(table["yield"]).to_csv("summary.csv")
