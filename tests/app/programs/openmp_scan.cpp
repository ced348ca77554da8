// SPDX-License-Identifier: MIT
// reduction(inscan) and scan: prefix sums of all kinds, sizes and team sizes; and lastprivate(conditional) of sections, which needs
// memory of its construct, too. Regions nest, and constructs of a team follow each other without a barrier.
#include <cstdint>
#include <iostream>
#include <omp.h>
#include <vector>

namespace {

struct Matrix { // a product of these does not commute: order matters
    std::uint64_t a = 1, b = 0, c = 0, d = 1;
    Matrix operator*(const Matrix& other) const
    {
        return {a * other.a + b * other.c, a * other.b + b * other.d, c * other.a + d * other.c, c * other.b + d * other.d};
    }
    bool operator==(const Matrix&) const = default;
};
#pragma omp declare reduction(product : Matrix : omp_out = omp_out * omp_in) initializer(omp_priv = Matrix{})

long sums(int size, int threads)
{
    std::vector<std::uint64_t> value(size), inclusive(size), exclusive(size);
    for (int i = 0; i < size; i++)
        value[i] = i * 2654435761u % 1000;
    std::uint64_t sum = 7, before = 3;
#pragma omp parallel for reduction(inscan, + : sum) num_threads(threads)
    for (int i = 0; i < size; i++) {
        sum += value[i];
#pragma omp scan inclusive(sum)
        inclusive[i] = sum;
    }
#pragma omp parallel num_threads(threads)
#pragma omp for reduction(inscan, + : before)
    for (int i = 0; i < size; i++) {
        exclusive[i] = before;
#pragma omp scan exclusive(before)
        before += value[i];
    }
    long wrong = 0;
    std::uint64_t expected = 0;
    for (int i = 0; i < size; i++) {
        wrong += exclusive[i] != expected + 3;
        expected += value[i];
        wrong += inclusive[i] != expected + 7;
    }
    return wrong + (sum != expected + 7) + (before != expected + 3);
}

long products(int size, int threads)
{
    std::vector<Matrix> value(size), prefix(size);
    for (int i = 0; i < size; i++)
        value[i] = {static_cast<std::uint64_t>(i), 1, 1, 0};
    Matrix all;
#pragma omp parallel for reduction(inscan, product : all) num_threads(threads)
    for (int i = 0; i < size; i++) {
        all = all * value[i];
#pragma omp scan inclusive(all)
        prefix[i] = all;
    }
    long wrong = 0;
    Matrix expected;
    for (int i = 0; i < size; i++) {
        expected = expected * value[i];
        wrong += prefix[i] != expected;
    }
    return wrong + (all != expected);
}

// Two constructs with memory in one region, one behind the other, and regions inside.
long repeated(int threads)
{
    std::vector<int> first(300), second(300);
    int one = 0, two = 0;
    long nested = 0;
#pragma omp parallel num_threads(threads) reduction(+ : nested)
    for (int round = 0; round < 50; round++) {
#pragma omp single
        one = two = 0;
#pragma omp for reduction(inscan, + : one)
        for (int i = 0; i < 300; i++) {
            one += i;
#pragma omp scan inclusive(one)
            first[i] = one;
        }
#pragma omp for reduction(inscan, max : two)
        for (int i = 0; i < 300; i++) {
            two = two > i ? two : i;
#pragma omp scan inclusive(two)
            second[i] = two;
        }
        if (round % 10 == 0)
            nested += sums(40, 2);
    }
    long wrong = nested;
    for (int i = 0; i < 300; i++)
        wrong += (first[i] != i * (i + 1) / 2) + (second[i] != i);
    return wrong;
}

int last_of_sections(int threads, int which)
{
    int last = -1;
#pragma omp parallel num_threads(threads)
#pragma omp sections lastprivate(conditional : last)
    {
#pragma omp section
        if (which & 1)
            last = 1;
#pragma omp section
        if (which & 2)
            last = 2;
#pragma omp section
        if (which & 4)
            last = 3;
    }
    return last;
}

// The value of the last iteration, in the order of the loop, that has given one.
int last_of_loop(int size, int step)
{
    int last = -1;
#pragma omp parallel num_threads(3)
#pragma omp for schedule(dynamic, 4) lastprivate(conditional : last)
    for (int i = 0; i < size; i++)
        if (i % step == 1)
            last = i;
    return last;
}

}

int main()
{
    for (int threads = 1; threads <= 4; threads++)
        for (int size : {0, 1, 2, 5, 1000, 100003})
            std::cout << "sums of " << size << " by " << threads << ": " << sums(size, threads) << " wrong\n";
    for (int threads : {1, 3})
        std::cout << "products by " << threads << ": " << products(2000, threads) << " wrong\n";
    omp_set_max_active_levels(2);
    std::cout << "repeated: " << repeated(3) << " wrong\n";
    for (int which = 1; which < 8; which++)
        std::cout << "sections " << which << ": " << last_of_sections(2, which) << '\n';
    std::cout << "loop: " << last_of_loop(1000, 17) << ' ' << last_of_loop(5, 9) << '\n';
}
