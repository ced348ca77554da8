// SPDX-License-Identifier: MIT
// C++ exceptions, in threads and across them, RTTI, destructors on cancellation.
#include <atomic>
#include <exception>
#include <future>
#include <iostream>
#include <mutex>
#include <pthread.h>
#include <stdexcept>
#include <string>
#include <thread>
#include <typeinfo>
#include <unistd.h>
#include <vector>

namespace {

struct Base {
    virtual ~Base() = default;
};
struct Derived : Base {};

std::atomic<int> alive{0};
struct Guard {
    Guard() { ++alive; }
    ~Guard() { --alive; }
};

int depth(int n)
{
    Guard guard;
    if (n == 0)
        throw std::runtime_error("bottom");
    return depth(n - 1) + 1;
}

void in_one_thread()
{
    try {
        depth(20);
    } catch (const std::exception& error) {
        std::cout << error.what() << ' ' << alive << '\n';
    }
    try {
        try {
            throw std::out_of_range("inner");
        } catch (...) {
            std::throw_with_nested(std::logic_error("outer"));
        }
    } catch (const std::exception& error) {
        std::cout << error.what();
        try {
            std::rethrow_if_nested(error);
        } catch (const std::exception& inner) {
            std::cout << " of " << inner.what() << '\n';
        }
    }
    Base* object = new Derived;
    std::cout << (dynamic_cast<Derived*>(object) != nullptr) << ' ' << (typeid(*object) == typeid(Derived)) << '\n';
    delete object;
}

void in_many_threads()
{
    std::atomic<int> caught{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; i++)
        threads.emplace_back([&, i] {
            for (int round = 0; round < 200; round++) {
                try {
                    if (round % 2)
                        throw i;
                    depth(round % 10);
                } catch (int number) {
                    caught += number == i;
                } catch (const std::runtime_error&) {
                    ++caught;
                }
            }
        });
    for (auto& thread : threads)
        thread.join();
    std::cout << "caught " << caught << " alive " << alive << '\n';
}

void across_threads()
{
    auto future = std::async(std::launch::async, [] { return depth(3); });
    try {
        future.get();
    } catch (const std::runtime_error& error) {
        std::cout << "from another thread: " << error.what() << '\n';
    }
    std::once_flag once;
    for (bool fail : {true, false, false}) {
        try {
            std::call_once(once, [&] {
                if (fail)
                    throw 1;
                std::cout << "once\n";
            });
        } catch (int) {
            std::cout << "not yet\n";
        }
    }
}

void* wait_to_be_cancelled(void*)
{
    Guard guard;
    for (;;)
        pause();
}

void cancelled()
{
    pthread_t thread;
    pthread_create(&thread, nullptr, wait_to_be_cancelled, nullptr);
    while (alive == 0)
        std::this_thread::yield();
    pthread_cancel(thread);
    void* result;
    pthread_join(thread, &result);
    std::cout << "cancelled " << (result == PTHREAD_CANCELED) << " alive " << alive << '\n';
}

}

int main()
{
    in_one_thread();
    in_many_threads();
    across_threads();
    cancelled();
}
