import os
import subprocess
import unittest

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "../.."))
# What `make catalogue` installs for the generator.
ENVIRONMENT = os.path.join(ROOT, ".build/catalogue-venv/bin/python")


class Generator(unittest.TestCase):
    @unittest.skipUnless(os.path.exists(ENVIRONMENT), "the generator's packages are not installed; `make catalogue` does that")
    def test_catalogue_is_as_generated(self):
        """The checked-in catalogue is, byte for byte, what the generator makes of its pinned packages."""
        done = subprocess.run([ENVIRONMENT, "-m", "generator", "--check"], cwd=os.path.join(ROOT, "Sources/CCatalogue"),
                              capture_output=True, text=True, timeout=300)
        self.assertEqual(done.returncode, 0, done.stderr[-2000:])
