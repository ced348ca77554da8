// SPDX-License-Identifier: GPL-2.0-only
/*
 * /dev/skellig: copies requests in and answers out, asks for capabilities, finds the enclave.
 * Refusals are told even on error.
 */
#include <linux/capability.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/poll.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "device.h"
#include "enclave.h"
#include "mapping.h"
#include "memory.h"
#include "reserve.h"
#include "status.h"
#include "test.h"

struct request {
	unsigned int command;
	bool for_admin; /* changes the pool */
	int (*serve)(struct skl_file *file, void *data);
	int refusal; /* offset of struct skl_refusal, or NONE */
};

#define NONE (-1)

static int serve_version(struct skl_file *file, void *data)
{
	*(struct skl_ioc_version *)data = (struct skl_ioc_version){
		.magic = SKL_ABI_MAGIC,
		.revision = SKL_ABI_REVISION,
		.flags = skl_test_build() ? SKL_VERSION_TEST : 0,
	};
	return 0;
}

static int serve_reserve(struct skl_file *file, void *data)
{
	return skl_reserve_cpus(data);
}

static int serve_release(struct skl_file *file, void *data)
{
	return skl_release_cpus(data);
}

static int serve_memory(struct skl_file *file, void *data)
{
	return skl_memory_request(file, data);
}

static int serve_status(struct skl_file *file, void *data)
{
	return skl_status(data);
}

static int serve_create(struct skl_file *file, void *data)
{
	struct skl_ioc_create *request = data;
	struct skl_enclave *made;
	int err;

	mutex_lock(&file->creating);
	if (file->enclave)
		err = skl_refuse_plain(&request->refusal, -EBUSY, SKL_REFUSED_STATE);
	else
		err = skl_enclave_create(&made, request);
	if (!err)
		/* Partner: enclave_of(). */
		smp_store_release(&file->enclave, made);
	mutex_unlock(&file->creating);
	return err;
}

static struct skl_enclave *enclave_of(struct skl_file *file)
{
	/* Whoever sees it sees it made; partner: serve_create(). */
	return smp_load_acquire(&file->enclave);
}

static int serve_start(struct skl_file *file, void *data)
{
	struct skl_ioc_start *request = data;

	if (!enclave_of(file))
		return skl_refuse_plain(&request->refusal, -ESRCH, SKL_REFUSED_STATE);
	return skl_enclave_start(enclave_of(file), request);
}

static int serve_wait(struct skl_file *file, void *data)
{
	return enclave_of(file) ? skl_enclave_wait(enclave_of(file), data) : -ESRCH;
}

static int serve_kick(struct skl_file *file, void *data)
{
	return enclave_of(file) ? skl_enclave_kick(enclave_of(file), data) : -ESRCH;
}

static int serve_pause(struct skl_file *file, void *data)
{
	return enclave_of(file) ? skl_enclave_pause(enclave_of(file)) : -ESRCH;
}

static int serve_resume(struct skl_file *file, void *data)
{
	return enclave_of(file) ? skl_enclave_resume(enclave_of(file)) : -ESRCH;
}

static int serve_stop(struct skl_file *file, void *data)
{
	if (!enclave_of(file))
		return -ESRCH;
	skl_enclave_end(enclave_of(file));
	return 0;
}

static int serve_record(struct skl_file *file, void *data)
{
	if (!enclave_of(file))
		return -ESRCH;
	skl_enclave_record(enclave_of(file), data);
	return 0;
}

static int serve_log(struct skl_file *file, void *data)
{
	return enclave_of(file) ? skl_enclave_log(enclave_of(file), data) : -ESRCH;
}

