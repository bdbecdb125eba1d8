"""Lists the words of a text that are no stop words."""
from pathlib import Path

STOP = {"the", "a", "of", "and", "to", "in"}

words = set(Path("text.txt").read_text(encoding="utf-8").lower().split()) - STOP
vocabulary = list(words)
Path("vocabulary.txt").write_text("\n".join(vocabulary), encoding="utf-8")
print(len(vocabulary), "words")
