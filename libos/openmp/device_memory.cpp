// SPDX-License-Identifier: MIT
// omp_target_*: memory of devices, of which there is one, the isle itself.
#include "gomp.hpp"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

namespace {

constexpr int initial_device = -1; // omp_initial_device of OpenMP 5.2

bool is_here(int device)
{
    return device == initial_device || device == omp_get_initial_device();
}

// Dimensions from the outermost on; sizes of both sides' arrays in elements.
struct Box {
    size_t element;
    int dimensions;
    const size_t *volume, *to_offset, *from_offset, *to_size, *from_size;

    Box inner() const
    {
        return {element, dimensions - 1, volume + 1, to_offset + 1, from_offset + 1, to_size + 1, from_size + 1};
    }
};

bool product_of_rest(const size_t* sizes, int dimensions, size_t element, size_t* product)
{
    *product = element;
    for (int i = 1; i < dimensions; i++)
        if (__builtin_mul_overflow(*product, sizes[i], product))
            return false;
    return true;
}

int copy_box(char* to, const char* from, const Box& box)
{
    size_t to_row, from_row, to_start, from_start, length;
    if (!product_of_rest(box.to_size, box.dimensions, box.element, &to_row) ||
        !product_of_rest(box.from_size, box.dimensions, box.element, &from_row) ||
        __builtin_mul_overflow(to_row, box.to_offset[0], &to_start) || __builtin_mul_overflow(from_row, box.from_offset[0], &from_start))
        return EINVAL;
    to += to_start;
    from += from_start;
    if (box.dimensions == 1) {
        if (__builtin_mul_overflow(box.element, box.volume[0], &length))
            return EINVAL;
        memcpy(to, from, length);
        return 0;
    }
    for (size_t i = 0; i < box.volume[0]; i++)
        if (int error = copy_box(to + i * to_row, from + i * from_row, box.inner()))
            return error;
    return 0;
}

void wait_for_some(int dependences)
{
    if (dependences > 0)
        GOMP_taskwait();
}

}

extern "C" {

void* omp_target_alloc(size_t size, int device)
{
    return is_here(device) ? malloc(size) : nullptr;
}

void omp_target_free(void* memory, int device)
{
    if (is_here(device))
        free(memory);
}

int omp_target_is_present(const void*, int device)
{
    return is_here(device);
}

int omp_target_is_accessible(const void*, size_t, int device)
{
    return is_here(device);
}

void* omp_get_mapped_ptr(const void* memory, int device)
{
    return is_here(device) ? const_cast<void*>(memory) : nullptr;
}

int omp_target_memcpy(void* to, const void* from, size_t length, size_t to_offset, size_t from_offset, int to_device,
                      int from_device)
{
    if (!is_here(to_device) || !is_here(from_device))
        return EINVAL;
    memcpy(static_cast<char*>(to) + to_offset, static_cast<const char*>(from) + from_offset, length);
    return 0;
}

// Without addresses it tells how many dimensions there may be.
int omp_target_memcpy_rect(void* to, const void* from, size_t element, int dimensions, const size_t* volume,
                           const size_t* to_offset, const size_t* from_offset, const size_t* to_size,
                           const size_t* from_size, int to_device, int from_device)
{
    if (!to && !from)
        return INT_MAX;
    if (!is_here(to_device) || !is_here(from_device) || dimensions < 1 || element < 1)
        return EINVAL;
    return copy_box(static_cast<char*>(to), static_cast<const char*>(from),
                    {element, dimensions, volume, to_offset, from_offset, to_size, from_size});
}

void* omp_target_memset(void* memory, int value, size_t length, int device)
{
    return is_here(device) ? memset(memory, value, length) : memory;
}

// Asynchronous ones may be done at once, as soon as what they depend on is: tasks of the same parent.
int omp_target_memcpy_async(void* to, const void* from, size_t length, size_t to_offset, size_t from_offset, int to_device,
                            int from_device, int dependences, void**)
{
    wait_for_some(dependences);
    return omp_target_memcpy(to, from, length, to_offset, from_offset, to_device, from_device);
}

int omp_target_memcpy_rect_async(void* to, const void* from, size_t element, int dimensions, const size_t* volume,
                                 const size_t* to_offset, const size_t* from_offset, const size_t* to_size, const size_t* from_size,
                                 int to_device, int from_device, int dependences, void**)
{
    wait_for_some(dependences);
    return omp_target_memcpy_rect(to, from, element, dimensions, volume, to_offset, from_offset, to_size, from_size, to_device,
                                  from_device);
}

void* omp_target_memset_async(void* memory, int value, size_t length, int device, int dependences, void**)
{
    wait_for_some(dependences);
    return omp_target_memset(memory, value, length, device);
}

// What is mapped on the host is its own address already.
int omp_target_associate_ptr(const void*, const void*, size_t, size_t, int)
{
    return EINVAL;
}

int omp_target_disassociate_ptr(const void*, int)
{
    return EINVAL;
}

}
