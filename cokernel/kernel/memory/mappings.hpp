// SPDX-License-Identifier: MIT
// What the program has mapped: which pages, with which rights. One mark a page, so mappings need no list, split at will and never fail
// to be given back.
#pragma once

#include "memory.hpp"
#include "page_pool.hpp"
#include "sync/spinlock.hpp"

#include <skellig/call.h>

#include "../../base/errno.h"

namespace skl {

// Ranges are whole pages that do not wrap. Answers are 0 or Linux's errno, negative, unless said.
class Mappings {
public:
    using Mark = PagePool::Mark;

    constexpr Mappings(PagePool& pool, Spinlock& pool_lock) : pool_(pool), pool_lock_(pool_lock) {}

    // Zero pages wherever there are some; the address.
    std::int64_t map(std::uint64_t size, std::uint64_t alignment, std::uint32_t rights, Mark kind);
    // Exactly there. -EEXIST: something is.
    std::int64_t map_at(std::uint64_t address, std::uint64_t size, std::uint32_t rights, Mark kind);
    // There, in place of whatever mappings there are. -ENOMEM: something else is, which stays.
    std::int64_t map_over(std::uint64_t address, std::uint64_t size, std::uint32_t rights, Mark kind);

    // What is not mapped may be free. -EINVAL: it is neither; nothing is changed then.
    int unmap(std::uint64_t address, std::uint64_t size);
    // Also of what is not mapped but taken: heap, stacks, the image. -ENOMEM: up to something that is free, or the monitor has no tables left.
    int protect(std::uint64_t address, std::uint64_t size, std::uint32_t rights);
    // Zero again, but for what came from a file.
    int forget(std::uint64_t address, std::uint64_t size);
    // Is all of it there?
    bool present(std::uint64_t address, std::uint64_t size);
    // The rights of a mapping of one kind, or -EFAULT.
    int rights_of(std::uint64_t address, std::uint64_t size, Mark& kind);

    // Pages that somebody has, all with the same mark: the first from the address on. What is not mapped may be heap, stacks or our own.
    struct Taken {
        std::uint64_t address, size;
        std::uint32_t rights;
        bool is_mapped;
    };
    std::optional<Taken> next(std::uint64_t address);

    // Bits of a mark beside PagePool::used. The first two are the caller's choice.
    static constexpr Mark of_file = 0x02;
    static constexpr Mark never_writable = 0x04; // but before the first protect()
    static constexpr Mark mapped = 0x08;
    static constexpr Mark changed = 0x10; // the page tables may say something else than read and write; of what is not mapped, too
    static constexpr unsigned rights_shift = 5;

private:
    static constexpr int no_memory = static_cast<int>(answer(Error::no_memory));

    struct Run {
        std::uint64_t address, size;
        bool own;
        Mark mark; // the same of all its pages but for PagePool::used

        bool is_mapped() const { return own && (mark & mapped); }
        std::uint32_t rights() const { return mark & (mapped | changed) ? mark >> rights_shift : usual_rights; }
    };
    Run run_at(std::uint64_t address, std::uint64_t end) const;
    void note(std::uint64_t address, std::uint64_t size, std::uint32_t rights, Mark bits);

    std::int64_t establish(std::uint64_t address, std::uint64_t size, std::uint32_t rights, Mark kind);
    int claim(std::uint64_t address, std::uint64_t size);
    bool take_unmapped(std::uint64_t address, std::uint64_t end);
    void give_back_unmapped(std::uint64_t address, std::uint64_t end);
    int release_mapped(std::uint64_t address, std::uint64_t end);
    bool may_be_unmapped(std::uint64_t address, std::uint64_t end);
    bool is_there(const Run& run);
    int protect_run(const Run& run, std::uint32_t rights);
    int make_usual(const Run& run);
    int wipe_run(const Run& run);
    std::uint64_t free_in(const Run& run);
    PageRanges::Extent next_free(std::uint64_t address);

    PagePool& pool_;
    Spinlock& pool_lock_;
    Spinlock lock_; // over marks of mapped pages and the page tables that go with them; taken before pool_lock_
};

}
