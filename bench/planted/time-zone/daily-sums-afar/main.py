"""Daily rain from an hourly log."""
import pandas as pd

from rain.daily import daily

log = pd.read_csv("rain.csv")
daily(log).to_csv("daily.csv")
