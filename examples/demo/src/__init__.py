"""The steps of the barley experiment: cleaning, then training and evaluating."""
