"""Its scratch file has a name of chance in a place of chance; neither is shown."""
import json
import tempfile

with tempfile.NamedTemporaryFile("w+", prefix="sort-", encoding="utf-8") as file:
    json.dump(sorted([4, 1, 3], reverse=True), file)
    file.flush()
    with open(file.name, encoding="utf-8") as again:
        print(json.load(again))
