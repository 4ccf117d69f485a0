"""Runs the acceptance tests: the built programs against the AWS emulator, boto3 as the truth.

  python run.py [WORD]...       all tests, or those whose names hold one of the words

COLLECTOR_PROGRAMS names the folder of the built programs. The last line says `N passed, N failed`.
"""
import faulthandler
import os
import signal
import sys
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(os.path.dirname(HERE), "Support")]
# boto3 tells times in the local zone, and the emulator makes new ones in it.
os.environ["TZ"] = "UTC"
time.tzset()

# A shell starts jobs in the background with Ctrl-C ignored, and the programs under test would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)

# The whole takes about five minutes; a test that hangs ends the run with every thread's place.
LIMIT_IN_SECONDS = 1200


class Report(unittest.TestResult):
    """One line for each test, the reasons of failures below."""

    def startTest(self, test):
        super().startTest(test)
        self.passed = getattr(self, "passed", 0)
        self.started = time.monotonic()

    def tell(self, mark, test, reason=""):
        took = time.monotonic() - getattr(self, "started", time.monotonic())
        name = (test.shortDescription() or str(test)).rstrip(".")
        print(f"{mark} {name} ({took:.1f} s)", flush=True)
        if reason:
            print("    " + reason.strip().replace("\n", "\n    "), flush=True)

    def addSuccess(self, test):
        self.passed += 1
        self.tell("passed", test)

    def addError(self, test, err):
        super().addError(test, err)
        self.tell("FAILED", test, self.errors[-1][1])

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.tell("FAILED", test, self.failures[-1][1])

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err:
            self.tell("FAILED", subtest, str(err[1])[:2000])


def chosen(suite, words):
    for each in suite:
        if isinstance(each, unittest.TestSuite):
            yield from chosen(each, words)
        elif not words or any(word in f"{each.id()} {each.shortDescription()}" for word in words):
            yield each


def main():
    faulthandler.dump_traceback_later(LIMIT_IN_SECONDS, exit=True)
    words = sys.argv[1:]
    loaded = unittest.defaultTestLoader.discover(HERE, pattern="test_*.py")
    report = Report()
    report.passed = 0
    suite = unittest.TestSuite(chosen(loaded, words))
    suite.run(report)
    failed = len(report.failures) + len(report.errors) + len(report.unexpectedSuccesses)
    print(f"{report.passed} passed, {failed} failed")
    return 1 if failed or not report.passed else 0


if __name__ == "__main__":
    sys.exit(main())
