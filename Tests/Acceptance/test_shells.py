"""Manual pages as formatters read them, and completion in a real interactive zsh (bash and fish are tested in CtlTests)."""
import os
import pty
import select
import shutil
import subprocess
import tempfile
import time
import unittest

PROGRAMS = os.environ["COLLECTOR_PROGRAMS"]
CTL = os.path.join(PROGRAMS, "collectorctl")
DAEMON = os.path.join(PROGRAMS, "inventory-collectord")
PAGES = {
    "collectorctl.1": [CTL, "manual"],
    "inventory-collector.varlink.7": [CTL, "manual"],
    "inventory-collectord.8": [DAEMON, "--manual"],
    "collectord.conf.5": [DAEMON, "--manual"],
}


class Manual(unittest.TestCase):
    @unittest.skipUnless(shutil.which("mandoc"), "mandoc is not installed")
    def test_lint(self):
        """The manual pages have no warnings and say what they are"""
        for page, command in PAGES.items():
            with self.subTest(page):
                source = subprocess.run([*command, page], check=True, capture_output=True).stdout
                lint = subprocess.run(["mandoc", "-T", "lint", "-W", "warning"], input=source, capture_output=True)
                self.assertEqual((lint.returncode, lint.stdout.decode()), (0, ""))
                shown = subprocess.run(["mandoc", "-T", "ascii"], input=source, capture_output=True, check=True).stdout
                name, section = page.rsplit(".", 1)
                self.assertTrue(shown.decode().startswith(f"{name.upper()}({section})"))


@unittest.skipUnless(shutil.which("zsh"), "zsh is not installed")
class Zsh(unittest.TestCase):
    def complete(self, line):
        """What zsh makes of a line and a press of the Tab key."""
        with tempfile.TemporaryDirectory() as home:
            with open(os.path.join(home, "_collectorctl"), "wb") as script:
                subprocess.run([CTL, "completion", "zsh"], stdout=script, check=True)
            with open(os.path.join(home, ".zshrc"), "w") as startup:
                startup.write(
                    "fpath=($HOME $fpath); autoload -Uz compinit; compinit -u; PS1='ready> '; "
                    "unsetopt beep; setopt no_list_beep; zstyle ':completion:*' menu no\n"
                )
            leader, follower = pty.openpty()
            environment = {"HOME": home, "PATH": f"{PROGRAMS}:/usr/bin:/bin", "TERM": "dumb", "ZDOTDIR": home}
            process = subprocess.Popen(
                ["zsh", "-i"], stdin=follower, stdout=follower, stderr=follower, env=environment,
                start_new_session=True,
            )
            os.close(follower)
            try:
                self.until(leader, "ready> ")
                os.write(leader, line.encode() + b"\t")
                # The marker comes after what the Tab key did.
                os.write(leader, b" :end")
                return self.until(leader, ":end")
            finally:
                process.kill()
                process.wait()
                os.close(leader)

    def until(self, terminal, mark, limit=20):
        text, end = "", time.monotonic() + limit
        while mark not in text:
            ready, _, _ = select.select([terminal], [], [], max(0, end - time.monotonic()))
            self.assertTrue(ready, f"zsh wrote only {text!r}")
            text += os.read(terminal, 65536).decode(errors="replace")
        return text

    def test_zsh(self):
        """zsh completes verbs, options and choices"""
        for line, found in [
            ("collectorctl refr", "refresh"),
            ("collectorctl list --fil", "--filter"),
            ("collectorctl completion fi", "fish"),
            ("collectorctl schedule ne", "next"),
        ]:
            with self.subTest(line):
                self.assertIn(found, self.complete(line))
