"""Sums the sales and stamps the report."""
import json
from datetime import datetime, timezone
from pathlib import Path

sales = json.loads(Path("sales.json").read_text(encoding="utf-8"))
report = {
    "total": sum(sales.values()),
    "best": max(sales, key=sales.get),
    "created": datetime.now(timezone.utc).isoformat(),
}
Path("report.json").write_text(json.dumps(report, indent=2), encoding="utf-8")
