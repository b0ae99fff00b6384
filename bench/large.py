"""A large interactions file read, checked and made a matrix: Kindred against the tutorial's way.

    python -m bench.large [--rows 10000000] [--rounds 3] [--folder FOLDER] [--stages]

Writes a file of that many rows in the Deskdrop schema, user agents and all (about 175 bytes a row,
some bad rows of each kind among them), and its articles file into FOLDER (default: a folder of the
system's temporary ones), once. Both sides run in processes of their own, in turn; wall time
includes the start of Python and the imports. Prints medians, the part of it that our reading takes,
and ratios.

With --stages, Kindred alone: reading without and with progress, copying the files into a store,
and opening them from it again by reading and from the tables kept beside them. Prints medians of
seconds, of processor seconds and of peak memory, imports included, and the longest time that passed
between two signs of progress, which is how long a stop may go unheard.
"""

import argparse
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

FILES = "shared_articles.csv", "users_interactions.csv"
STRENGTHS = {"VIEW": 1.0, "LIKE": 2.0, "BOOKMARK": 3.0, "FOLLOW": 4.0, "COMMENT CREATED": 5.0}
STEP = 500_000


def generate(folder: Path, rows: int) -> None:
    """Write both files, the same bytes every time: a fiftieth as many people, a 200th articles."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    draw = np.random.RandomState(1)
    folder.mkdir(parents=True, exist_ok=True)

    def ids(count: int) -> pa.Array:
        return pa.array(draw.randint(-(2**63), 2**63 - 1, count, dtype=np.int64)).cast("string")

    def tail(values: pa.Array, count: int) -> pa.Array:  # a few take most, most take few
        return values.take(pa.array((len(values) * draw.random_sample(count) ** 3).astype(int)))

    def one_of(values: list[str], chances: list[float], count: int) -> pa.Array:
        return pa.array(values).take(pa.array(draw.choice(len(values), count, p=chances)))

    def write(file, columns: list[pa.Array]) -> None:
        file.write("\n".join(pc.binary_join_element_wise(*columns, ",").to_pylist()).encode())
        file.write(b"\n")

    users, items = ids(max(rows // 50, 100)), ids(max(rows // 200, 100))
    n = len(items)
    with open(folder / FILES[0], "wb") as file:
        file.write(b"timestamp,eventType,contentId,contentType,url,title,lang\n")
        number = pa.array(range(n)).cast("string")
        when = pa.array(draw.randint(1_457_000_000, 1_480_000_000, n)).cast("string")
        url = pc.binary_join_element_wise("https://example.org", number, "/")
        title = pc.binary_join_element_wise("Article number", number, " ")
        same = [pa.array([text] * n) for text in ("CONTENT SHARED", "HTML", "en")]
        write(file, [when, same[0], items, same[1], url, title, same[2]])
    agent = '"Mozilla/5.0 ({}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{}.0.2661.102 Safari"'
    systems = "Windows NT 6.1; WOW64", "Windows NT 10.0; WOW64", "Macintosh; Intel Mac OS X 10_11_2"
    agents = [""] + [agent.format(system, n) for system in systems for n in range(45, 60)]
    places = [",", "SP,BR", "MG,BR", "NY,US", "RJ,BR"]
    strange = ids(7)
    with open(folder / FILES[1], "wb") as file:
        file.write(b"timestamp,eventType,contentId,personId,")
        file.write(b"sessionId,userAgent,userRegion,userCountry\n")
        for start in range(0, rows, STEP):
            k = min(STEP, rows - start) - 5
            columns = [
                pa.array(draw.randint(1_457_000_000, 1_488_000_000, k)).cast("string"),
                one_of(list(STRENGTHS), [0.85, 0.08, 0.03, 0.02, 0.02], k),
                tail(items, k),
                tail(users, k),
                ids(k),
                one_of(agents, [0.2] + [0.8 / (len(agents) - 1)] * (len(agents) - 1), k),
                one_of(places, [0.2] * 5, k),
            ]
            write(file, columns)
            file.write(
                f"1465413032,VIEW,,{users[0]},1,,,\n1465413032,VIEW,{items[0]},,1,,,\n".encode()
            )
            file.write(f"1465413032,,{items[0]},{users[0]},1,,,\n1465413032,VIEW,1\n".encode())
            file.write(f"1465413032,VIEW,{strange[start % 7]},{users[0]},1,,,\n".encode())


def kindred(folder: Path) -> dict[str, float]:
    """Our way: rows left out are counted, with examples, and the tables have a fingerprint."""
    from recsys.dataset import read_tables
    from recsys.formats import Source
    from recsys.strengths import EventWeights, build_interactions

    started = time.perf_counter()
    tables = read_tables(*(Source.open(folder / name) for name in FILES))
    seconds = time.perf_counter() - started
    made = build_interactions(tables, EventWeights.default())
    return {"total": made.user_items.sum(), "pairs": made.user_items.nnz, "read": seconds}


def tutorial(folder: Path) -> dict[str, float]:
    """The tutorial's script, transcribed; ids read as text, or they would lose digits."""
    import pandas as pd
    import scipy.sparse as sparse

    ids = {"contentId": str, "personId": str}
    articles = pd.read_csv(folder / FILES[0], dtype=ids)
    started = time.perf_counter()
    events = pd.read_csv(folder / FILES[1], dtype=ids, on_bad_lines="skip")
    seconds = time.perf_counter() - started
    articles = articles[articles["eventType"] == "CONTENT SHARED"].drop(columns=["eventType"])
    events = events.drop(columns=["userAgent", "userRegion", "userCountry"])
    events = events.dropna(subset=["eventType", "contentId", "personId"])
    frame = events.merge(articles[["contentId", "title"]], on="contentId")
    frame["eventStrength"] = frame["eventType"].apply(lambda name: STRENGTHS[name])
    grouped = frame.groupby(["personId", "contentId", "title"])["eventStrength"].sum().reset_index()
    matrix = sparse.csr_matrix(
        (
            grouped["eventStrength"].astype(float),
            (
                grouped["personId"].astype("category").cat.codes,
                grouped["contentId"].astype("category").cat.codes,
            ),
        )
    )
    return {"total": matrix.sum(), "pairs": matrix.nnz, "read": seconds}


