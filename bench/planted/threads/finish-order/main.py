"""Digests blocks in threads and notes them as they finish."""
import hashlib
from concurrent.futures import ThreadPoolExecutor, as_completed


def digest(block):
    return block, hashlib.pbkdf2_hmac("sha256", f"block {block}".encode(), b"salt", 400).hex()[:12]


with ThreadPoolExecutor(4) as pool, open("digests.txt", "w", encoding="utf-8") as out:
    jobs = [pool.submit(digest, block) for block in range(80)]
    for job in as_completed(jobs):
        block, value = job.result()
        out.write(f"{block:3} {value}\n")
