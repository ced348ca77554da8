// SPDX-License-Identifier: MIT
// Telling the host that there is something to look at, and hearing from it: an interrupt on metal, a serial port in QEMU.
#pragma once

#include "cpu.h"

namespace skl {

void doorbell_ring(Cpu& cpu);
// The launch was refused: the module reads the mailbox's answer, a machine has nobody else to tell.
void doorbell_refuse(const skl_launch& launch);
// QEMU: the serial port has interrupted CPU 0. SKL_EVENT_HOST for all.
void doorbell_receive(Cpu& cpu);
void doorbell_set_up_serial(std::uint32_t apic_id);

} // namespace skl
