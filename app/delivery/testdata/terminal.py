"""Runs a command at a terminal, types the lines of standard input, each when a
question is put, and writes what the terminal shows."""

import os
import pty
import sys

lines = sys.stdin.read().splitlines()
child, terminal = pty.fork()
if child == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
shown = b""
answered = 0
while True:
    try:
        more = os.read(terminal, 4096)
    except OSError:  # the terminal is gone with its last user
        break
    if not more:
        break
    shown += more
    if lines and shown[answered:].endswith(b": "):
        answered = len(shown)
        os.write(terminal, lines.pop(0).encode() + b"\n")
sys.stdout.buffer.write(shown)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
