// SPDX-License-Identifier: MIT
// Pieces of the size that was asked for last are kept: making a guard costs monitor calls, and giving memory back means wiping it.
#include "pieces.hpp"

#include "memory/page_ranges.hpp"
#include "sync/spinlock.hpp"

#include <kernel/memory.h>

#include <skellig/call.h>

namespace skl {
namespace {

struct Kept {
    static constexpr unsigned most = 64;
    Spinlock lock;
    unsigned count = 0;                 // guarded by lock
    std::uint64_t size = 0, guard = 0;
    std::uint64_t base[most]{};
};
constinit Kept kept;

bool take_kept(Piece& piece)
{
    Guard guard(kept.lock);
    if (kept.count == 0 || kept.size != piece.size || kept.guard != piece.guard)
        return false;
    piece.base = kept.base[--kept.count];
    return true;
}

bool keep(const Piece& piece)
{
    Guard guard(kept.lock);
    if (kept.count == 0) {
        kept.size = piece.size;
        kept.guard = piece.guard;
    }
    if (kept.count == Kept::most || kept.size != piece.size || kept.guard != piece.guard)
        return false;
    kept.base[kept.count++] = piece.base;
    return true;
}

void give_back(const Piece& piece)
{
    if (piece.guard)
        skl_map_protect(piece.base, piece.guard, SKL_RIGHT_READ | SKL_RIGHT_WRITE);
    skl_pages_release(piece.base, piece.size);
}

// Memory that is kept for threads is worth less than memory that is needed now.
bool drop_one_kept()
{
    Piece piece;
    {
        Guard guard(kept.lock);
        if (kept.count == 0)
            return false;
        piece = {kept.base[--kept.count], kept.size, kept.guard};
    }
    give_back(piece);
    return true;
}

}

bool take_piece(Piece& piece)
{
    if (take_kept(piece))
        return true;
    int zero;
    do {
        piece.base = skl_pages_allocate_any(piece.size, page_size, &zero);
    } while (piece.base == SKL_NO_ADDRESS && drop_one_kept());
    if (piece.base == SKL_NO_ADDRESS)
        return false;
    if (piece.guard == 0 || skl_map_protect(piece.base, piece.guard, 0) == 0)
        return true;
    skl_pages_release(piece.base, piece.size);
    return false;
}

void give_back_piece(const Piece& piece)
{
    if (!keep(piece))
        give_back(piece);
}

}
