"""Scores candidates in a pool of processes and keeps the first good ones."""
from search.best import first_good

if __name__ == "__main__":
    print("good:", first_good(limit=70))
