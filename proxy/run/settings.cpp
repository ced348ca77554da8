// SPDX-License-Identifier: MIT
// Each variable is checked before anything is taken.
#include "run/settings.hpp"

#include "base/failure.hpp"
#include "base/parse.hpp"

#include <skellig/abi.h>

#include <fmt/format.h>

namespace skl {
namespace {

[[noreturn]] void refuse(const char* name, const std::string& text, const std::string& hint)
{
    throw Failure(exit_launcher_failed, fmt::format("{}: '{}' is not understood", name, text), hint);
}

void read_isle(Settings& settings, const std::optional<std::string>& text)
{
    constexpr std::uint64_t highest_node = 1023;
    if (!text || text->empty())
        return;
    if (*text == "qemu") {
        settings.engine = Engine::qemu;
        return;
    }
    auto node = parse_number(*text);
    if (!node || *node > highest_node)
        refuse("HERMIT_ISLE", *text, "use 'qemu', the number of a NUMA node, or unset it");
    settings.engine = Engine::metal;
    settings.request.node = static_cast<std::uint32_t>(*node);
}

// A plain number is a count; a list has a comma or a dash.
void read_cpus(Settings& settings, const std::optional<std::string>& text)
{
    constexpr const char* hint = "use a count ('4') or a list of CPU numbers ('2-5', '2,3')";
    if (!text || text->empty())
        return;
    if (text->find_first_of(",-") != std::string::npos) {
        auto list = parse_cpu_list(*text);
        if (!list)
            refuse("HERMIT_CPUS", *text, hint);
        settings.request.cpu_list = *list;
        settings.request.cpu_count = static_cast<unsigned>(list->size());
    } else {
        auto count = parse_number(*text);
        if (!count || *count == 0 || *count > SKL_MAX_CPUS)
            refuse("HERMIT_CPUS", *text, hint);
        settings.request.cpu_count = static_cast<unsigned>(*count);
    }
}

void read_memory(Settings& settings, const std::optional<std::string>& text)
{
    constexpr std::uint64_t least = SKL_EXTENT_ALIGN;
    constexpr std::uint64_t most = 1ULL << 43; // what the own window holds
    if (!text || text->empty())
        return;
    auto size = parse_size(*text);
    if (!size || *size < least || *size > most)
        refuse("HERMIT_MEM", *text, "use a size of at least 2M, such as 512M or 4G");
    settings.request.memory = *size;
}

bool is_set(const std::optional<std::string>& text)
{
    return text && !text->empty() && *text != "0";
}

void read_qemu(Settings& settings, const Variables& variable)
{
    QemuSettings& qemu = settings.qemu;
    if (auto program = variable("HERMIT_QEMU"); is_set(program))
        qemu.program = *program;
    if (auto machine = variable("HERMIT_MACHINE"); is_set(machine)) {
        if (*machine != "microvm" && *machine != "q35")
            refuse("HERMIT_MACHINE", *machine, "use 'microvm' or 'q35'");
        qemu.machine = *machine;
    }
    if (auto kvm = variable("HERMIT_KVM")) {
        qemu.kvm = *kvm != "0";
        qemu.kvm_only = *kvm == "1";
    }
    qemu.debug = is_set(variable("HERMIT_DEBUG"));
    if (auto port = variable("HERMIT_GDB_PORT"); port && !port->empty()) {
        auto number = parse_number(*port);
        if (!number || *number > 65535)
            refuse("HERMIT_GDB_PORT", *port, "use a TCP port number, or 0 for any that is free");
        qemu.debug_port = static_cast<unsigned>(*number);
    }
    qemu.extra = variable("HERMIT_QEMU_OPTIONS").value_or("");
}

}

Settings settings_from(const Variables& variable)
{
    Settings settings;
    read_isle(settings, variable("HERMIT_ISLE"));
    read_cpus(settings, variable("HERMIT_CPUS"));
    read_memory(settings, variable("HERMIT_MEM"));
    read_qemu(settings, variable);
    auto verbose = variable("HERMIT_VERBOSE");
    settings.verbose = settings.request.verbose = is_set(verbose);
    settings.trace = verbose == "trace";
    return settings;
}

}
