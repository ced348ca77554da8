// SPDX-License-Identifier: GPL-2.0-only
/* Commands to the CPUs of a running isle: pause, resume, kick. */
#include "apic.h"
#include "enclave.h"
#include "mailbox.h"

static int command(struct skl_enclave *enclave, u32 what)
{
	unsigned int i;
	int err = 0, answer;

	mutex_lock(&enclave->command);
	if (enclave->state != SKL_ENCLAVE_RUNNING) {
		mutex_unlock(&enclave->command);
		return -ESRCH;
	}
	for (i = 0; i < enclave->cpus; i++)
		skl_post(enclave->cpu[i], what, 0, 0);
	for (i = 0; i < enclave->cpus; i++) {
		answer = skl_acknowledge_wait(enclave->cpu[i], SKL_ACK_NS);
		err = err ?: answer;
	}
	mutex_unlock(&enclave->command);
	return err;
}

/* Return: 0; -ESRCH if nothing runs there; -ETIMEDOUT. */
int skl_enclave_pause(struct skl_enclave *enclave)
{
	return command(enclave, SKL_COMMAND_PAUSE);
}

int skl_enclave_resume(struct skl_enclave *enclave)
{
	return command(enclave, SKL_COMMAND_RESUME);
}

/* Return: 0, or -ESRCH if nothing runs there. */
int skl_enclave_kick(struct skl_enclave *enclave, const struct skl_ioc_kick *request)
{
	unsigned int i;
	int err = -ESRCH;

	/* Under the lock the CPUs cannot leave the enclave, let alone go back to Linux. */
	spin_lock(&enclave->lock);
	if (enclave->state == SKL_ENCLAVE_RUNNING) {
		for (i = 0; i < enclave->cpus; i++)
			if (request->mask[i / 64] >> (i % 64) & 1)
				skl_send_vector(enclave->cpu[i]->apic_id, SKL_VECTOR_HOST);
		err = 0;
	}
	spin_unlock(&enclave->lock);
	return err;
}
