import zlib
from concurrent.futures import ThreadPoolExecutor, as_completed

with ThreadPoolExecutor(4) as pool:
    jobs = {pool.submit(zlib.crc32, b"%d" % n * 5000): n for n in range(16)}
    sums = {jobs[job]: job.result() for job in as_completed(jobs)}
for number in sorted(sums):
    print(number, sums[number])
