#!/usr/bin/env python3
"""Draws a plan's simulations on a Dask cluster: one task a shard, joined to the bytes of a single run.

    python planrepl_dask.py rencana.plan --shards 64 --scheduler tcp://kepala:8786

A draw is a pure function of seed, assumption and number, so it does not matter which worker draws a shard, how often
it is tried, or whether a worker dies meanwhile. Workers need the program `planrepl`; the script goes with the task.
"""
import argparse
import pathlib
import subprocess
import sys
import tempfile


def draw(files, script, number, count, program="planrepl", threads=1):
    """One shard, on a worker: the part that `planrepl merge` joins, as bytes."""
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files.items():
            path = pathlib.Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        command = [program, "run", script, "--shard", f"{number}/{count}", "--threads", str(threads)]
        made = subprocess.run(command, cwd=folder, capture_output=True)
    # 1 says that a rule is broken, which is an answer too.
    if made.returncode > 1:
        raise RuntimeError(made.stderr.decode(errors="replace"))
    return made.stdout


def submit(client, script, shards, others=(), program="planrepl", threads=1):
    """The futures of all shards; `others` are files that the script loads, below its folder."""
    script = pathlib.Path(script)
    names = [script.name, *others]
    files = client.scatter({name: (script.parent / name).read_bytes() for name in names}, broadcast=True, hash=False)
    return [
        client.submit(draw, files, script.name, number, shards, program, threads, pure=False, retries=3)
        for number in range(1, shards + 1)
    ]


def merge(script, parts, program="planrepl", options=()):
    """The answer of all shards: what one run of the script would have written, and its exit status."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, part in enumerate(parts, 1):
            paths.append(pathlib.Path(folder, f"bagian.{number}"))
            paths[-1].write_bytes(part)
        made = subprocess.run([program, "merge", script, *paths, *options], capture_output=True)
    sys.stderr.write(made.stderr.decode(errors="replace"))
    return made.stdout, made.returncode


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("script")
    parser.add_argument("--shards", type=int, default=16)
    parser.add_argument("--scheduler", help="address of a running Dask scheduler; without it a cluster on this machine")
    parser.add_argument("--program", default="planrepl", help="where planrepl is, on the workers and here")
    parser.add_argument("--threads", type=int, default=1, help="threads of each shard")
    parser.add_argument("--with", dest="others", action="append", default=[], metavar="FILE", help="a file the script loads")
    given = parser.parse_args()
    from dask.distributed import Client

    with Client(given.scheduler) if given.scheduler else Client(threads_per_worker=1) as client:
        futures = submit(client, given.script, given.shards, given.others, given.program, given.threads)
        parts = client.gather(futures)
    answer, status = merge(given.script, parts, given.program)
    sys.stdout.buffer.write(answer)
    return status


if __name__ == "__main__":
    sys.exit(main())
