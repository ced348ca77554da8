// SPDX-License-Identifier: MIT
// What the isle says instead of Linux is written into a file without a name, so that it can be read, mapped and copied like any other.
#include "files/own_files.hpp"

#include "call.hpp"

#include <fcntl.h>
#include <kernel/process.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

namespace libos {
namespace {

constexpr int linux_cloexec = 1, linux_read_only = 0; // MFD_CLOEXEC, O_RDONLY

bool write_all(int file, const char* text, size_t length)
{
    while (length > 0) {
        ssize_t done = write(file, text, length);
        if (done <= 0)
            return false;
        text += done;
        length -= static_cast<size_t>(done);
    }
    return true;
}

bool print(int file, const char* format, ...)
{
    char line[128];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    return length >= 0 && write_all(file, line, static_cast<size_t>(length));
}

// All CPUs of the enclave, as Linux writes sets of them.
bool write_cpu_list(int file)
{
    uint32_t last = skl_cpu_count() - 1;
    return last ? print(file, "0-%u\n", last) : print(file, "0\n");
}

enum class Value { cpu, count, zero };
struct Line {
    const char* name; // with its blanks
    Value value;
};
constexpr Line changed[] = {{"processor\t", Value::cpu},      {"core id\t", Value::cpu},    {"apicid\t", Value::cpu},
                            {"initial apicid\t", Value::cpu}, {"siblings\t", Value::count}, {"cpu cores\t", Value::count},
                            {"physical id\t", Value::zero}};

uint32_t number_for(Value value, uint32_t cpu)
{
    return value == Value::cpu ? cpu : value == Value::count ? skl_cpu_count() : 0;
}

bool write_line(int file, const char* line, size_t length, uint32_t cpu)
{
    for (const Line& one : changed) {
        size_t name = strlen(one.name);
        if (length > name && memcmp(line, one.name, name) == 0) {
            const char* colon = static_cast<const char*>(memchr(line, ':', length));
            return colon && write_all(file, line, static_cast<size_t>(colon - line)) && print(file, ": %u\n", number_for(one.value, cpu));
        }
    }
    return write_all(file, line, length);
}

// What Linux says of its first CPU holds for ours, but for numbers and counts.
bool write_cpu(int file, const char* block, uint32_t cpu)
{
    while (*block && *block != '\n') {
        const char* end = strchr(block, '\n');
        size_t length = end ? static_cast<size_t>(end - block) + 1 : strlen(block);
        if (!write_line(file, block, length, cpu))
            return false;
        block += length;
    }
    return write_all(file, "\n", 1);
}

bool write_cpuinfo(int file)
{
    constexpr size_t room = 8192;
    auto* block = static_cast<char*>(malloc(room));
    int linux_file = call_int(LinuxCall::openat, linux_at_descriptor(AT_FDCWD), "/proc/cpuinfo", linux_read_only, 0);
    ssize_t length = block && linux_file >= 0 ? read(linux_file, block, room - 1) : -1;
    if (linux_file >= 0)
        close(linux_file);
    bool good = length > 0;
    if (good)
        block[length] = 0;
    for (uint32_t cpu = 0; good && cpu < skl_cpu_count(); cpu++)
        good = write_cpu(file, block, cpu);
    free(block);
    return good;
}

struct OwnFile {
    const char* path;
    bool (*write)(int file);
};
constexpr OwnFile files[] = {
    {"/proc/cpuinfo", write_cpuinfo},
    {"/sys/devices/system/cpu/online", write_cpu_list},
    {"/sys/devices/system/cpu/possible", write_cpu_list},
    {"/sys/devices/system/cpu/present", write_cpu_list},
};

const OwnFile* find(const char* path)
{
    if (path[0] != '/' || (path[1] != 'p' && path[1] != 's'))
        return nullptr;
    for (const OwnFile& file : files)
        if (strcmp(file.path, path) == 0)
            return &file;
    return nullptr;
}

}

bool open_own_file(const char* path, int flags, int& descriptor)
{
    if ((flags & O_ACCMODE) != O_RDONLY)
        return false;
    const OwnFile* own = find(path);
    if (!own)
        return false;
    int file = call_int(LinuxCall::memfd_create, own->path, flags & O_CLOEXEC ? linux_cloexec : 0);
    if (file < 0 || !own->write(file) || lseek(file, 0, SEEK_SET) < 0) {
        if (file >= 0)
            close(file);
        return false; // better Linux's than none
    }
    descriptor = file;
    return true;
}

}
