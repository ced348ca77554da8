/* SPDX-License-Identifier: MIT */
/* Asks the device for what it must refuse. Prints what was not refused as it should be; exit status 0 when all was. */
#include "enclave.h"

static int mistakes;

static void refused(int result, int expected, const char *what)
{
	if (result == -1 && (errno == expected || expected == 0))
		return;
	printf("%s: answered %d, %s\n", what, result, result == -1 ? strerror(errno) : "granted");
	mistakes++;
}

static void before_create(int device)
{
	static struct skl_ioc_start start;
	struct skl_ioc_wait wait = { .timeout_ns = 0 };
	struct skl_ioc_kick kick = { .mask = { 1 } };
	struct skl_record record;

	refused(ioctl(device, SKL_IOC_START, &start), 0, "start without an enclave");
	refused(ioctl(device, SKL_IOC_WAIT, &wait), 0, "wait without an enclave");
	refused(ioctl(device, SKL_IOC_KICK, &kick), 0, "kick without an enclave");
	refused(ioctl(device, SKL_IOC_RECORD, &record), 0, "record without an enclave");
	refused(ioctl(device, SKL_IOC_PAUSE), 0, "pause without an enclave");
	refused(ioctl(device, _IO('K', 0x7f)), ENOTTY, "an unknown request");
	refused(map_enclave(device, IMAGE_BASE, 4096) == MAP_FAILED ? -1 : 0, 0, "mmap without an enclave");
}

static void bad_create(int device, const char *what, struct skl_ioc_create wrong)
{
	static struct skl_ioc_create create;

	create = wrong;
	refused(ioctl(device, SKL_IOC_CREATE, &create), 0, what);
	if (create.refusal.reason == SKL_REFUSED_NONE) {
		printf("%s: no reason given\n", what);
		mistakes++;
	}
}

static void bad_creates(int device)
{
	const struct skl_ioc_create good = { .cpu_count = 1, .node = SKL_NODE_ANY, .image_base = IMAGE_BASE, .image_size = IMAGE_SIZE };
	struct skl_ioc_create wrong;

	wrong = good, wrong.cpu_count = 0;
	bad_create(device, "no CPU", wrong);
	wrong = good, wrong.cpu_count = 200;
	bad_create(device, "200 CPUs", wrong);
	wrong = good, wrong.cpu[0] = 1;
	bad_create(device, "CPU 0", wrong);
	wrong = good, wrong.cpu[15] = 1ULL << 63;
	bad_create(device, "CPU 1023", wrong);
	wrong = good, wrong.node = 77;
	bad_create(device, "node 77", wrong);
	wrong = good, wrong.memory = 1ULL << 50;
	bad_create(device, "a petabyte", wrong);
	wrong = good, wrong.memory = ~0ULL;
	bad_create(device, "all memory that can be named", wrong);
	wrong = good, wrong.image_base = IMAGE_BASE + 4096;
	bad_create(device, "image not aligned", wrong);
	wrong = good, wrong.image_size = 0;
	bad_create(device, "image of no size", wrong);
	wrong = good, wrong.image_size = 0ULL - 0x200000;
	bad_create(device, "image that wraps", wrong);
	wrong = good, wrong.image_base = SKL_OWN_BASE;
	bad_create(device, "image in own memory", wrong);
	wrong = good, wrong.image_base = 0xffff800000000000ULL;
	bad_create(device, "image in the kernel's half", wrong);
}

static void bad_maps(int device, const struct skl_ioc_create *create)
{
	unsigned long long end = 0;

	refused(map_enclave(device, 0x100000, 4096) == MAP_FAILED ? -1 : 0, 0, "mmap below the image");
	refused(map_enclave(device, IMAGE_BASE, IMAGE_SIZE + 4096) == MAP_FAILED ? -1 : 0, 0, "mmap beyond the image");
	refused(map_enclave(device, SKL_CALL_PAGE, 4096) == MAP_FAILED ? -1 : 0, 0, "mmap of the call page");
	refused(mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, device, IMAGE_BASE) == MAP_FAILED ? -1 : 0, 0, "a private mapping");
	refused(mmap(NULL, 4096, PROT_READ, MAP_SHARED, device, IMAGE_BASE) == MAP_FAILED ? -1 : 0, 0, "mmap at another address");
	for (unsigned i = 0; i < create->extents; i++)
		if (create->extent[i].va >= SKL_OWN_BASE && create->extent[i].va + create->extent[i].size > end)
			end = create->extent[i].va + create->extent[i].size;
	refused(map_enclave(device, end, 0x200000) == MAP_FAILED ? -1 : 0, 0, "mmap beyond own memory");
}

static void bad_start(int device, const char *what, unsigned long long entry, struct skl_segment segment)
{
	static struct skl_ioc_start start;

	memset(&start, 0, sizeof(start));
	start.entry = entry;
	start.segments = 1;
	start.segment[0] = segment;
	refused(ioctl(device, SKL_IOC_START, &start), 0, what);
}

static void bad_starts(int device)
{
	const struct skl_segment good = { .va = IMAGE_BASE, .size = 4096, .rights = 5 };
	struct skl_segment wrong;

	bad_start(device, "entry outside the segment", IMAGE_BASE + 4096, good);
	bad_start(device, "entry in the kernel's half", 0xffffffff80000000ULL, good);
	wrong = good, wrong.rights = 7;
	bad_start(device, "writable and executable", IMAGE_BASE, wrong);
	wrong = good, wrong.rights = 3;
	bad_start(device, "entry not executable", IMAGE_BASE, wrong);
	wrong = good, wrong.va = IMAGE_BASE + 100;
	bad_start(device, "segment not aligned", IMAGE_BASE + 100, wrong);
	wrong = good, wrong.size = IMAGE_SIZE + 4096;
	bad_start(device, "segment beyond the image", IMAGE_BASE, wrong);
	wrong = good, wrong.va = SKL_OWN_BASE;
	bad_start(device, "segment in own memory", SKL_OWN_BASE, wrong);
}

int main(void)
{
	static struct skl_ioc_create create;
	int device = open_device();

	before_create(device);
	bad_creates(device);
	create_enclave(device, &create);
	refused(ioctl(device, SKL_IOC_CREATE, &create), 0, "a second enclave on one descriptor");
	bad_maps(device, &create);
	bad_starts(device);
	return mistakes != 0;
}
