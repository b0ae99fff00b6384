"""From two CSV files to an article's neighbours: Kindred against the tutorial's script.

    python -m bench.pipeline [FOLDER] [--rounds 7]

FOLDER holds shared_articles.csv and users_interactions.csv (default: the sample data). Both sides
run in processes of their own, in turn, with the same parameters; wall time includes the start of
Python and the imports. Prints medians and ratios.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "data"
FILES = "shared_articles.csv", "users_interactions.csv"


def kindred(folder: Path) -> list[str]:
    """Our way; the ids of the ten nearest to the first article."""
    import recsys

    model = recsys.train(recsys.read_files(*(folder / name for name in FILES)))
    return recsys.similar_items(model, model.items["item_id"].iloc[0], 10)["item_id"].tolist()


def tutorial(folder: Path) -> list[str]:
    """The tutorial's script, transcribed: pandas all the way, the factors' cosine by hand.

    Two things are changed, because the answer would be wrong otherwise: ids are read as text,
    and implicit 0.7 gets people × articles.
    """
    import implicit
    import numpy as np
    import pandas as pd
    import scipy.sparse as sparse

    ids = {"contentId": str, "personId": str}
    articles = pd.read_csv(folder / FILES[0], dtype=ids)
    events = pd.read_csv(folder / FILES[1], dtype=ids)
    unused = ["authorUserAgent", "authorRegion", "authorCountry"]
    articles = articles.drop(columns=unused)
    events = events.drop(columns=["userAgent", "userRegion", "userCountry"])
    removed = set(articles[articles["eventType"] == "CONTENT REMOVED"]["contentId"])
    articles = articles[articles["eventType"] == "CONTENT SHARED"].drop(columns=["eventType"])
    frame = events.merge(articles[["contentId", "title"]].drop_duplicates("contentId"))
    strength = {"VIEW": 1.0, "LIKE": 2.0, "BOOKMARK": 3.0, "FOLLOW": 4.0, "COMMENT CREATED": 5.0}
    frame["eventStrength"] = frame["eventType"].apply(lambda name: strength[name])
    grouped = frame.groupby(["personId", "contentId", "title"], dropna=False)
    grouped = grouped["eventStrength"].sum().reset_index()
    grouped["person_id"] = grouped["personId"].astype("category").cat.codes
    content = grouped["contentId"].astype("category")
    grouped["content_id"] = content.cat.codes
    matrix = sparse.csr_matrix(
        (grouped["eventStrength"].astype(float), (grouped["person_id"], grouped["content_id"]))
    )
    model = implicit.als.AlternatingLeastSquares(
        factors=20, regularization=0.1, iterations=50, alpha=15, random_state=0, use_gpu=False
    )
    model.fit(matrix, show_progress=False)
    vectors = model.item_factors
    norms = np.sqrt((vectors * vectors).sum(axis=1))
    scores = vectors.dot(vectors[0]) / norms
    order = [content.cat.categories[i] for i in np.argsort(-scores) if i != 0]
    return [item for item in order if item not in removed][:10]


SIDES = {"kindred": kindred, "tutorial": tutorial}


def child(side: str, folder: Path) -> None:
    """Run one side in this process; print its answer and the peak memory in MB."""
    answer = SIDES[side](folder)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"answer": answer, "peak": peak}))


def measure(side: str, folder: Path) -> tuple[float, float, list[str]]:
    """Wall seconds, peak memory in MB and answer of one process."""
    command = [sys.executable, "-W", "ignore", "-m", "bench.pipeline", str(folder), "--side", side]
    started = time.perf_counter()
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds = time.perf_counter() - started
    result = json.loads(done.stdout.splitlines()[-1])
    return seconds, result["peak"], result["answer"]


def main() -> None:
    """Alternate both sides and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--side", choices=SIDES, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.side:
        child(options.side, options.folder)
        return
    runs: dict[str, list[tuple[float, float, list[str]]]] = {side: [] for side in SIDES}
    for _ in range(options.rounds):
        for side in SIDES:
            runs[side].append(measure(side, options.folder))
    print(f"{'':10}{'seconds':>10}{'peak MB':>10}   medians of {options.rounds} alternating runs")
    middle = {}
    for side, results in runs.items():
        middle[side] = [statistics.median(run[place] for run in results) for place in (0, 1)]
        print(f"{side:10}{middle[side][0]:10.2f}{middle[side][1]:10.0f}")
    ratios = [theirs / ours for theirs, ours in zip(*reversed(middle.values()), strict=True)]
    print(f"{'ratio':10}{ratios[0]:10.2f}{ratios[1]:10.2f}   tutorial / kindred")
    same = runs["kindred"][0][2] == runs["tutorial"][0][2]
    print(f"same neighbours: {'yes' if same else 'no'}")


if __name__ == "__main__":
    main()
