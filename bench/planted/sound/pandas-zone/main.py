import pandas as pd

stamps = pd.to_datetime([1700000000, 1720000000], unit="s", utc=True)
print(stamps.tz_convert("Europe/Oslo").strftime("%d %H:%M %Z").tolist())
