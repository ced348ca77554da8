// SPDX-License-Identifier: GPL-2.0-only
/*
 * Starts an isle: checks what the proxy says of its image, completes the launch descriptor, sends
 * the CPUs in.
 */
#include <linux/string.h>
#include <skellig/address.h>
#include <skellig/call.h>

#include "enclave.h"
#include "mailbox.h"
#include "park.h"

static int wrong(struct skl_ioc_start *request, u64 field)
{
	return skl_refuse_value(&request->refusal, -EINVAL, SKL_REFUSED_ARGUMENT, field);
}

static u64 field_of(const struct skl_ioc_start *request, const void *field)
{
	return (const char *)field - (const char *)request;
}

/* Image extents follow each other without a gap, so the image is one range. */
static bool inside_image(const struct skl_enclave *enclave, u64 va, u64 size)
{
	u64 lowest = max_t(u64, enclave->image_base, SKL_IMAGE_MIN),
	    end = enclave->image_base + enclave->image_size;

	return va >= lowest && va < end && size <= end - va;
}

static bool valid_rights(u32 rights)
{
	u32 both = SKL_RIGHT_WRITE | SKL_RIGHT_EXECUTE;

	return rights && !(rights & ~(SKL_RIGHT_READ | both)) && (rights & both) != both;
}

static int check(const struct skl_enclave *enclave, struct skl_ioc_start *request)
{
	const struct skl_segment *segment;
	bool entered = false;
	u64 lowest = 0;
	unsigned int i;

	if (!request->segments || request->segments > SKL_MAX_SEGMENTS)
		return wrong(request, offsetof(struct skl_ioc_start, segments));
	for (i = 0; i < request->segments; i++) {
		segment = &request->segment[i];
		if (!IS_ALIGNED(segment->va, SKL_PAGE_SIZE) || segment->va < lowest)
			return wrong(request, field_of(request, &segment->va));
		if (!segment->size || !IS_ALIGNED(segment->size, SKL_PAGE_SIZE) ||
		    !inside_image(enclave, segment->va, segment->size))
			return wrong(request, field_of(request, &segment->size));
		if (!valid_rights(segment->rights))
			return wrong(request, field_of(request, &segment->rights));
		lowest = segment->va + segment->size;
		entered |= (segment->rights & SKL_RIGHT_EXECUTE) && request->entry >= segment->va &&
			   request->entry < lowest;
	}
	return entered ? 0 : wrong(request, offsetof(struct skl_ioc_start, entry));
}

static void complete_launch(struct skl_enclave *enclave, const struct skl_ioc_start *request)
{
	struct skl_launch *launch = enclave->launch;

	launch->entry = request->entry;
	launch->segments = request->segments;
	memcpy(launch->segment, request->segment, request->segments * sizeof(launch->segment[0]));
}

/*
 * CPU 0 builds the tables and enters last; the others wait in the monitor until the isle starts
 * them.
 */
static int send_in(struct skl_enclave *enclave, struct skl_refusal *refusal)
{
	unsigned int i;
	int err = 0, answer;

	for (i = 0; i < enclave->cpus; i++)
		skl_post(enclave->cpu[i], SKL_COMMAND_ENTER, enclave->control_pa, i);
	for (i = 0; i < enclave->cpus; i++) {
		answer = skl_acknowledge_wait(enclave->cpu[i], SKL_ACK_NS);
		if (answer && !err)
			err = skl_refuse(refusal, answer == -ETIMEDOUT ? answer : -EINVAL,
					 SKL_REFUSED_CPU_START, enclave->cpu[i]->cpu, -answer, 0);
	}
	return err;
}

static void set_state(struct skl_enclave *enclave, enum skl_enclave_state state)
{
	spin_lock(&enclave->lock);
	enclave->state = state;
	spin_unlock(&enclave->lock);
}

/**
 * skl_enclave_start() - Start the isle whose image is in the enclave's memory.
 * @enclave: made, not started
 * @request: entry and segments
 * Return: 0; -EINVAL with the refusal filled; -EBUSY if it was started before; or the monitor's
 * refusal, the enclave ended.
 */
int skl_enclave_start(struct skl_enclave *enclave, struct skl_ioc_start *request)
{
	int err;

	err = check(enclave, request);
	if (err)
		return err;
	mutex_lock(&enclave->command);
	if (enclave->state != SKL_ENCLAVE_CREATED) {
		mutex_unlock(&enclave->command);
		return skl_refuse_plain(&request->refusal, -EBUSY, SKL_REFUSED_STATE);
	}
	complete_launch(enclave, request);
	set_state(enclave, SKL_ENCLAVE_RUNNING);
	err = send_in(enclave, &request->refusal);
	mutex_unlock(&enclave->command);
	if (err)
		skl_enclave_end(enclave);
	return err;
}
