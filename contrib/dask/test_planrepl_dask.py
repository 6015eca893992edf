#!/usr/bin/env python3
"""The adapter on a cluster of three workers of this machine, one of which is killed while it draws."""
import contextlib
import io
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

import planrepl_dask
from dask.distributed import Client, LocalCluster, wait

PROGRAM = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "planrepl")
SHARDS = 24
PLAN = """daerah "K" jenis kota periode 2025..2029
parameter biaya ~ segitiga(Rp 0,8 jt; 1 jt; 1,5 jt)
parameter inflasi ~ normal(3%; 1%)
korelasi biaya dengan inflasi = 0,6
indikator x "Cakupan" {
  satuan persen
  arah naik
  awal 2024 = 50%
  target 2025..2029 = 60%; 62%; 64%; 66%; 70%
}
muat "uang.plan"
simulasi DRAWS tampilkan x; inflasi; peluang(x[2027] > 63%)
"""
MONEY = """dinas a "A" { program p "P" { kegiatan k "K" {
  pagu apbd 2025..2029 = Rp 2 M; 2 M; 2 M; 2 M; 2 M
  mendorong x jenuh { biaya satuan biaya
    sasaran_penerima 4000 orang
    paling tinggi 80% }
} } }
"""


def main():
    with tempfile.TemporaryDirectory() as folder:
        script = pathlib.Path(folder, "rencana.plan")
        pathlib.Path(folder, "uang.plan").write_text(MONEY)
        # As many draws as take some seconds, so that there is something to interrupt.
        draws = 200_000
        while True:
            script.write_text(PLAN.replace("DRAWS", str(draws)))
            start = time.monotonic()
            whole = subprocess.run([PROGRAM, "run", script], capture_output=True, check=True).stdout
            if time.monotonic() - start > 4 or draws > 10**8:
                break
            draws *= 4
        with LocalCluster(n_workers=3, threads_per_worker=1, processes=True, dashboard_address=None) as cluster, Client(cluster) as client:
            futures = planrepl_dask.submit(client, script, SHARDS, ["uang.plan"], PROGRAM)
            wait(futures[0])
            processes = client.run(os.getpid)
            busy = {address for address, keys in client.processing().items() if keys}
            assert busy, "nothing was being drawn any more when the worker was to be killed"
            victim = sorted(busy)[0]
            os.kill(processes[victim], signal.SIGKILL)
            assert sum(future.done() for future in futures) < SHARDS, "all was drawn before the worker was killed"
            parts = client.gather(futures)
            left = client.run(os.getpid)
            assert processes[victim] not in left.values(), "the killed worker still answers"
        assert len(parts) == SHARDS
        joined, status = planrepl_dask.merge(script, parts, PROGRAM)
        assert status == 0, status
        assert joined == whole, joined.decode() + "\n--- one run:\n" + whole.decode()
        # A part that is missing is refused, not made up for.
        with contextlib.redirect_stderr(io.StringIO()) as said:
            assert planrepl_dask.merge(script, parts[1:], PROGRAM)[1] == 2
        assert "P0720" in said.getvalue()
    print(f"{SHARDS} shards of {draws} draws on 3 workers, one killed: the bytes of one run")


if __name__ == "__main__":
    main()
