import importlib.util
import os
import subprocess
import sys
import unittest

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "../.."))
# What `make catalogue` installs for the generator.
ENVIRONMENT = os.path.join(ROOT, ".build/catalogue-venv/bin/python")


def interpreter():
    """A Python that has the generator's packages; None where there is none."""
    if all(importlib.util.find_spec(name) for name in ("policy_sentry", "cfnlint", "aws_list_all")):
        return sys.executable
    return ENVIRONMENT if os.path.exists(ENVIRONMENT) else None


class Generator(unittest.TestCase):
    @unittest.skipUnless(interpreter(), "the generator's packages are not installed; `make catalogue` does that")
    def test_catalogue_is_as_generated(self):
        """The checked-in catalogue is, byte for byte, what the generator makes of its pinned packages."""
        done = subprocess.run([interpreter(), "-m", "generator", "--check"], cwd=os.path.join(ROOT, "Sources/CCatalogue"),
                              capture_output=True, text=True, timeout=300)
        self.assertEqual(done.returncode, 0, done.stderr[-2000:])
