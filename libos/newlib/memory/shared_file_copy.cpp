// SPDX-License-Identifier: MIT
// What has been stored in a shared mapping goes to the file, and what others have written comes back.
#include "memory/shared_file.hpp"

#include <errno.h>
#include <kernel/memory.h>
#include <string.h>
#include <sys/mman.h>

namespace libos {

namespace {

// Allocated with the first mapping: most programs have none.
struct Room {
    char buffer[copied_at_once];
    TakenBytes taken;
    uint8_t rights[copied_at_once / page_size]; // of pages whose rights have been widened
};
Room* room = nullptr;

// What the program must not do with the pages at the moment, the copying must. There is one at a time.
class Accessible {
public:
    Accessible(const Part& part, uint32_t needed) : part_(part)
    {
        for (uint64_t at = part.begin; at < part.end; at += page_size) {
            uint32_t kind;
            int rights = skl_map_rights(at, page_size, &kind);
            uint8_t& kept = room->rights[(at - part.begin) / page_size];
            kept = unchanged;
            if (rights >= 0 && (static_cast<uint32_t>(rights) & needed) != needed && skl_map_protect(at, page_size, needed) == 0)
                kept = static_cast<uint8_t>(rights);
        }
    }
    ~Accessible()
    {
        for (uint64_t at = part_.begin; at < part_.end; at += page_size)
            if (uint8_t kept = room->rights[(at - part_.begin) / page_size]; kept != unchanged)
                skl_map_protect(at, page_size, kept);
    }
    Accessible(const Accessible&) = delete;
    Accessible& operator=(const Accessible&) = delete;

private:
    static constexpr uint8_t unchanged = 0xff;
    Part part_;
};

int error_of(int64_t result)
{
    return result < 0 ? static_cast<int>(-result) : 0;
}

// Bytes that have been changed, each run of them by itself.
int write_runs(SharedFile& file, uint64_t from, size_t size)
{
    const char* memory = reinterpret_cast<const char*>(from);
    char* twin = file.twin_at(from);
    for (Changes run = next_changes(memory, twin, 0, size); run.size; run = next_changes(memory, twin, run.begin + run.size, size)) {
        memcpy(room->buffer, memory + run.begin, run.size);
        int64_t result = write_mapped(file, file.offset_at(from + run.begin), room->buffer, run.size);
        if (result < 0)
            return error_of(result);
        memcpy(twin + run.begin, room->buffer, run.size); // not before: what is not in the file is still a change
    }
    return 0;
}

// All in one piece, with what lies between as the file has just been read.
int write_whole(SharedFile& file, uint64_t from, size_t size)
{
    int64_t result = read_mapped(file, file.offset_at(from), room->buffer, size);
    if (result < 0)
        return error_of(result);
    size = static_cast<size_t>(result);
    room->taken.take(room->buffer, reinterpret_cast<const char*>(from), file.twin_at(from), size);
    result = write_mapped(file, file.offset_at(from), room->buffer, size);
    if (result >= 0)
        room->taken.written(file.twin_at(from), room->buffer, size);
    return error_of(result);
}

// In how many pieces changes may lie before they are written in one: a call for each of very many would take seconds.
constexpr unsigned most_runs = 64;

bool has_many_runs(const char* memory, const char* twin, size_t size)
{
    unsigned runs = 0;
    for (Changes run = next_changes(memory, twin, 0, size); run.size && runs <= most_runs; runs++)
        run = next_changes(memory, twin, run.begin + run.size, size);
    return runs > most_runs;
}

}

bool can_copy()
{
    if (!room) {
        uint64_t pages = skl_pages_allocate(pages_of(sizeof(Room)), page_size);
        room = pages == SKL_NO_ADDRESS ? nullptr : reinterpret_cast<Room*>(pages);
    }
    return room;
}

// Beyond the file's end nothing is kept.
int write_back(SharedFile& file, const Part& part)
{
    Accessible accessible(part, PROT_READ);
    const char* memory = reinterpret_cast<const char*>(part.begin);
    size_t size = part.end - part.begin;
    if (next_changes(memory, file.twin_at(part.begin), 0, size).size == 0)
        return 0;
    struct stat status;
    if (fstat(file.descriptor, &status) != 0)
        return errno;
    off_t left = status.st_size - file.offset_at(part.begin);
    if (left <= 0)
        return 0;
    size = static_cast<size_t>(left) < size ? static_cast<size_t>(left) : size;
    bool many = has_many_runs(memory, file.twin_at(part.begin), size);
    return many ? write_whole(file, part.begin, size) : write_runs(file, part.begin, size);
}

int read_again(SharedFile& file, const Part& part)
{
    Accessible accessible(part, PROT_READ | PROT_WRITE);
    int64_t size = read_mapped(file, file.offset_at(part.begin), room->buffer, part.end - part.begin);
    if (size > 0)
        take_others(reinterpret_cast<char*>(part.begin), file.twin_at(part.begin), room->buffer, static_cast<size_t>(size));
    return error_of(size);
}

}
