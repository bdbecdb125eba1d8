"""Draws a sample of articles and lists the tags in it."""
import json
import random

with open("articles.json", encoding="utf-8") as file:
    articles = json.load(file)
sample = random.sample(sorted(articles), 4)
tags = {tag for name in articles for tag in articles[name]}
with open("sample.json", "w", encoding="utf-8") as out:
    json.dump({"sample": sample, "tags": list(tags)}, out)
