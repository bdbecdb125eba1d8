"""One-hot columns for the colours of a survey."""
import pandas as pd

from survey.encode import encoded

answers = pd.read_csv("answers.csv")
encoded(answers).to_csv("encoded.csv", index=False)
