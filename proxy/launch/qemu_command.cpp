// SPDX-License-Identifier: MIT
// No network, no display, no reboot, no files of the user: one machine with RAM, CPUs and a serial port.
#include "launch/qemu_command.hpp"

#include <fmt/format.h>

#include <sstream>

namespace skl {
namespace {

std::string memory_backend(const QemuSettings& settings, std::uint64_t ram_size, int descriptor)
{
    // Under KVM a first touch that faults in the host as well costs milliseconds; TCG does not gain from touching early. Aligned, it can be
    // in huge pages where shmem_enabled allows them.
    return fmt::format("memory-backend-file,id=ram,size={},mem-path=/proc/self/fd/{},share=on,align=2M,prealloc={}", ram_size, descriptor,
                       settings.kvm ? "on" : "off");
}

std::vector<std::string> words(const std::string& text)
{
    std::istringstream stream(text);
    std::vector<std::string> result;
    for (std::string word; stream >> word;)
        result.push_back(word);
    return result;
}

}

std::uint64_t low_memory_limit(const std::string& machine)
{
    return machine == "microvm" ? 0xc0000000 : 0x80000000;
}

std::vector<std::string> qemu_command(const QemuSettings& settings, std::uint32_t cpus, std::uint64_t ram_size,
                                      const QemuDescriptors& descriptors)
{
    std::vector<std::string> command = {
        settings.program, "-nodefaults", "-no-user-config", "-no-reboot", "-display", "none", "-monitor", "none", "-net", "none",
        "-object", memory_backend(settings, ram_size, descriptors.memory),
        "-M", fmt::format("{},memory-backend=ram", settings.machine),
        "-m", fmt::format("{}B", ram_size),
        "-smp", fmt::format("{}", cpus),
        "-chardev", fmt::format("socket,id=doorbell,fd={}", descriptors.doorbell),
        "-serial", "chardev:doorbell",
        "-kernel", settings.monitor,
    };
    // -arch-capabilities: some hosts refuse to set that MSR and the machine would not start. -smap: the machine is the fence, and a KVM on
    // an emulated processor has that processor's flaw with it (docs/decisions/0020).
    for (const char* word : settings.kvm ? std::vector<const char*>{"-accel", "kvm", "-cpu", "host,-arch-capabilities,-smap"}
                                         : std::vector<const char*>{"-accel", "tcg,thread=multi", "-cpu", "max"})
        command.push_back(word);
    if (descriptors.debugger >= 0)
        for (const std::string& word : {std::string("-S"), std::string("-chardev"), fmt::format("socket,id=debugger,fd={}", descriptors.debugger),
                                        std::string("-gdb"), std::string("chardev:debugger")})
            command.push_back(word);
    for (std::string& word : words(settings.extra))
        command.push_back(std::move(word));
    return command;
}

}
