// SPDX-License-Identifier: MIT
// Threads, OpenMP and exceptions at once: every thread opens parallel regions, in whose iterations exceptions are thrown and caught, and
// passes on what the last one threw; the sums are known beforehand. Made to be run a thousand times: each run is short.
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <future>
#include <iostream>
#include <mutex>
#include <omp.h>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace {

constexpr int threads = 4, rounds = 6, iterations = 96, items = 400;

struct Odd : std::runtime_error {
    explicit Odd(long value) : std::runtime_error("odd " + std::to_string(value)), value(value) {}
    long value;
};

long half(long value)
{
    if (value % 2)
        throw Odd(value);
    return value / 2;
}

long halves(long seed)
{
    long sum = 0;
#pragma omp parallel for num_threads(3) schedule(dynamic, 5) reduction(+ : sum)
    for (int i = 0; i < iterations; i++) {
        try {
            sum += half(seed + i);
        } catch (const Odd& odd) {
            sum -= odd.value;
        }
    }
    return sum;
}

long halves_expected(long seed)
{
    long sum = 0;
    for (int i = 0; i < iterations; i++)
        sum += (seed + i) % 2 ? -(seed + i) : (seed + i) / 2;
    return sum;
}

// Tasks that throw: the exception is caught inside, carried out of the region and thrown on.
std::exception_ptr last_of_tasks(long seed)
{
    std::exception_ptr caught;
#pragma omp parallel num_threads(2)
#pragma omp single
    for (int i = 0; i < 8; i++) {
#pragma omp task shared(caught) firstprivate(i)
        try {
            half(seed + i);
        } catch (const Odd&) {
#pragma omp critical(caught)
            caught = std::current_exception();
        }
    }
    return caught;
}

int thread_body(int number)
{
    int wrong = 0;
    for (int round = 0; round < rounds; round++) {
        long seed = number * 1000L + round;
        wrong += halves(seed) != halves_expected(seed);
        try {
            std::rethrow_exception(last_of_tasks(seed));
        } catch (const Odd& odd) {
            wrong += odd.value < seed || odd.value >= seed + 8 || odd.what() != "odd " + std::to_string(odd.value);
        }
    }
    if (number % 2)
        throw Odd(number);
    return wrong;
}

int from_all_threads()
{
    std::vector<std::future<int>> results;
    for (int i = 0; i < threads; i++)
        results.push_back(std::async(std::launch::async, thread_body, i));
    int wrong = 0;
    for (int i = 0; i < threads; i++) {
        try {
            wrong += results[i].get();
            wrong += i % 2; // an odd one must have thrown
        } catch (const Odd& odd) {
            wrong += odd.value != i || i % 2 == 0;
        }
    }
    return wrong;
}

// A bounded queue between two threads that sleep in turn; the consumer ends by an exception, which the producer's thread sees.
long through_a_queue()
{
    std::mutex mutex;
    std::condition_variable changed;
    std::deque<long> queue;
    long sum = 0;
    std::exception_ptr end;
    std::thread consumer([&] {
        try {
            for (;;) {
                std::unique_lock lock(mutex);
                changed.wait(lock, [&] { return !queue.empty(); });
                long value = queue.front();
                queue.pop_front();
                lock.unlock();
                changed.notify_all();
                if (value < 0)
                    throw std::out_of_range("end");
                sum += value;
            }
        } catch (...) {
            end = std::current_exception();
        }
    });
    for (long i = 0; i <= items; i++) {
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return queue.size() < 3; });
        queue.push_back(i == items ? -1 : i);
        lock.unlock();
        changed.notify_all();
    }
    consumer.join();
    try {
        std::rethrow_exception(end);
    } catch (const std::out_of_range&) {
        return sum;
    }
}

}

int main()
{
    int wrong = from_all_threads();
    std::cout << "threads, regions, exceptions: " << wrong << " wrong\n";
    long sum = through_a_queue();
    std::cout << "queue: " << sum << '\n';
    return wrong || sum != items * (items - 1L) / 2;
}
