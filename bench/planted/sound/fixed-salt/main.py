import hashlib

SALT = bytes.fromhex("00112233445566778899aabbccddeeff")
for word in ("alpha", "beta"):
    print(word, hashlib.pbkdf2_hmac("sha256", word.encode(), SALT, 50).hex()[:16])
