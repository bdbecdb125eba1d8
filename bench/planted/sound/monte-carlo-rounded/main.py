"""Says only whether a fair coin shows both sides in 4000 throws."""
import random

heads = sum(random.random() < 0.5 for _ in range(4000))
print("both sides seen" if 0 < heads < 4000 else "a strange coin")
