// SPDX-License-Identifier: MIT
// Bits of control registers and numbers of model-specific registers. [sdm/3a] 2.5, [sdm/4]
#pragma once

#include <cstdint>

namespace skl::x86 {

namespace cr0 {
constexpr std::uint64_t protection = 1 << 0, monitor_fpu = 1 << 1, extension = 1 << 4, numeric_error = 1 << 5,
                        write_protect = 1 << 16, paging = 1ULL << 31;
}

namespace cr4 {
constexpr std::uint64_t pae = 1 << 5, machine_check = 1 << 6, fxsave = 1 << 9, simd_exceptions = 1 << 10, umip = 1 << 11,
                        fsgsbase = 1 << 16, xsave = 1 << 18, smep = 1 << 20, smap = 1 << 21;
}

namespace efer {
constexpr std::uint64_t long_mode = 1 << 8, long_mode_active = 1 << 10, no_execute = 1 << 11;
}

namespace rflags {
constexpr std::uint64_t reserved = 1 << 1, interrupts = 1 << 9;
}

namespace msr {
constexpr std::uint32_t apic_base = 0x1b, spec_ctrl = 0x48, pred_cmd = 0x49, arch_capabilities = 0x10a, flush_cmd = 0x10b,
                        sysenter_cs = 0x174, sysenter_esp = 0x175, sysenter_eip = 0x176, mcg_status = 0x17a, xfd = 0x1c4,
                        tsc_deadline = 0x6e0, x2apic = 0x800, efer = 0xc0000080, star = 0xc0000081, lstar = 0xc0000082,
                        cstar = 0xc0000083, sfmask = 0xc0000084, fs_base = 0xc0000100, gs_base = 0xc0000101,
                        kernel_gs_base = 0xc0000102;
constexpr std::uint64_t apic_base_x2 = 1 << 10, apic_base_enable = 1 << 11;
constexpr std::uint64_t mcg_in_progress = 1 << 2, mcg_restart_ip_valid = 1 << 0;
}

} // namespace skl::x86
