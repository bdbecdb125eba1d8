"""Makes the input of an external solver."""
import tempfile
from pathlib import Path

scratch = Path(tempfile.gettempdir()) / "solver"
deck = ["*SOLVE", f"*SCRATCH {scratch}", "*MESH 10 20", "*END"]
Path("solver.inp").write_text("\n".join(deck) + "\n", encoding="utf-8")
