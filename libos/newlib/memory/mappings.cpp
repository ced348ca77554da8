// SPDX-License-Identifier: MIT
// mmap() and its kin over the isle's own pages. There is no paging: all memory is there from the start, and what is mapped is taken.
#include "memory/request.hpp"
#include "memory/shared_files.hpp"

#include "call.hpp"

#include <kernel/memory.h>
#include <kernel/process.h>
#include <sys/mman.h>
#include <unistd.h>

using namespace libos;

namespace {

constexpr uint32_t usual_rights = PROT_READ | PROT_WRITE;

// What pread() says of a file that has no contents to map.
int mapping_error(int error)
{
    return error == EISDIR || error == ESPIPE ? ENODEV : error;
}

// Beyond the end of the file all stays zero, as with a real mapping.
int read_in(uint64_t address, size_t size, int file, off_t offset)
{
    auto* next = reinterpret_cast<char*>(address);
    while (size > 0) {
        ssize_t got = pread(file, next, size, offset);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return mapping_error(errno);
        if (got == 0)
            return 0;
        next += got;
        offset += got;
        size -= static_cast<size_t>(got);
    }
    return 0;
}

// Before mappings give way to this one.
int readable(const MapRequest& request)
{
    char byte;
    return request.anonymous() || pread(request.file, &byte, 1, request.offset) >= 0 ? 0 : mapping_error(errno);
}

skl_map_place place_of(const MapRequest& request)
{
    if (request.flags & MAP_FIXED_NOREPLACE)
        return SKL_MAP_AT;
    if (request.flags & MAP_FIXED)
        return SKL_MAP_OVER;
    return request.range.address ? SKL_MAP_NEAR : SKL_MAP_ANYWHERE;
}

skl_mapping mapping_of(const MapRequest& request)
{
    skl_mapping mapping{};
    mapping.address = (request.range.address + page_size - 1) & ~(page_size - 1);
    mapping.size = request.range.size;
    mapping.alignment = request.alignment;
    mapping.place = place_of(request);
    mapping.rights = request.anonymous() ? static_cast<uint32_t>(request.protection) : usual_rights;
    if (!request.anonymous())
        mapping.kind = SKL_MAP_FILE | (request.shared() && !request.writable() ? SKL_MAP_NEVER_WRITABLE : 0);
    return mapping;
}

// Large ones begin with a large page, so that those of others stay whole when rights change here.
int64_t place_mapping(const MapRequest& request)
{
    skl_mapping mapping = mapping_of(request);
    if (mapping.size >= large_page && mapping.alignment == page_size) {
        mapping.alignment = large_page;
        int64_t address = skl_map(&mapping);
        if (address >= 0 || request.fixed())
            return address;
        mapping.alignment = page_size;
    }
    return skl_map(&mapping);
}

int64_t place(const MapRequest& request)
{
    if (!(request.flags & MAP_FIXED))
        return place_mapping(request);
    return map_over_shared_files(request.range, [&] { return place_mapping(request); });
}

// `kept` sees the contents before the program does; it returns an error.
template <typename Function>
int64_t map_file(const MapRequest& request, const Function& kept)
{
    int64_t placed = place(request);
    if (placed < 0)
        return placed;
    auto address = static_cast<uint64_t>(placed);
    int error = read_in(address, request.range.size, request.file, request.offset);
    if (!error)
        error = -skl_map_protect(address, request.range.size, static_cast<uint32_t>(request.protection));
    if (!error)
        error = kept(address);
    if (error)
        skl_map_end(address, request.range.size);
    return error ? -error : placed;
}

void say_conflict()
{
    static constexpr char text[] = "mmap: a part of this file is mapped shared and writable already; its pages cannot be at a second address\n";
    if (skl_verbose())
        forward(LinuxCall::write, STDERR_FILENO, text, uint64_t{sizeof text - 1});
}

int64_t map_shared(const MapRequest& request)
{
    struct stat file;
    if (fstat(request.file, &file) != 0)
        return -errno;
    SharedFilesLock lock;
    SharedMatch match = use_once_more(request, file);
    if (match.address)
        return static_cast<int64_t>(match.address);
    if (match.conflict)
        synchronise(file, Direction::to_file);
    if (!request.writable())
        return map_file(request, [](uint64_t) { return 0; });
    if (!S_ISREG(file.st_mode))
        return -ENODEV;
    if (match.conflict) {
        say_conflict();
        return -ENODEV;
    }
    return map_file(request, [&](uint64_t address) { return add_shared_file(request, file, address); });
}

int64_t map(const MapRequest& request)
{
    if (request.anonymous())
        return place(request);
    if (request.shared())
        return map_shared(request);
    synchronise_file(request.file, Direction::to_file); // what this program has stored there is seen here, too
    return map_file(request, [](uint64_t) { return 0; });
}

void* refuse(int error)
{
    errno = error;
    return MAP_FAILED;
}

}

extern "C" {

void* mmap(void* at, size_t size, int protection, int flags, int file, off_t offset)
{
    MapRequest request{Range(at, size), protection, flags, file, offset};
    if (int error = request.check(size))
        return refuse(error);
    if (flags & MAP_FIXED)
        if (int error = readable(request))
            return refuse(error);
    int64_t address = map(request);
    return address < 0 ? refuse(static_cast<int>(-address)) : reinterpret_cast<void*>(address);
}

int munmap(void* at, size_t size)
{
    Range range(at, size);
    if (!range.aligned() || range.size == 0 || range.wraps())
        return static_cast<int>(fail(EINVAL));
    if (!shared_files_mapped())
        return static_cast<int>(answer(skl_map_end(range.address, range.size)));
    SharedFilesLock lock;
    return static_cast<int>(answer(give_up(range, skl_map_end)));
}

int mprotect(void* at, size_t size, int protection)
{
    Range range(at, size);
    int rights_error = check_rights(protection);
    if (!range.aligned() || rights_error == EINVAL)
        return static_cast<int>(fail(EINVAL));
    if (size == 0)
        return 0;
    if (range.size == 0 || range.wraps())
        return static_cast<int>(fail(ENOMEM));
    if (rights_error)
        return static_cast<int>(fail(rights_error));
    if (!shared_files_mapped())
        return static_cast<int>(answer(skl_map_protect(range.address, range.size, static_cast<uint32_t>(protection))));
    SharedFilesLock lock; // or copying puts back what it found
    return static_cast<int>(answer(skl_map_protect(range.address, range.size, static_cast<uint32_t>(protection))));
}

}
