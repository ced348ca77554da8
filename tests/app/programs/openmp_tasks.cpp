// SPDX-License-Identifier: MIT
// Tasks as gcc makes them: events, copies, dependences, and taskloops over numbers and iterators.
#include <omp.h>

#include <atomic>
#include <cstdio>
#include <vector>

namespace {

// Bytes alone are no copy of it.
class Counted {
public:
    explicit Counted(int value) : value_(value), self_(this) { living++; }
    Counted(const Counted& other) : value_(other.value_), self_(this) { living++; }
    ~Counted() { living--; }
    Counted& operator=(const Counted& other)
    {
        value_ = other.value_;
        return *this;
    }
    int value() const { return self_ == this ? value_ : -1; }
    static inline std::atomic<int> living{0};

private:
    int value_;
    Counted* self_;
};

void copies()
{
    std::atomic<int> sum{0};
    {
        Counted one(1);
#pragma omp parallel num_threads(2)
#pragma omp single
        for (int i = 0; i < 20; i++) {
#pragma omp task firstprivate(one) if (i % 2)
            sum += one.value();
        }
#pragma omp parallel num_threads(2)
#pragma omp single
#pragma omp taskloop firstprivate(one) num_tasks(5)
        for (int i = 0; i < 100; i++)
            sum += one.value();
    }
    printf("copies: %d, living: %d\n", sum.load(), Counted::living.load());
}

void events()
{
    omp_event_handle_t first, second;
    std::atomic<int> done{0};
    int seen = -1;
#pragma omp parallel num_threads(2)
#pragma omp single
    {
#pragma omp task detach(first)
        done++;
#pragma omp task detach(second) depend(out : seen)
        {
            done++;
            omp_fulfill_event(second);
        }
#pragma omp task depend(in : seen)
        {
            seen = done;
            omp_fulfill_event(first);
        }
#pragma omp taskwait
    }
    printf("events: %d %d\n", done.load(), seen >= 1);
    done = 0;
#pragma omp parallel num_threads(2)
#pragma omp single
    {
        omp_event_handle_t here;
#pragma omp task detach(here) if (0)
        {
            done++;
            omp_fulfill_event(here);
        }
        printf("at once: %d\n", done.load());
    }
}

void objects()
{
    int value = 0;
    omp_depend_t writes, reads;
#pragma omp depobj(writes) depend(out : value)
#pragma omp depobj(reads) depend(in : value)
#pragma omp parallel num_threads(2)
#pragma omp single
    {
#pragma omp task depend(depobj : writes) shared(value)
        value = 1;
#pragma omp task depend(depobj : reads) shared(value)
        printf("after: %d\n", value);
#pragma omp task depend(iterator(int i = 0 : 3), inout : (&value)[i]) shared(value)
        value += 2;
#pragma omp task depend(mutexinoutset : value) shared(value)
        value += 4;
#pragma omp taskwait depend(in : value)
        printf("all: %d\n", value);
    }
#pragma omp depobj(writes) destroy
#pragma omp depobj(reads) destroy
}

template <typename Number>
void parts(const char* name, Number from, Number to, Number step, bool up)
{
    std::vector<int> times(400);
    int tasks = 0, sum = 0;
    Number last{};
#pragma omp parallel num_threads(2)
#pragma omp single
    {
        if (up) {
#pragma omp taskloop grainsize(7) lastprivate(last) shared(times)
            for (Number i = from; i < to; i += step) {
                times[static_cast<size_t>((i - from) / step)]++;
                last = i;
            }
#pragma omp taskloop reduction(+ : sum)
            for (Number i = from; i < to; i += step)
                sum++;
        } else {
#pragma omp taskloop num_tasks(6) lastprivate(last) shared(times)
            for (Number i = from; i > to; i -= step) {
                times[static_cast<size_t>((from - i) / step)]++;
                last = i;
            }
#pragma omp taskloop reduction(+ : sum)
            for (Number i = from; i > to; i -= step)
                sum++;
        }
    }
    for (int count : times)
        tasks += count == 1;
    printf("%s: %d %d %lld\n", name, tasks, sum, static_cast<long long>(last));
}

void iterators()
{
    std::vector<int> numbers(100, 1);
    std::atomic<int> sum{0};
#pragma omp parallel num_threads(2)
#pragma omp single
#pragma omp taskloop
    for (auto at = numbers.rbegin(); at < numbers.rend(); at += 3)
        sum += *at;
    printf("iterators: %d\n", sum.load());
}

}

int main()
{
    copies();
    events();
    objects();
    parts<int>("int", 0, 400, 1, true);
    parts<int>("int, down", 399, -1, 2, false);
    parts<int>("none", 5, 5, 1, true);
    parts<long>("long", -1000, 1000, 10, true);
    parts<unsigned long long>("unsigned", 1, 1000, 3, true);
    parts<unsigned long long>("unsigned, down", ~0ULL, ~0ULL - 900, 3, false);
    parts<unsigned long long>("unsigned, none", 3, 5, 1, false);
    iterators();
    return 0;
}
