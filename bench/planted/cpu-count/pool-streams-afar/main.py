"""Estimates pi with one random stream for each worker."""
from estimate.pi import estimate

if __name__ == "__main__":
    print("pi is about", estimate(8000))
