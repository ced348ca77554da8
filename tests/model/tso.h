/* SPDX-License-Identifier: MIT */
/*
 * Memory as x86 has it: a CPU's plain stores become visible later, in their order; a fence, a locked instruction and a monitor call wait
 * until they are. A CPU sees its own at once. One buffer for each CPU: `chan NAME = [n] of { byte, byte }`, of what and value, which a
 * process of the model empties into memory at any time.
 */
#define STORE(buffer, what, value) buffer!what, value
#define FENCE(buffer) (len(buffer) == 0)
