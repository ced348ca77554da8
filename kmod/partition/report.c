// SPDX-License-Identifier: GPL-2.0-only
/* What an isle leaves behind: how it ended, and its log. */
#include <linux/minmax.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "enclave.h"

/* Its CPUs are parked: nothing changes any more. With the command lock. */
void skl_report_keep(struct skl_enclave *enclave)
{
	enclave->record = enclave->control->record;
	enclave->log_length = enclave->control->log_length;
	memcpy(enclave->log, enclave->control->log, SKL_LOG_SIZE);
	if (enclave->record.kind == SKL_RECORD_NONE)
		enclave->record.kind = SKL_RECORD_STOPPED;
}

void skl_enclave_record(struct skl_enclave *enclave, struct skl_record *record)
{
	mutex_lock(&enclave->command);
	*record = enclave->state == SKL_ENCLAVE_ENDED ? enclave->record : enclave->control->record;
	mutex_unlock(&enclave->command);
}

/* The last bytes of a ring, oldest first; the answer is how many. */
static u32 unroll(u8 *to, const u8 *ring, u32 length)
{
	u32 size = min(length, SKL_LOG_SIZE), i;

	for (i = 0; i < size; i++)
		to[i] = ring[(length - size + i) % SKL_LOG_SIZE];
	return size;
}

/**
 * skl_enclave_log() - Copy the isle's log to the caller.
 * @enclave: of the caller
 * @request: where to
 * Return: 0 with size = bytes written; -EFAULT; -ENOMEM.
 */
int skl_enclave_log(struct skl_enclave *enclave, struct skl_ioc_log *request)
{
	u8 *text = kmalloc(SKL_LOG_SIZE, GFP_KERNEL);
	int err = 0;
	u32 size;

	if (!text)
		return -ENOMEM;
	mutex_lock(&enclave->command);
	if (enclave->state == SKL_ENCLAVE_ENDED)
		size = unroll(text, enclave->log, enclave->log_length);
	else
		size = unroll(text, enclave->control->log, READ_ONCE(enclave->control->log_length));
	mutex_unlock(&enclave->command);
	request->size = min_t(u64, request->size, size);
	if (copy_to_user(u64_to_user_ptr(request->at), text, request->size))
		err = -EFAULT;
	kfree(text);
	return err;
}
