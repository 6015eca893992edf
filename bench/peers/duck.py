"""duck.py FILE.sql: runs the statements in the current folder and prints the last answer."""
import sys

import duckdb

with open(sys.argv[1], encoding="utf-8") as file:
    print(duckdb.connect().execute(file.read()).fetchone()[0])
