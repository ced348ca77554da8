// SPDX-License-Identifier: MIT
// The library kernel's lock: one holder at a time, who sees what the last one did (ThreadSanitizer looks at that).
#include "sync/spinlock.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace {

TEST(SpinlockThreaded, GuardsPlainData)
{
    constexpr int threads = 3, rounds = 5000;
    skl::Spinlock lock;
    int plain = 0;
    std::vector<std::thread> workers;
    for (int i = 0; i < threads; ++i)
        workers.emplace_back([&] {
            for (int round = 0; round < rounds; ++round) {
                lock.lock();
                ++plain;
                lock.unlock();
                if (round % 64 == 0)
                    std::this_thread::yield();
            }
        });
    for (std::thread& worker : workers)
        worker.join();
    EXPECT_EQ(plain, threads * rounds);
}

} // namespace
