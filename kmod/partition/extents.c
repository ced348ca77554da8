// SPDX-License-Identifier: GPL-2.0-only
/* Cuts, merges and hands out the pool's memory: node-local, and as contiguous as it can be. */
#include <linux/numa.h>
#include <linux/slab.h>

#include "enclave.h"
#include "extents.h"

static struct skl_piece *new_piece(u64 pa, u64 size, int node, u32 source)
{
	struct skl_piece *piece = kzalloc(sizeof(*piece), GFP_KERNEL);

	if (!piece)
		return NULL;
	piece->pa = pa;
	piece->size = size;
	piece->node = node;
	piece->source = source;
	piece->state = SKL_PIECE_DIRTY;
	return piece;
}

static bool alike(const struct skl_piece *a, const struct skl_piece *b)
{
	return a->pa + a->size == b->pa && a->node == b->node && a->source == b->source &&
	       a->state == b->state && a->enclave == b->enclave &&
	       (a->state == SKL_PIECE_DIRTY || a->state == SKL_PIECE_ZERO);
}

/* The piece may be gone afterwards. */
static void merge(struct skl_piece *piece)
{
	struct skl_piece *next = list_next_entry(piece, link),
			 *previous = list_prev_entry(piece, link);

	if (!list_entry_is_head(next, &skl_pool.memory, link) && alike(piece, next)) {
		piece->size += next->size;
		list_del(&next->link);
		kfree(next);
	}
	if (!list_entry_is_head(previous, &skl_pool.memory, link) && alike(previous, piece)) {
		previous->size += piece->size;
		list_del(&piece->link);
		kfree(piece);
	}
}

/**
 * skl_memory_cut() - Shorten a piece to size; the rest becomes a piece of its own behind it.
 * @piece: of any state
 * @size: bytes it shall have
 * Return: the piece, or NULL without memory.
 */
struct skl_piece *skl_memory_cut(struct skl_piece *piece, u64 size)
{
	struct skl_piece *rest;

	if (piece->size <= size)
		return piece;
	rest = new_piece(piece->pa + size, piece->size - size, piece->node, piece->source);
	if (!rest)
		return NULL;
	rest->state = piece->state;
	rest->enclave = piece->enclave;
	piece->size = size;
	list_add(&rest->link, &piece->link);
	return piece;
}

/* Merging may free the piece. */
void skl_memory_set(struct skl_piece *piece, enum skl_piece_state state)
{
	piece->state = state;
	piece->enclave = NULL;
	merge(piece);
}

/**
 * skl_memory_add() - New memory in the pool, dirty.
 * @pa: physical address
 * @size: bytes
 * @node: NUMA node
 * @source: SKL_SOURCE_*
 * Return: 0 or -ENOMEM.
 */
int skl_memory_add(u64 pa, u64 size, int node, u32 source)
{
	struct skl_piece *piece = new_piece(pa, size, node, source), *at;

	if (!piece)
		return -ENOMEM;
	list_for_each_entry(at, &skl_pool.memory, link)
		if (at->pa > pa)
			break;
	list_add_tail(&piece->link, &at->link);
	merge(piece);
	skl_pool_changed();
	return 0;
}

/* 0 if all of it is there and nobody uses it; -EAGAIN if that will be so soon. */
static int check_removal(u64 pa, u64 size, struct skl_refusal *refusal)
{
	u64 at = pa, end = pa + size;
	struct skl_piece *piece;
	int err = 0;

	list_for_each_entry(piece, &skl_pool.memory, link) {
		if (piece->pa + piece->size <= at || at >= end)
			continue;
		if (piece->pa > at)
			break;
		if (piece->state == SKL_PIECE_USED || piece->state == SKL_PIECE_QUARANTINED)
			return skl_refuse(refusal, -EBUSY, SKL_REFUSED_MEMORY_BUSY, SKL_NO_CPU,
					  piece->pa, skl_holder(piece->enclave));
		if (piece->state == SKL_PIECE_SCRUBBING)
			err = -EAGAIN;
		at = piece->pa + piece->size;
	}
	if (at < end)
		return skl_refuse_value(refusal, -ENOENT, SKL_REFUSED_NOT_IN_POOL, at);
	return err;
}

