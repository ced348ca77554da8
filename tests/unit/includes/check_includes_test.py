#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""check_includes.py on small trees, each with one breach or none."""
import pathlib
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
import check_includes

SPDX = '// SPDX-License-Identifier: MIT\n'


def tree(files):
    """The breaches in a tree of these files; what they include must be there, too."""
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder).resolve()
        for name, text in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text)
        return list(check_includes.breaches(root))


def including(source, target, line=None):
    """Breaches of a tree in which source includes target, spelt as in line."""
    return tree({source: SPDX + (line or f'#include "{target.split("/")[-1]}"') + '\n', target: SPDX})


class CheckIncludes(unittest.TestCase):
    def allowed(self, *arguments):
        self.assertEqual(including(*arguments), [])

    def refused(self, source, target, line=None):
        found = including(source, target, line)
        self.assertEqual(len(found), 1, found)
        self.assertIn(source, found[0])
        self.assertIn(target, found[0])

    def test_everybody_may_include_the_abi(self):
        for source in ('kmod/partition/a.c', 'cokernel/monitor/a.cpp', 'cokernel/kernel/a.cpp', 'cokernel/hw/x86/a.h', 'proxy/run/a.cpp'):
            self.allowed(source, 'kmod/include/uapi/skellig/ring.h', '#include <skellig/ring.h>')

    def test_the_abi_includes_only_itself(self):
        self.allowed('kmod/include/uapi/skellig/a.h', 'kmod/include/uapi/skellig/ring.h')
        self.refused('kmod/include/uapi/skellig/a.h', 'kmod/partition/pool.h', '#include "../../../partition/pool.h"')

    def test_proxy_stays_out_of_the_cokernel(self):
        self.refused('proxy/run/a.cpp', 'cokernel/base/range.h', '#include <base/range.h>')
        self.refused('proxy/run/a.cpp', 'cokernel/base/range.h', '#include "../../cokernel/base/range.h"')

    def test_monitor_and_library_kernel_stay_apart(self):
        self.refused('cokernel/monitor/a.cpp', 'cokernel/kernel/cpu.hpp', '#include "../kernel/cpu.hpp"')
        self.refused('cokernel/kernel/a.cpp', 'cokernel/monitor/cpu.h', '#include "../monitor/cpu.h"')
        self.allowed('cokernel/monitor/a.cpp', 'cokernel/hw/x86/apic.h', '#include "../hw/x86/apic.h"')
        self.allowed('cokernel/kernel/b/a.cpp', 'cokernel/kernel/cpu.hpp', '#include "cpu.hpp"')

    def test_what_both_rest_on_includes_neither(self):
        self.refused('cokernel/hw/x86/a.h', 'cokernel/monitor/cpu.h', '#include "monitor/cpu.h"')
        self.refused('cokernel/base/a.h', 'cokernel/kernel/cpu.hpp', '#include "../kernel/cpu.hpp"')

    def test_libos_sees_the_kernel_api_only(self):
        self.allowed('libos/newlib/a.cpp', 'cokernel/kernel/api/kernel/clock.h', '#include "../../cokernel/kernel/api/kernel/clock.h"')
        self.refused('libos/newlib/a.cpp', 'cokernel/kernel/cpu.hpp', '#include <cpu.hpp>')
        self.refused('libos/newlib/a.cpp', 'kmod/include/uapi/skellig/ring.h', '#include <skellig/ring.h>')
        self.refused('libos/newlib/a.cpp', 'proxy/base/parse.hpp', '#include <base/parse.hpp>')

    def test_a_folder_whose_name_only_begins_alike_is_another(self):
        self.refused('proxy/run/a.cpp', 'proxyish/a.h', '#include "../../proxyish/a.h"')

    def test_system_headers_and_tests_are_free(self):
        self.assertEqual(tree({'proxy/run/a.cpp': SPDX + '#include <vector>\n#include "generated.h"\n'}), [])
        self.allowed('tests/unit/hw/a_test.cpp', 'cokernel/hw/x86/apic.h', '#include "hw/x86/apic.h"')

    def test_spacing_does_not_hide_an_include(self):
        self.refused('proxy/run/a.cpp', 'cokernel/base/range.h', '  #  include   "../../cokernel/base/range.h"')

    def test_every_source_says_its_licence(self):
        for name in ('kmod/partition/a.c', 'tests/unit/a.cpp', 'cokernel/monitor/a.S', 'scripts/a.h'):
            found = tree({name: 'int a;\n'})
            self.assertEqual(len(found), 1, name)
            self.assertIn('SPDX', found[0])

    def test_a_licence_far_down_does_not_count(self):
        self.assertEqual(len(tree({'proxy/a.cpp': '\n' * 500 + SPDX})), 1)

    def test_generated_files_are_left_out(self):
        self.assertEqual(tree({'kmod/skellig.mod.c': 'int a;\n', 'tests/app/build/a.c': 'int a;\n', 'scripts/a.py': ''}), [])


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1])
