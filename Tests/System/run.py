"""Tests the Debian package: what it holds, and its life on a booted systemd.

  python run.py [WORD]...       all tests, or those whose names hold one of the words

COLLECTOR_PACKAGE names the package. The tests of its life build on each other. The last line says `N passed, N failed`.
"""
import importlib.util
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
TESTS = os.path.dirname(HERE)
sys.path[:0] = [HERE, os.path.join(TESTS, "Support")]

import machine

# The same runner as the acceptance tests', over this folder.
specification = importlib.util.spec_from_file_location("acceptance_run", os.path.join(TESTS, "Acceptance", "run.py"))
runner = importlib.util.module_from_spec(specification)
specification.loader.exec_module(runner)

if __name__ == "__main__":
    reason = machine.reason_against()
    if reason:
        print(f"skipped everything on a booted system: {reason}")
    runner.HERE = HERE
    sys.exit(runner.main())
