// SPDX-License-Identifier: MIT
// Thread-specific data. A key that is deleted leaves its values behind; the generation tells them from those of a later key.
#include "pthread.hpp"

#include <errno.h>
#include <kernel/lock.h>
#include <stdlib.h>

using namespace libos;

namespace {

struct Key {
    uint32_t generation; // odd: in use
    void (*destructor)(void*);
};
Key keys[PTHREAD_KEYS_MAX];
skl_lock lock; // over creating and deleting
pthread_key_t keys_made; // all that were ever in use are below; never less than what a thread may have values of

bool used(uint32_t generation)
{
    return generation & 1;
}

uint32_t generation_of(pthread_key_t key)
{
    return __atomic_load_n(&keys[key].generation, __ATOMIC_ACQUIRE);
}

KeyValue* value_of(pthread_key_t key)
{
    if (key < first_keys)
        return &self.keys[key];
    return self.more_keys ? &self.more_keys[key - first_keys] : nullptr;
}

bool destroy_value(pthread_key_t key)
{
    KeyValue* value = value_of(key);
    if (!value || !value->value)
        return false;
    void* old = value->value;
    value->value = nullptr;
    uint32_t generation = generation_of(key);
    auto* destructor = keys[key].destructor;
    if (!used(generation) || value->generation != generation || !destructor)
        return false;
    destructor(old);
    return true;
}

}

namespace libos {

// A destructor may set values again, so several rounds.
void destroy_keys()
{
    for (int round = 0; round < PTHREAD_DESTRUCTOR_ITERATIONS; round++) {
        bool any = false;
        pthread_key_t made = __atomic_load_n(&keys_made, __ATOMIC_RELAXED);
        pthread_key_t count = self.more_keys || made < first_keys ? made : first_keys;
        for (pthread_key_t key = 0; key < count; key++)
            any |= destroy_value(key);
        if (!any)
            break;
    }
    free(self.more_keys);
    self.more_keys = nullptr;
}

}

extern "C" {

int pthread_key_create(pthread_key_t* made, void (*destructor)(void*))
{
    int was_masked = skl_lock_take(&lock);
    for (pthread_key_t key = 0; key < PTHREAD_KEYS_MAX; key++) {
        if (!used(keys[key].generation)) {
            keys[key].destructor = destructor;
            __atomic_add_fetch(&keys[key].generation, 1, __ATOMIC_RELEASE);
            if (key >= keys_made)
                __atomic_store_n(&keys_made, key + 1, __ATOMIC_RELAXED);
            skl_lock_give(&lock, was_masked);
            *made = key;
            return 0;
        }
    }
    skl_lock_give(&lock, was_masked);
    return EAGAIN;
}

int pthread_key_delete(pthread_key_t key)
{
    if (key >= PTHREAD_KEYS_MAX)
        return EINVAL;
    int was_masked = skl_lock_take(&lock);
    bool in_use = used(keys[key].generation);
    if (in_use)
        __atomic_add_fetch(&keys[key].generation, 1, __ATOMIC_RELEASE);
    skl_lock_give(&lock, was_masked);
    return in_use ? 0 : EINVAL;
}

// libgcc takes this name as the sign of a program that may have threads, and then calls others by weak references, which link nothing:
// so they come with this one.
[[gnu::used, gnu::retain]] void* const skl_pthread_called_weakly[] = {
    reinterpret_cast<void*>(&pthread_once), reinterpret_cast<void*>(&pthread_mutex_lock), reinterpret_cast<void*>(&pthread_mutex_unlock)};

int __pthread_key_create(pthread_key_t* key, void (*destructor)(void*))
{
    return pthread_key_create(key, destructor);
}

int pthread_setspecific(pthread_key_t key, const void* value)
{
    if (key >= PTHREAD_KEYS_MAX || !used(generation_of(key)))
        return EINVAL;
    if (key >= first_keys && !self.more_keys) {
        if (!value)
            return 0;
        self.more_keys = static_cast<KeyValue*>(calloc(PTHREAD_KEYS_MAX - first_keys, sizeof(KeyValue)));
        if (!self.more_keys)
            return ENOMEM;
    }
    *value_of(key) = {generation_of(key), const_cast<void*>(value)};
    return 0;
}

void* pthread_getspecific(pthread_key_t key)
{
    if (key >= PTHREAD_KEYS_MAX)
        return nullptr;
    KeyValue* value = value_of(key);
    return value && value->generation == generation_of(key) ? value->value : nullptr;
}

}
