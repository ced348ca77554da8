// SPDX-License-Identifier: MIT
// memcpy, memmove and memset of the isle's libc: every length around their thresholds, every alignment, never a byte beyond.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <sys/mman.h>
#include <vector>

extern "C" void* isle_memcpy(void* to, const void* from, std::size_t size);
extern "C" void* isle_memmove(void* to, const void* from, std::size_t size);
extern "C" void* isle_memset(void* to, int value, std::size_t size);

namespace {

constexpr std::size_t page = 4096;

// Two pages with unmapped ones on both sides: a byte read or written beyond faults.
class Fenced {
public:
    Fenced()
    {
        void* area = mmap(nullptr, 4 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        EXPECT_NE(area, MAP_FAILED);
        begin_ = static_cast<unsigned char*>(area) + page;
        EXPECT_EQ(mprotect(begin_, size(), PROT_READ | PROT_WRITE), 0);
    }
    ~Fenced() { munmap(begin_ - page, 4 * page); }
    Fenced(const Fenced&) = delete;
    Fenced& operator=(const Fenced&) = delete;

    static constexpr std::size_t size() { return 2 * page; }
    unsigned char* begin() const { return begin_; }
    unsigned char* end() const { return begin_ + size(); }

private:
    unsigned char* begin_ = nullptr;
};

std::vector<std::size_t> lengths()
{
    std::vector<std::size_t> all;
    for (std::size_t length = 0; length <= 300; ++length)
        all.push_back(length);
    for (std::size_t length : {511u, 1024u, 2047u, 2048u, 2049u, 2055u, 4096u, 4103u, 8192u})
        all.push_back(length);
    return all;
}

void fill(unsigned char* begin, std::size_t size, unsigned seed)
{
    for (std::size_t i = 0; i < size; ++i)
        begin[i] = static_cast<unsigned char>((i + seed) * 2654435761u >> 24);
}

TEST(Memcpy, CopiesExactlyItsBytesAtEveryAlignment)
{
    std::vector<unsigned char> from(8192 + 64), to(8192 + 64), expected;
    fill(from.data(), from.size(), 1);
    for (std::size_t length : lengths()) {
        for (std::size_t shift = 0; shift < 17; ++shift) {
            fill(to.data(), to.size(), 2);
            expected = to;
            std::memcpy(expected.data() + shift, from.data() + 16 - shift, length);
            ASSERT_EQ(isle_memcpy(to.data() + shift, from.data() + 16 - shift, length), to.data() + shift);
            ASSERT_EQ(to, expected) << length << " bytes at " << shift;
        }
    }
}

TEST(Memcpy, TouchesNothingBeyondItsEnds)
{
    Fenced from, to;
    fill(from.begin(), from.size(), 3);
    for (std::size_t length : lengths()) {
        isle_memcpy(to.begin(), from.begin(), length);
        ASSERT_EQ(std::memcmp(to.begin(), from.begin(), length), 0);
        isle_memcpy(to.end() - length, from.end() - length, length);
        ASSERT_EQ(std::memcmp(to.end() - length, from.end() - length, length), 0);
    }
}

TEST(Memmove, MovesUpAndDownByAnyDistance)
{
    std::vector<unsigned char> before(8192 + 3 * 2100), moved, expected;
    fill(before.data(), before.size(), 5);
    for (std::size_t length : lengths()) {
        for (std::size_t distance : {0u, 1u, 3u, 7u, 8u, 9u, 15u, 16u, 17u, 31u, 64u, 65u, 100u, 2047u, 2100u}) {
            for (bool up : {true, false}) {
                std::size_t from = 2100, to = up ? from + distance : from - distance;
                moved = expected = before;
                std::memmove(expected.data() + to, expected.data() + from, length);
                ASSERT_EQ(isle_memmove(moved.data() + to, moved.data() + from, length), moved.data() + to);
                ASSERT_EQ(moved, expected) << length << " bytes from " << from << " to " << to;
            }
        }
    }
}

TEST(Memmove, TouchesNothingBeyondItsEnds)
{
    Fenced area;
    for (std::size_t length : lengths()) {
        std::size_t distance = std::min<std::size_t>(area.size() - length, 5);
        fill(area.begin(), area.size(), 6);
        isle_memmove(area.begin() + distance, area.begin(), length);
        isle_memmove(area.end() - length, area.end() - length - distance, length);
        isle_memmove(area.begin(), area.begin() + distance, length);
    }
}

TEST(Memset, FillsExactlyItsBytesAtEveryAlignment)
{
    std::vector<unsigned char> to(8192 + 64), expected;
    for (std::size_t length : lengths()) {
        for (std::size_t shift = 0; shift < 17; ++shift) {
            fill(to.data(), to.size(), 4);
            expected = to;
            std::memset(expected.data() + shift, 0x1a5, length);
            ASSERT_EQ(isle_memset(to.data() + shift, 0x1a5, length), to.data() + shift);
            ASSERT_EQ(to, expected) << length << " bytes at " << shift;
        }
    }
}

TEST(Memset, TouchesNothingBeyondItsEnds)
{
    Fenced to;
    for (std::size_t length : lengths()) {
        isle_memset(to.begin(), 0, length);
        isle_memset(to.end() - length, -1, length);
        ASSERT_TRUE(length == 0 || to.end()[-1] == 0xff);
    }
}

}
