"""Sorts in pieces, and says what was done."""
from sorting.external import sort

print(sort([5, 3, 9, 1, 7, 2], memory=2))
