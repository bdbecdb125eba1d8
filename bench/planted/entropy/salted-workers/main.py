"""Pseudonyms for patients, made by a pool of workers."""
import multiprocessing
import os

from pseudonyms import pseudonym


def main():
    salt = os.urandom(8)
    with open("patients.txt", encoding="utf-8") as file:
        jobs = [(salt, line.strip()) for line in file]
    with multiprocessing.get_context("fork").Pool(2) as pool:
        names = pool.starmap(pseudonym, jobs)
    with open("pseudonyms.txt", "w", encoding="utf-8") as out:
        out.write("\n".join(names) + "\n")


if __name__ == "__main__":
    main()
