// SPDX-License-Identifier: MIT
// rand() and random() give the numbers that they give on Linux: glibc's generators, a sum of two earlier numbers.
#include <errno.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>

namespace {

constexpr int types = 5, congruential = 0, usual = 3;
constexpr int degree[types] = {0, 7, 15, 31, 63}, separation[types] = {0, 3, 1, 3, 1};

uint32_t congruential_step(uint32_t value)
{
    return value * 1103515245 + 12345;
}

// In front of the numbers: the type, and how far the generator has come.
void keep_place(const random_data& data)
{
    data.state[-1] = data.rand_type == congruential ? congruential : static_cast<int32_t>(data.rptr - data.state) * types + data.rand_type;
}

void set_type(random_data& data, int32_t* numbers, int type)
{
    data.state = numbers;
    data.rand_type = type;
    data.rand_deg = degree[type];
    data.rand_sep = separation[type];
    data.end_ptr = numbers + degree[type];
}

int type_for(size_t size)
{
    constexpr size_t least[types] = {8, 32, 64, 128, 256};
    int type = types - 1;
    while (type >= 0 && size < least[type])
        type--;
    return type;
}

int refuse()
{
    errno = EINVAL;
    return -1;
}

// That of random(), as if by srandom(1).
struct Common {
    int32_t numbers[1 + degree[usual]]{};
    random_data data{};
    pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER; // guards both
} common;

class Locked {
public:
    Locked()
    {
        pthread_mutex_lock(&common.mutex);
        if (common.data.state)
            return;
        set_type(common.data, common.numbers + 1, usual);
        srandom_r(1, &common.data);
        keep_place(common.data);
    }
    ~Locked() { pthread_mutex_unlock(&common.mutex); }
    Locked(const Locked&) = delete;
    Locked& operator=(const Locked&) = delete;
};

}

extern "C" {

int random_r(random_data* __restrict data, int32_t* __restrict result)
{
    if (!data || !data->state || !result)
        return refuse();
    if (data->rand_type == congruential) {
        *result = data->state[0] = static_cast<int32_t>(congruential_step(static_cast<uint32_t>(data->state[0])) & 0x7fffffff);
        return 0;
    }
    uint32_t sum = static_cast<uint32_t>(*data->fptr) + static_cast<uint32_t>(*data->rptr);
    *data->fptr = static_cast<int32_t>(sum);
    *result = static_cast<int32_t>(sum >> 1);
    data->fptr = data->fptr + 1 == data->end_ptr ? data->state : data->fptr + 1;
    data->rptr = data->rptr + 1 == data->end_ptr ? data->state : data->rptr + 1;
    return 0;
}

int srandom_r(unsigned seed, random_data* data)
{
    if (!data || data->rand_type < 0 || data->rand_type >= types)
        return refuse();
    data->state[0] = seed ? static_cast<int32_t>(seed) : 1;
    if (data->rand_type == congruential)
        return 0;
    for (int i = 1; i < data->rand_deg; i++) { // 16807 * x % 2147483647, in 32 bits
        int32_t before = data->state[i - 1];
        int32_t next = 16807 * (before % 127773) - 2836 * (before / 127773);
        data->state[i] = next < 0 ? next + 2147483647 : next;
    }
    data->fptr = data->state + data->rand_sep;
    data->rptr = data->state;
    int32_t unused;
    for (int i = 0; i < 10 * data->rand_deg; i++)
        random_r(data, &unused);
    return 0;
}

int initstate_r(unsigned seed, char* __restrict memory, size_t size, random_data* __restrict data)
{
    int type = type_for(size);
    if (!data || type < 0)
        return refuse();
    if (data->state)
        keep_place(*data);
    set_type(*data, reinterpret_cast<int32_t*>(memory) + 1, type);
    srandom_r(seed, data);
    keep_place(*data);
    return 0;
}

int setstate_r(char* __restrict memory, random_data* __restrict data)
{
    if (!data || !memory)
        return refuse();
    auto* numbers = reinterpret_cast<int32_t*>(memory) + 1;
    int type = numbers[-1] % types, place = numbers[-1] / types;
    if (type < 0)
        return refuse();
    if (data->state)
        keep_place(*data);
    set_type(*data, numbers, type);
    if (type != congruential) {
        data->rptr = numbers + place;
        data->fptr = numbers + (place + separation[type]) % degree[type];
    }
    return 0;
}

long random()
{
    Locked locked;
    int32_t result = 0;
    random_r(&common.data, &result);
    return result;
}

void srandom(unsigned seed)
{
    Locked locked;
    srandom_r(seed, &common.data);
}

char* initstate(unsigned seed, char* memory, size_t size)
{
    Locked locked;
    int32_t* before = common.data.state - 1;
    return initstate_r(seed, memory, size, &common.data) < 0 ? nullptr : reinterpret_cast<char*>(before);
}

char* setstate(char* memory)
{
    Locked locked;
    int32_t* before = common.data.state - 1;
    return setstate_r(memory, &common.data) < 0 ? nullptr : reinterpret_cast<char*>(before);
}

int rand()
{
    return static_cast<int>(random());
}

void srand(unsigned seed)
{
    srandom(seed);
}

int rand_r(unsigned* seed)
{
    uint32_t first = congruential_step(*seed), second = congruential_step(first), third = congruential_step(second);
    *seed = third;
    return static_cast<int>(first / 65536 % 2048 << 20 ^ second / 65536 % 1024 << 10 ^ third / 65536 % 1024);
}

}
