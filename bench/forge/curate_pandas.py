import json
import resource
import sys
import time

import pandas as pd

begin = time.perf_counter()
rows = pd.read_json(sys.argv[1], lines=True)
rows = rows[[v["accepted"] for v in rows["verdict"]]]
rows = rows.sort_values(["tokens", "sampleIndex"], kind="stable").drop_duplicates("source")
shortest = rows.groupby("taskId", sort=False).head(1)
order = rows.sort_values(["speedup", "tokens", "sampleIndex"], ascending=[False, True, True])
fastest = order.groupby("taskId", sort=False).head(1)
kept = shortest[shortest.index.isin(fastest.index) & (shortest["speedup"] > 1)]
seconds = time.perf_counter() - begin
print(
    json.dumps(
        {
            "seconds": seconds,
            "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "selected": len(kept),
            "tokens": int(kept["tokens"].sum()),
        }
    )
)
