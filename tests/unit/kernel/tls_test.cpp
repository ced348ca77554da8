// SPDX-License-Identifier: MIT
// Thread-local storage blocks end at the thread pointer, with the image's initial values and zeros behind them.
#include "thread/tls.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <vector>

namespace {

using skl::TlsImage;

struct Placed {
    Placed(const TlsImage& image, std::size_t after)
        : bytes(image.footprint(after) + image.block_alignment()), begin(bytes.data())
    {
        auto misaligned = reinterpret_cast<std::uintptr_t>(begin) % image.block_alignment();
        begin += misaligned ? image.block_alignment() - misaligned : 0;
        pointer = static_cast<char*>(image.place(begin));
    }
    std::vector<char> bytes;
    char* begin;
    char* pointer;
};

TEST(TlsImage, InitialValuesAreFollowedByZeroUpToTheThreadPointer)
{
    const char initial[] = {'a', 'b', 'c'};
    TlsImage image{initial, 3, 8, 8};
    Placed placed(image, 64);
    EXPECT_EQ(std::memcmp(placed.pointer - 8, "abc\0\0\0\0\0", 8), 0);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(placed.pointer) % 64, 0u);
    EXPECT_GE(placed.pointer - 8, placed.begin);
}

TEST(TlsImage, SizeIsRoundedUpToItsOwnAlignmentAsTheLinkerDoes)
{
    const char initial[] = {'x'};
    TlsImage image{initial, 1, 5, 16};
    Placed placed(image, 0);
    EXPECT_EQ(placed.pointer[-16], 'x');
}

TEST(TlsImage, LargeAlignmentHoldsForTheThreadPointer)
{
    const char initial[] = {'x'};
    TlsImage image{initial, 1, 300, 256};
    EXPECT_EQ(image.block_alignment(), 256u);
    Placed placed(image, 32);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(placed.pointer) % 256, 0u);
    EXPECT_EQ(placed.pointer[-512], 'x');
    EXPECT_GE(image.footprint(32), 512u + 32u);
}

TEST(TlsImage, AProgramWithoutTlsNeedsOnlyTheThread)
{
    TlsImage image;
    EXPECT_EQ(image.footprint(128), 128u);
}

TEST(TlsImage, IsFoundInTheProgramHeaders)
{
    struct {
        Elf64_Ehdr header;
        Elf64_Phdr segment[2];
    } file{};
    file.header.e_phoff = offsetof(decltype(file), segment);
    file.header.e_phnum = 2;
    file.segment[0].p_type = PT_LOAD;
    EXPECT_EQ(TlsImage::of(file.header).size, 0u);
    file.segment[1] = {PT_TLS, 0, 0, 0x812340, 0, 24, 100, 0};
    TlsImage image = TlsImage::of(file.header);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(image.begin), 0x812340u);
    EXPECT_EQ(image.file_size, 24u);
    EXPECT_EQ(image.size, 100u);
    EXPECT_EQ(image.alignment, 1u);
}

} // namespace
