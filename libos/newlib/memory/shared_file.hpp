// SPDX-License-Identifier: MIT
// One shared mapping of a file that can be written. A second copy of its pages, its twin, holds what the file was known to hold: what
// differs from it has been stored since.
#pragma once

#include "memory/changes.hpp"
#include "memory/request.hpp"

#include <kernel/process.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/types.h>

namespace libos {

// The pages behind it hold, in this order: itself, how often each page is in use, the twin.
struct SharedFile {
    SharedFile* next;
    dev_t device;
    ino_t inode;
    int descriptor;
    uint64_t address, size;
    off_t offset;
    uint64_t own_size; // of the pages behind it
    char* twin;
    uint32_t uses[];

    uint64_t end() const { return address + size; }
    bool is(const struct stat& file) const { return device == file.st_dev && inode == file.st_ino; }
    uint32_t& uses_at(uint64_t page) { return uses[(page - address) / page_size]; }
    char* twin_at(uint64_t at) const { return twin + (at - address); }
    off_t offset_at(uint64_t at) const { return offset + static_cast<off_t>(at - address); }
};

struct Part {
    uint64_t begin, end;
};

// All that follow: the lock over the mappings is held. Errors are errno's values, 0 for none.

// shared_file_io.cpp: what a mapping asks of Linux.
// The mapping's own descriptor of an open file, or -1 with errno set.
int open_for_mapping(int descriptor, const struct stat& file);
void close_mapped(const SharedFile& file);
// Up to the file's end: how much it has there, or a negative errno of newlib.
int64_t read_mapped(const SharedFile& file, off_t offset, char* to, size_t size);
int64_t write_mapped(const SharedFile& file, off_t offset, const char* from, size_t size);
int flush_mapped(const SharedFile& file);

// shared_file_copy.cpp: to the file and back, at most so much at once.
constexpr size_t copied_at_once = TakenBytes::most;
bool can_copy(); // there is memory for it
int write_back(SharedFile& file, const Part& part);
int read_again(SharedFile& file, const Part& part);

}
