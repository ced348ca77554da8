// SPDX-License-Identifier: MIT
// Each rule for a program file, broken once.
#include "elf_builder.hpp"

#include "base/failure.hpp"
#include "image/image.hpp"

#include <skellig/address.h>
#include <skellig/call.h>

#include <gtest/gtest.h>

#include <functional>
#include <random>

namespace skl::test {
namespace {

std::string refusal(const std::vector<std::byte>& file)
{
    try {
        check_image(file, "program");
    } catch (const Failure& failure) {
        EXPECT_EQ(failure.status(), exit_not_executable);
        EXPECT_EQ(failure.cause().rfind("program: ", 0), 0u);
        return failure.cause();
    }
    return "accepted";
}

void expect_refused(const std::string& cause, const std::function<void(ElfBuilder&)>& spoil)
{
    ElfBuilder builder;
    spoil(builder);
    EXPECT_NE(refusal(builder.bytes()).find(cause), std::string::npos) << refusal(builder.bytes());
}

TEST(CheckImage, AcceptsWhatTheToolchainLinks)
{
    Image image = check_image(ElfBuilder().bytes(), "program");
    ASSERT_EQ(image.segments.size(), 3u);
    EXPECT_EQ(image.entry, 0x801010u);
    EXPECT_EQ(image.segments[1].rights, SKL_RIGHT_READ | SKL_RIGHT_EXECUTE);
    EXPECT_EQ(image.segments[2].page_end(), 0x805000u);
    EXPECT_EQ(image.extent_base(), 0x800000u);
    EXPECT_EQ(image.extent_size(), 0x200000u);
}

TEST(CheckImage, AcceptsStandaloneOsabi)
{
    ElfBuilder builder;
    builder.header.e_ident[EI_OSABI] = 0xff;
    EXPECT_EQ(refusal(builder.bytes()), "accepted");
}

TEST(CheckImage, RefusesEveryPrefix)
{
    auto file = ElfBuilder().bytes();
    EXPECT_NE(refusal({}).find("not an ELF file"), std::string::npos);
    for (std::size_t size = 1; size < 0x2100; size += 37)
        EXPECT_NE(refusal({file.begin(), file.begin() + static_cast<std::ptrdiff_t>(size)}), "accepted") << size;
    EXPECT_NE(refusal({file.begin(), file.begin() + 40}).find("cut off"), std::string::npos);
}

TEST(CheckImage, RefusesForeignIdentification)
{
    expect_refused("not an ELF file", [](auto& elf) { elf.header.e_ident[0] = 0; });
    expect_refused("not a 64-bit", [](auto& elf) { elf.header.e_ident[EI_CLASS] = ELFCLASS32; });
    expect_refused("little-endian", [](auto& elf) { elf.header.e_ident[EI_DATA] = ELFDATA2MSB; });
    expect_refused("EI_OSABI is 0x0", [](auto& elf) { elf.header.e_ident[EI_OSABI] = ELFOSABI_SYSV; });
    expect_refused("e_machine is 183", [](auto& elf) { elf.header.e_machine = EM_AARCH64; });
    expect_refused("e_type is 3", [](auto& elf) { elf.header.e_type = ET_DYN; });
}

TEST(CheckImage, RefusesBadProgramHeaders)
{
    expect_refused("outside the file", [](auto& elf) { elf.header.e_phoff = ~0ULL; });
    expect_refused("outside the file", [](auto& elf) { elf.header.e_phoff = 0x3000 - 8; });
    expect_refused("no usable program headers", [](auto& elf) { elf.header.e_phentsize = 32; });
    expect_refused("no usable program headers", [](auto& elf) { elf.header.e_phnum = PN_XNUM; });
    expect_refused("outside the file", [](auto& elf) { elf.header.e_phnum = 0x4000; });
}

TEST(CheckImage, RefusesDynamicPrograms)
{
    expect_refused("dynamically linked", [](auto& elf) { elf.segments.push_back({PT_INTERP, PF_R, 0, 0, 0, 8, 8, 1}); });
    expect_refused("dynamically linked", [](auto& elf) { elf.segments.push_back({PT_DYNAMIC, PF_R, 0, 0, 0, 8, 8, 1}); });
}

TEST(CheckImage, RefusesMissingOrForeignNotes)
{
    expect_refused("no Skellig note", [](auto& elf) { elf.segments.erase(elf.segments.begin()); });
    expect_refused("no Skellig note", [](auto& elf) { elf.note.name[0] = 'X'; });
    expect_refused("no Skellig note", [](auto& elf) { elf.note.header.n_type = 2; });
    expect_refused("no Skellig note", [](auto& elf) { elf.note.header.n_namesz = ~0u; });
    expect_refused("no Skellig note", [](auto& elf) { elf.note.header.n_descsz = ~0u; });
    expect_refused("no Skellig note", [](auto& elf) { elf.segments[0].p_offset = ~0ULL; });
    expect_refused("revision 99", [](auto& elf) { elf.note.note.revision = 99; });
}

TEST(CheckImage, RefusesBadSegments)
{
    expect_refused("outside the image range", [](auto& elf) { elf.segments[1].p_vaddr = 0; });
    expect_refused("outside the image range", [](auto& elf) { elf.segments[3].p_vaddr = SKL_IMAGE_MAX; });
    expect_refused("outside the image range", [](auto& elf) { elf.segments[3].p_memsz = ~0ULL; });
    expect_refused("outside the file", [](auto& elf) { elf.segments[3].p_offset = 0x2f80; });
    expect_refused("outside the file", [](auto& elf) { elf.segments[3].p_offset = ~0ULL; });
    expect_refused("larger in the file", [](auto& elf) { elf.segments[3].p_memsz = 0x80; });
    expect_refused("writable and executable", [](auto& elf) { elf.segments[2].p_flags |= PF_W; });
    expect_refused("overlaps", [](auto& elf) { elf.segments[2].p_vaddr = 0x800800; });
    expect_refused("overlaps", [](auto& elf) { std::swap(elf.segments[2], elf.segments[3]); });
    expect_refused("nothing to load", [](auto& elf) { elf.segments.resize(1); });
}

TEST(CheckImage, RefusesTooManySegments)
{
    expect_refused("at most 16", [](auto& elf) {
        for (std::uint64_t i = 0; i < 16; i++)
            elf.segments.push_back({PT_LOAD, PF_R, 0, 0x900000 + i * 0x1000, 0, 0, 0x1000, 0x1000});
    });
}

TEST(CheckImage, RefusesEntryOutsideCode)
{
    expect_refused("entry point", [](auto& elf) { elf.header.e_entry = 0x800010; });
    expect_refused("entry point", [](auto& elf) { elf.header.e_entry = 0x801800; });
}

// No input may make it read outside the file: the sanitizers watch.
TEST(CheckImage, SurvivesRandomDamage)
{
    std::mt19937 random(4711);
    for (int round = 0; round < 20000; round++) {
        auto file = ElfBuilder().bytes();
        for (int i = 0; i < 4; i++)
            file[random() % 0x700] = static_cast<std::byte>(random());
        file.resize(random() % 8 ? file.size() : random() % file.size());
        try {
            Image image = check_image(file, "program");
            for (const Segment& segment : image.segments)
                EXPECT_LE(segment.file_offset + segment.file_size, file.size());
        } catch (const Failure&) {
        }
    }
}

}
}
