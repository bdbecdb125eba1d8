"""Threads finish in any order; their results have places."""
import hashlib
import threading

results = [None] * 12


def work(place):
    results[place] = hashlib.pbkdf2_hmac("sha256", b"%d" % place, b"salt", 200).hex()[:8]


threads = [threading.Thread(target=work, args=(place,)) for place in range(12)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("\n".join(results))
