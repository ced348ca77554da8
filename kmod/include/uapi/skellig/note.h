/* SPDX-License-Identifier: (GPL-2.0-only WITH Linux-syscall-note) OR MIT */
/*
 * The ELF note in every image we link: who it is for. An image with OSABI 0x42 or 0xFF and no such note is a genuine HermitCore
 * image with a ring-0 kernel of its own.
 */
#ifndef SKELLIG_NOTE_H
#define SKELLIG_NOTE_H

#include "abi.h"

#define SKL_NOTE_NAME "Skellig" /* n_namesz 8 */
#define SKL_NOTE_TYPE 1
#define SKL_ELFOSABI_HERMIT 0x42

/* n_desc */
struct skl_note {
	uint32_t revision;	/* SKL_ABI_REVISION the library kernel was built with */
	uint32_t flags;		/* 0 */
};
SKL_CHECK_SIZE(struct skl_note, 8);

#endif
