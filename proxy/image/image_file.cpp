// SPDX-License-Identifier: MIT
// Opening the program with the messages a shell would give, and copying its segments.
#include "image/image_file.hpp"

#include "base/failure.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

namespace skl {
namespace {

Descriptor open_program(const std::string& path)
{
    Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file)
        return file;
    int error = errno;
    int status = error == ENOENT || error == ENOTDIR ? exit_not_found : exit_not_executable;
    throw Failure(status, fmt::format("{}: {}", path, errno_text(error)));
}

std::span<const std::byte> map_program(const std::string& path)
{
    Descriptor file = open_program(path);
    struct stat status{};
    if (::fstat(file.number(), &status) != 0 || !S_ISREG(status.st_mode))
        throw Failure(exit_not_executable, fmt::format("{}: not a regular file", path));
    auto size = static_cast<std::size_t>(status.st_size);
    if (size == 0)
        throw Failure(exit_not_executable, fmt::format("{}: the file is empty", path));
    void* at = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.number(), 0);
    if (at == MAP_FAILED)
        throw Failure(exit_not_executable, fmt::format("{}: cannot be mapped: {}", path, errno_text(errno)));
    return {static_cast<const std::byte*>(at), size};
}

}

ImageFile::ImageFile(const std::string& path) : bytes_(map_program(path)), path_(path)
{
    image_ = check_image(bytes_, path);
}

ImageFile::~ImageFile()
{
    ::munmap(const_cast<std::byte*>(bytes_.data()), bytes_.size());
}

void ImageFile::load() const
{
    for (const Segment& segment : image_.segments)
        std::memcpy(reinterpret_cast<void*>(segment.address), bytes_.data() + segment.file_offset, segment.file_size);
}

}
