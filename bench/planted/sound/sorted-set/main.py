from pathlib import Path

words = set(Path("text.txt").read_text(encoding="utf-8").split())
Path("words.txt").write_text("\n".join(sorted(words)) + "\n", encoding="utf-8")