static const struct request requests[] = {
	{ SKL_IOC_VERSION, false, serve_version, NONE },
	{ SKL_IOC_RESERVE_CPUS, true, serve_reserve, offsetof(struct skl_ioc_cpus, refusal) },
	{ SKL_IOC_RELEASE_CPUS, true, serve_release, offsetof(struct skl_ioc_cpus, refusal) },
	{ SKL_IOC_MEMORY, true, serve_memory, offsetof(struct skl_ioc_memory, refusal) },
	{ SKL_IOC_STATUS, false, serve_status, NONE },
	{ SKL_IOC_CREATE, false, serve_create, offsetof(struct skl_ioc_create, refusal) },
	{ SKL_IOC_START, false, serve_start, offsetof(struct skl_ioc_start, refusal) },
	{ SKL_IOC_WAIT, false, serve_wait, NONE },
	{ SKL_IOC_KICK, false, serve_kick, NONE },
	{ SKL_IOC_PAUSE, false, serve_pause, NONE },
	{ SKL_IOC_RESUME, false, serve_resume, NONE },
	{ SKL_IOC_STOP, false, serve_stop, NONE },
	{ SKL_IOC_RECORD, false, serve_record, NONE },
	{ SKL_IOC_LOG, false, serve_log, NONE },
};

static const struct request *request_of(unsigned int command)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(requests); i++)
		if (requests[i].command == command)
			return &requests[i];
	return NULL;
}

/* Nothing of an old answer, and a refusal that says nothing yet. */
static int serve(const struct request *request, struct skl_file *file, void *data)
{
	struct skl_refusal *refusal = request->refusal == NONE ? NULL : data + request->refusal;

	skl_refuse_plain(refusal, 0, SKL_REFUSED_NONE);
	if (request->for_admin && !capable(CAP_SYS_ADMIN))
		return skl_refuse_plain(refusal, -EPERM, SKL_REFUSED_PERMISSION);
	return request->serve(file, data);
}

static long control(struct file *file, unsigned int command, unsigned long argument)
{
	const struct request *request = request_of(command);
	unsigned int size = _IOC_SIZE(command);
	void __user *user = (void __user *)argument;
	void *data;
	long err = 0;

	if (!request)
		return -ENOTTY;
	data = kvzalloc(size + 1, GFP_KERNEL);
	if (!data)
		return -ENOMEM;
	if (_IOC_DIR(command) & _IOC_WRITE)
		err = copy_from_user(data, user, size) ? -EFAULT : 0;
	if (err)
		goto out;
	err = serve(request, file->private_data, data);
	if ((_IOC_DIR(command) & _IOC_READ) && copy_to_user(user, data, size))
		err = -EFAULT;
out:
	kvfree(data);
	return err;
}

static int device_open(struct inode *inode, struct file *file)
{
	struct skl_file *opened = kzalloc(sizeof(*opened), GFP_KERNEL);

	if (!opened)
		return -ENOMEM;
	mutex_init(&opened->creating);
	file->private_data = opened;
	return 0;
}

static int device_release(struct inode *inode, struct file *file)
{
	struct skl_file *closed = file->private_data;

	if (closed->enclave)
		skl_enclave_close(closed->enclave);
	skl_memory_forget(closed);
	kfree(closed);
	return 0;
}

static int device_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct skl_enclave *enclave = enclave_of(file->private_data);

	return enclave ? skl_enclave_mmap(enclave, vma) : -ESRCH;
}

static __poll_t device_poll(struct file *file, struct poll_table_struct *table)
{
	struct skl_enclave *enclave = enclave_of(file->private_data);

	return enclave ? skl_enclave_poll(enclave, file, table) : EPOLLERR;
}

static const struct file_operations operations = {
	.owner = THIS_MODULE,
	.open = device_open,
	.release = device_release,
	.unlocked_ioctl = control,
	.mmap = device_mmap,
	.poll = device_poll,
};

static struct miscdevice device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "skellig",
	.fops = &operations,
	.mode = 0660,
};

int skl_device_open(void)
{
	return misc_register(&device);
}

void skl_device_close(void)
{
	misc_deregister(&device);
}