static int cut_at(u64 pa)
{
	struct skl_piece *piece;

	list_for_each_entry(piece, &skl_pool.memory, link)
		if (piece->pa < pa && pa < piece->pa + piece->size)
			return skl_memory_cut(piece, pa - piece->pa) ? 0 : -ENOMEM;
	return 0;
}

/**
 * skl_memory_remove() - Take [pa, pa + size) out of the pool, used by nobody.
 * @pa: physical address
 * @size: bytes
 * @refusal: who uses it, or what is not there
 * Return: 0; -EBUSY or -ENOENT with the refusal filled; -EAGAIN while it is being scrubbed;
 * -ENOMEM.
 */
int skl_memory_remove(u64 pa, u64 size, struct skl_refusal *refusal)
{
	struct skl_piece *piece, *next;
	int err = check_removal(pa, size, refusal);

	if (!err)
		err = cut_at(pa);
	if (!err)
		err = cut_at(pa + size);
	if (err)
		return err;
	list_for_each_entry_safe(piece, next, &skl_pool.memory, link) {
		if (piece->pa < pa || piece->pa >= pa + size)
			continue;
		list_del(&piece->link);
		kfree(piece);
	}
	skl_pool_changed();
	return 0;
}

static bool on_node(const struct skl_piece *piece, int node)
{
	return node == NUMA_NO_NODE || piece->node == node;
}

struct skl_memory_sum skl_memory_sum(int node)
{
	struct skl_memory_sum sum = { 0 };
	struct skl_piece *piece;

	list_for_each_entry(piece, &skl_pool.memory, link) {
		if (!on_node(piece, node))
			continue;
		sum.all += piece->size;
		if (piece->state == SKL_PIECE_ZERO)
			sum.zero += piece->size;
		else if (piece->state == SKL_PIECE_USED)
			sum.used += piece->size;
		else if (piece->state != SKL_PIECE_QUARANTINED)
			sum.soon += piece->size;
	}
	return sum;
}

pid_t skl_memory_holder(int node)
{
	struct skl_piece *piece;

	list_for_each_entry(piece, &skl_pool.memory, link)
		if (on_node(piece, node) && piece->state == SKL_PIECE_USED)
			return skl_holder(piece->enclave);
	return 0;
}

/* The smallest that is large enough, else the largest. */
static bool better(const struct skl_piece *piece, const struct skl_piece *best, u64 size)
{
	if (!best)
		return true;
	if (piece->size >= size)
		return best->size < size || piece->size < best->size;
	return piece->size > best->size;
}

/**
 * skl_memory_take() - Give an enclave up to size bytes in one zeroed piece.
 * @size: bytes
 * @node: NUMA node, or NUMA_NO_NODE
 * @enclave: who gets it
 * @whole: all of size or nothing
 * Return: the piece, which may be smaller; NULL if there is none or no memory for its description.
 */
struct skl_piece *skl_memory_take(u64 size, int node, struct skl_enclave *enclave, bool whole)
{
	struct skl_piece *piece, *best = NULL;

	list_for_each_entry(piece, &skl_pool.memory, link)
		if (piece->state == SKL_PIECE_ZERO && on_node(piece, node) &&
		    better(piece, best, size))
			best = piece;
	if (!best || (whole && best->size < size) || !skl_memory_cut(best, size))
		return NULL;
	best->state = SKL_PIECE_USED;
	best->enclave = enclave;
	return best;
}

void skl_memory_leave(struct skl_enclave *enclave, enum skl_piece_state state)
{
	struct skl_piece *piece;

again:
	list_for_each_entry(piece, &skl_pool.memory, link) {
		if (piece->enclave != enclave || piece->state != SKL_PIECE_USED)
			continue;
		skl_memory_set(piece, state);
		goto again; /* merging may have freed this one */
	}
	skl_pool_changed();
}
