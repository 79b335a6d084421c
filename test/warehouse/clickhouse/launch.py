"""Runs the ClickHouse that is in a library: launch.py <libchdb.so> <arguments of clickhouse-local>.

The library's own interface refuses to listen on ports; its command line does not. The server ends with its parent,
however that ends.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
parent = os.getppid()
ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
if os.getppid() != parent:
    sys.exit(1)


class Result(ctypes.Structure):
    _fields_ = [
        ("text", ctypes.c_char_p),
        ("length", ctypes.c_size_t),
        ("vector", ctypes.c_void_p),
        ("elapsed", ctypes.c_double),
        ("rows", ctypes.c_uint64),
        ("bytes", ctypes.c_uint64),
        ("error", ctypes.c_char_p),
    ]


library = ctypes.CDLL(sys.argv[1])
run = library.query_stable_v2
run.restype = ctypes.POINTER(Result)
arguments = [argument.encode() for argument in ["clickhouse", *sys.argv[2:]]]
result = run(len(arguments), (ctypes.c_char_p * (len(arguments) + 1))(*arguments, None))
if not result or result.contents.error:
    print(result.contents.error.decode() if result else "no answer", file=sys.stderr)
    sys.exit(1)
