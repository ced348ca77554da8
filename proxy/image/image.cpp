// SPDX-License-Identifier: MIT
// The rules for a program file (docs/abi.md, "Files"). Every field of the file is hostile: copied out once, compared before used.
#include "image/image.hpp"

#include "base/failure.hpp"

#include <skellig/address.h>
#include <skellig/call.h>
#include <skellig/note.h>

#include <elf.h>
#include <fmt/format.h>

#include <cstring>
#include <optional>

namespace skl {
namespace {

using Bytes = std::span<const std::byte>;

constexpr std::uint64_t page_mask = SKL_PAGE_SIZE - 1;
constexpr std::uint64_t extent_mask = SKL_EXTENT_ALIGN - 1;
constexpr const char* build_hint = "build it with x86_64-hermit-gcc";
constexpr unsigned char osabi_standalone = 0xff;

template <typename T> std::optional<T> read_at(Bytes bytes, std::uint64_t offset)
{
    if (offset > bytes.size() || bytes.size() - offset < sizeof(T))
        return std::nullopt;
    T value;
    std::memcpy(&value, bytes.data() + offset, sizeof value);
    return value;
}

[[noreturn]] void refuse(const std::string& name, const std::string& cause, const std::string& hint = build_hint)
{
    throw Failure(exit_not_executable, fmt::format("{}: {}", name, cause), hint);
}

Elf64_Ehdr checked_header(Bytes file, const std::string& name)
{
    auto header = read_at<Elf64_Ehdr>(file, 0);
    if (file.size() < SELFMAG || std::memcmp(file.data(), ELFMAG, SELFMAG) != 0)
        refuse(name, "not an ELF file");
    if (!header)
        refuse(name, "the ELF header is cut off");
    if (header->e_ident[EI_CLASS] != ELFCLASS64 || header->e_ident[EI_DATA] != ELFDATA2LSB)
        refuse(name, "not a 64-bit little-endian ELF file");
    if (header->e_ident[EI_OSABI] != SKL_ELFOSABI_HERMIT && header->e_ident[EI_OSABI] != osabi_standalone)
        refuse(name, fmt::format("EI_OSABI is {:#x}: not a HermitCore program", header->e_ident[EI_OSABI]));
    if (header->e_machine != EM_X86_64)
        refuse(name, fmt::format("e_machine is {}: not an x86-64 program", header->e_machine));
    if (header->e_type != ET_EXEC)
        refuse(name, fmt::format("e_type is {}: not an executable linked at a fixed address", header->e_type));
    return *header;
}

std::vector<Elf64_Phdr> program_headers(Bytes file, const Elf64_Ehdr& header, const std::string& name)
{
    if (header.e_phentsize != sizeof(Elf64_Phdr) || header.e_phnum == 0 || header.e_phnum == PN_XNUM)
        refuse(name, "no usable program headers");
    std::vector<Elf64_Phdr> headers;
    for (std::uint64_t i = 0; i < header.e_phnum; i++) {
        if (header.e_phoff > file.size())
            refuse(name, "the program headers lie outside the file");
        auto one = read_at<Elf64_Phdr>(file, header.e_phoff + i * sizeof(Elf64_Phdr));
        if (!one)
            refuse(name, "the program headers lie outside the file");
        headers.push_back(*one);
    }
    return headers;
}

void check_static(const std::vector<Elf64_Phdr>& headers, const std::string& name)
{
    for (const auto& header : headers)
        if (header.p_type == PT_INTERP || header.p_type == PT_DYNAMIC)
            refuse(name, "dynamically linked", "link it with x86_64-hermit-gcc, which links statically");
}

constexpr std::uint64_t align4(std::uint64_t value)
{
    return (value + 3) & ~std::uint64_t{3};
}

// The note of ours in one PT_NOTE segment.
std::optional<skl_note> find_note(Bytes notes)
{
    for (std::uint64_t at = 0;;) {
        auto note = read_at<Elf64_Nhdr>(notes, at);
        if (!note)
            return std::nullopt;
        std::uint64_t name_at = at + sizeof *note;
        std::uint64_t value_at = name_at + align4(note->n_namesz);
        auto name = read_at<std::array<char, sizeof SKL_NOTE_NAME>>(notes, name_at);
        if (name && note->n_namesz == name->size() && note->n_type == SKL_NOTE_TYPE && note->n_descsz == sizeof(skl_note)
            && std::memcmp(name->data(), SKL_NOTE_NAME, name->size()) == 0)
            return read_at<skl_note>(notes, value_at);
        at = value_at + align4(note->n_descsz);
    }
}

void check_note(Bytes file, const std::vector<Elf64_Phdr>& headers, const std::string& name)
{
    for (const auto& header : headers) {
        if (header.p_type != PT_NOTE || header.p_offset > file.size() || header.p_filesz > file.size() - header.p_offset)
            continue;
        auto note = find_note(file.subspan(header.p_offset, header.p_filesz));
        if (!note)
            continue;
        if (note->revision != SKL_ABI_REVISION)
            refuse(name, fmt::format("linked for ABI revision {}, this proxy has {}", note->revision, SKL_ABI_REVISION),
                   "link it again with this version's x86_64-hermit-gcc");
        return;
    }
    refuse(name, "no Skellig note: a genuine HermitCore image with a ring-0 kernel of its own, or a foreign file",
           "link it with this version's x86_64-hermit-gcc");
}

std::uint32_t rights_of(std::uint32_t flags)
{
    return (flags & PF_R ? SKL_RIGHT_READ : 0) | (flags & PF_W ? SKL_RIGHT_WRITE : 0) | (flags & PF_X ? SKL_RIGHT_EXECUTE : 0);
}

void check_segment(Bytes file, const Elf64_Phdr& header, std::size_t number, const std::string& name)
{
    if (header.p_filesz > header.p_memsz)
        refuse(name, fmt::format("segment {}: larger in the file than in memory", number));
    if (header.p_offset > file.size() || header.p_filesz > file.size() - header.p_offset)
        refuse(name, fmt::format("segment {}: lies outside the file", number), "the file is cut off; copy or link it again");
    if (header.p_vaddr < SKL_IMAGE_MIN || header.p_vaddr >= SKL_IMAGE_MAX || header.p_memsz > SKL_IMAGE_MAX - header.p_vaddr)
        refuse(name, fmt::format("segment {}: {:#x}+{:#x} is outside the image range {:#x}-{:#x}", number, header.p_vaddr,
                                 header.p_memsz, SKL_IMAGE_MIN, SKL_IMAGE_MAX));
    if ((header.p_flags & PF_W) && (header.p_flags & PF_X))
        refuse(name, fmt::format("segment {}: both writable and executable", number), "link it without -N and without -z wxneeded");
}

std::vector<Segment> checked_segments(Bytes file, const std::vector<Elf64_Phdr>& headers, const std::string& name)
{
    std::vector<Segment> segments;
    for (std::size_t i = 0; i < headers.size(); i++) {
        const Elf64_Phdr& header = headers[i];
        if (header.p_type != PT_LOAD || header.p_memsz == 0)
            continue;
        check_segment(file, header, i, name);
        Segment segment{header.p_vaddr, header.p_memsz, header.p_offset, header.p_filesz, rights_of(header.p_flags)};
        if (!segments.empty() && segment.page_begin() < segments.back().page_end())
            refuse(name, fmt::format("segment {}: overlaps the one before it", i));
        segments.push_back(segment);
    }
    if (segments.empty())
        refuse(name, "nothing to load");
    if (segments.size() > SKL_MAX_SEGMENTS)
        refuse(name, fmt::format("{} segments to load, at most {} are possible", segments.size(), SKL_MAX_SEGMENTS));
    return segments;
}

void check_entry(const Image& image, const std::string& name)
{
    for (const Segment& segment : image.segments)
        if ((segment.rights & SKL_RIGHT_EXECUTE) && image.entry >= segment.address
            && image.entry - segment.address < segment.memory_size)
            return;
    refuse(name, fmt::format("the entry point {:#x} is not in an executable segment", image.entry));
}

}

std::uint64_t Segment::page_begin() const
{
    return address & ~page_mask;
}

std::uint64_t Segment::page_end() const
{
    return (address + memory_size + page_mask) & ~page_mask;
}

std::uint64_t Image::extent_base() const
{
    return begin() & ~extent_mask;
}

std::uint64_t Image::extent_size() const
{
    return ((end() + extent_mask) & ~extent_mask) - extent_base();
}

Image check_image(Bytes file, const std::string& name)
{
    Elf64_Ehdr header = checked_header(file, name);
    auto headers = program_headers(file, header, name);
    check_static(headers, name);
    check_note(file, headers, name);
    Image image{header.e_entry, checked_segments(file, headers, name)};
    check_entry(image, name);
    return image;
}

}