SIDES = {"kindred": kindred, "tutorial": tutorial}
STAGES = ("reading", "reading, told", "keeping", "opening, files", "opening, tables")


def stage(name: str, folder: Path) -> dict[str, float]:
    """One stage of Kindred's; keeping comes before opening."""
    from recsys.dataset import Files
    from recsys.formats import Source
    from recsys.storage import DataStore

    store, key = DataStore(folder=folder / "store"), "0" * 32
    files = Files.of(*(Source.open(folder / name) for name in FILES))
    if name == "keeping":
        tables = files.read()
        key = tables.fingerprint
    elif name.startswith("opening"):
        [key] = [kept.fingerprint for kept in store.names()]
    times = [time.perf_counter()]
    before = time.process_time()

    def hear(done: int, total: int) -> None:
        times.append(time.perf_counter())

    if name == "keeping":
        store.keep("bench", key, files, hear)
        store.put_tables(key, tables, hear)
    elif name == "opening, files":
        store.files(key).read(hear)
    elif name == "opening, tables":
        assert store.tables(key, hear) is not None
    else:
        files.read(hear if name == "reading, told" else None)
    times.append(time.perf_counter())
    longest = max(b - a for a, b in zip(times, times[1:], strict=False))
    spent = time.process_time() - before
    return {"seconds": times[-1] - times[0], "processor": spent, "longest": longest}


def print_stages(folder: Path, rounds: int) -> None:
    """Run all stages in turn and print a row each."""
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in STAGES}
    for number in range(rounds):
        shutil.rmtree(folder / "store", ignore_errors=True)
        either = STAGES[:2] if number % 2 else STAGES[1::-1]
        for name in (*either, *STAGES[2:]):
            runs[name].append(measure(name, folder))
    shutil.rmtree(folder / "store", ignore_errors=True)
    columns = ("seconds", "processor", "longest", "peak")
    print(f"{'':18}" + "".join(f"{name:>11}" for name in columns))
    for name, found in runs.items():
        middle = [statistics.median(run[column] for run in found) for column in columns]
        print(f"{name:18}{middle[0]:11.2f}{middle[1]:11.2f}{middle[2]:11.2f}{middle[3]:11.0f}")
    told = [
        b["processor"] / a["processor"] for a, b in zip(*map(runs.get, STAGES[:2]), strict=True)
    ]
    print(f"processor seconds told / not told, by round: {', '.join(f'{r:.2f}' for r in told)}")


def measure(side: str, folder: Path) -> dict[str, float]:
    """Run one side in a process of its own: wall seconds, peak memory in MB, and its answer."""
    command = [sys.executable, "-W", "ignore", "-m", "bench.large", "--side", side]
    started = time.perf_counter()
    done = subprocess.run(
        [*command, "--folder", str(folder)], check=True, capture_output=True, text=True
    )
    return {"seconds": time.perf_counter() - started} | json.loads(done.stdout)


def main() -> None:
    """Alternate both sides and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--stages", action="store_true")
    parser.add_argument("--side", choices=[*SIDES, *STAGES], help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.side:
        side = SIDES.get(options.side) or partial(stage, options.side)
        answer = side(options.folder)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({name: float(value) for name, value in answer.items()} | {"peak": peak}))
        return
    folder = options.folder or Path(tempfile.gettempdir()) / f"kindred-bench-{options.rows}"
    if not (folder / FILES[1]).is_file():
        generate(folder, options.rows)
    if options.stages:
        print_stages(folder, options.rounds)
        return
    runs: dict[str, list[dict[str, float]]] = {side: [] for side in SIDES}
    for _ in range(options.rounds):
        for side in SIDES:
            runs[side].append(measure(side, folder))
    size = (folder / FILES[1]).stat().st_size / 2**20
    print(f"{options.rows:,} rows, {size:,.0f} MB; medians of {options.rounds} alternating runs")
    print(f"{'':10}{'seconds':>10}{'reading':>10}{'peak MB':>10}")
    names = ("seconds", "read", "peak")
    middle = {s: [statistics.median(run[n] for run in runs[s]) for n in names] for s in SIDES}
    for side, (seconds, read, peak) in middle.items():
        print(f"{side:10}{seconds:10.2f}{read:10.2f}{peak:10.0f}")
    ratios = [t / k for t, k in zip(middle["tutorial"], middle["kindred"], strict=True)]
    print(f"{'ratio':10}{ratios[0]:10.2f}{ratios[1]:10.2f}{ratios[2]:10.2f}   tutorial / kindred")
    same = [runs[side][0][name] for name in ("total", "pairs") for side in SIDES]
    print(f"same matrix: {'yes' if same[0] == same[1] and same[2] == same[3] else 'no'}")


if __name__ == "__main__":
    main()
