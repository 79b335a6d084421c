# The ten metrics as an analyst writes them in pandas: first exposures, one merge, a group-by per metric.
#   python3 pipeline.py <exposures.csv> <events.csv>
# Prints what it cost, from reading on, and per metric [units, mean, standard deviation] of each variant.
import json
import resource
import sys
import time

import numpy as np
import pandas as pd

TIME = "ts"


def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


start, before = time.perf_counter(), cpu()
exposures = pd.read_csv(sys.argv[1], dtype={"experiment": "category", "variant": "category"}, parse_dates=[TIME])
events = pd.read_csv(sys.argv[2], dtype={"event": "category"}, parse_dates=[TIME])
as_of = min(events[TIME].max(), pd.Timestamp("2026-02-16", tz="UTC"))

first = (
    exposures[(exposures.experiment == "bench") & ~exposures.bot]
    .sort_values([TIME, "variant"])
    .drop_duplicates("user_id")
    .set_index("user_id")[["variant", TIME]]
    .rename(columns={TIME: "t0"})
)
# One merge on the long ids; what follows groups by a number.
first["unit"] = np.arange(len(first))
joined = events.merge(first[["unit", "t0"]], left_on="user_id", right_index=True)
joined["age"] = joined[TIME] - joined.t0
joined = joined[(joined.age >= pd.Timedelta(0)) & (joined.age <= pd.Timedelta(days=7))]
first = first.set_index("unit")


def per_unit(rows, days, how):
    mature = first[first.t0 + pd.Timedelta(days=days) <= as_of]
    by = joined[rows & (joined.age <= pd.Timedelta(days=days))].groupby("unit").value
    values = by.size() if how == "count" else by.sum() if how == "sum" else by.mean()
    values = values.reindex(mature.index)
    if how != "mean":
        values = values.fillna(0)
    return values, mature.variant


def described(values, variant):
    groups = values.dropna().groupby(variant)
    table = groups.agg(["size", "mean", "std"])
    return [[int(n), float(mean), float(sd)] for n, mean, sd in table.itertuples(index=False)]


def ratio(above, below, variant):
    result = []
    for name in variant.cat.categories:
        a, b = above[variant == name], below[variant == name]
        r = a.sum() / b.sum()
        linear = (a - r * b) / b.mean()
        result.append([len(a), float(r), float(linear.std())])
    return result


of = lambda event: joined.event == event
result = {}
orders, variant = per_unit(of("purchase"), 7, "count")
revenue, _ = per_unit(of("purchase") & ~joined.refunded, 7, "sum")
result["purchase-conversion"] = described((orders > 0).astype(float), variant)
result["revenue"] = described(revenue, variant)
result["orders"] = described(orders, variant)
result["revenue-per-order"] = ratio(revenue, orders, variant)
result["page-views"] = described(*per_unit(of("page-view"), 7, "count"))
carts, _ = per_unit(of("add-to-cart"), 7, "count")
result["cart-conversion"] = described((carts > 0).astype(float), variant)
result["cart-value"] = described(*per_unit(of("add-to-cart"), 7, "sum"))
result["searches"] = described(*per_unit(of("search"), 7, "count"))
searched, three = per_unit(of("search"), 3, "count")
result["search-conversion"] = described((searched > 0).astype(float), three)
result["load-time"] = described(*per_unit(of("page-load"), 7, "mean"))

megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
json.dump({"cpu": cpu() - before, "wall": time.perf_counter() - start, "megabytes": megabytes, "result": result}, sys.stdout)
