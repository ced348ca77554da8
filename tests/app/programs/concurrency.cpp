// SPDX-License-Identifier: MIT
// C++20's threads: atomics that wait, latches, barriers, semaphores, stop tokens, shared locks, thread-local objects.
#include <atomic>
#include <barrier>
#include <condition_variable>
#include <iostream>
#include <latch>
#include <mutex>
#include <semaphore>
#include <shared_mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace {

std::atomic<int> ended{0};
struct Local {
    std::string text = "local";
    ~Local() { ended += text == "local!"; }
};
thread_local Local local;

void atomics()
{
    std::atomic<int> turn{0};
    std::jthread other([&] {
        for (int i = 0; i < 2000; i++) {
            turn.wait(2 * i);
            turn = 2 * i + 2;
            turn.notify_one();
        }
    });
    for (int i = 0; i < 2000; i++) {
        turn = 2 * i + 1;
        turn.notify_one();
        turn.wait(2 * i + 1);
    }
    std::cout << "turns " << turn << '\n';
}

void meeting()
{
    constexpr int threads = 5;
    std::latch ready(threads);
    int completions = 0, sum = 0;
    std::barrier step(threads, [&]() noexcept { ++completions; });
    std::counting_semaphore<2> two(2);
    std::atomic<int> inside{0}, most{0};
    std::mutex mutex;
    std::vector<std::jthread> all;
    for (int i = 0; i < threads; i++)
        all.emplace_back([&, i] {
            local.text += '!';
            ready.count_down();
            for (int round = 0; round < 100; round++) {
                step.arrive_and_wait();
                two.acquire();
                int now = ++inside;
                for (int before = most; now > before && !most.compare_exchange_weak(before, now);) {
                }
                --inside;
                two.release();
                std::scoped_lock lock(mutex);
                sum += i;
            }
        });
    ready.wait();
    all.clear();
    std::cout << "completions " << completions << " sum " << sum << " within " << (most <= 2) << " ended " << ended << '\n';
}

void stopping()
{
    std::condition_variable_any changed;
    std::mutex mutex;
    bool never = false;
    std::jthread waiting([&](std::stop_token token) {
        std::unique_lock lock(mutex);
        std::cout << "stopped: " << !changed.wait(lock, token, [&] { return never; }) << '\n';
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    waiting.request_stop();
    waiting.join();
    std::shared_timed_mutex shared;
    std::shared_lock first(shared), second(shared);
    std::cout << "writer waits: " << !shared.try_lock_for(std::chrono::milliseconds(2)) << '\n';
    std::condition_variable condition;
    std::unique_lock lock(mutex);
    std::cout << "timeout: " << (condition.wait_for(lock, std::chrono::milliseconds(2)) == std::cv_status::timeout) << '\n';
}

}

int main()
{
    atomics();
    meeting();
    stopping();
}
