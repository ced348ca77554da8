# SPDX-License-Identifier: MIT
"""Programs that are run on the broken tree: behind whatever else the machine does, both outputs in one."""
import subprocess


def run(command, **options):
    return subprocess.run(['nice', *map(str, command)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          errors='replace', **options)
