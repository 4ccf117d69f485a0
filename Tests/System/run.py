"""Runs the tests on a booted systemd: the Debian package, installed, used, upgraded and taken away.

  python run.py [WORD]...       all tests, or those whose names hold one of the words; they build on each other

COLLECTOR_PACKAGE names the Debian package. The last line says `N passed, N failed`.
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


def main():
    reason = machine.reason_against()
    if reason:
        print(f"skipped, no machine can be booted here: {reason}\n0 passed, 0 failed")
        return 0
    runner.HERE = HERE
    return runner.main()


if __name__ == "__main__":
    sys.exit(main())
