"""Monte Carlo estimate of the mean of a skewed distribution."""
from simulate.mean import mean

if __name__ == "__main__":
    print(f"{mean(3000):.6f}")
