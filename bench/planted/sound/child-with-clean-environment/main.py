import subprocess
import sys

code = "import os; print(os.environ.get('REGION'), len('abc'))"
done = subprocess.run(
    [sys.executable, "-I", "-c", code], env={"REGION": "north"}, capture_output=True, text=True, check=True
)
print(done.stdout.strip())
