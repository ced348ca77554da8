// SPDX-License-Identifier: MIT
// Reading and writing small text files with plain descriptors, so that errno tells what happened.
#include "base/read_file.hpp"

#include "base/descriptor.hpp"

#include <cerrno>
#include <fcntl.h>

namespace skl {

std::optional<std::string> read_text(const std::string& path)
{
    Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file)
        return std::nullopt;
    std::string text;
    char piece[4096];
    for (;;) {
        ssize_t done = ::read(file.number(), piece, sizeof piece);
        if (done < 0)
            return std::nullopt;
        if (done == 0)
            return text;
        text.append(piece, static_cast<std::size_t>(done));
    }
}

int write_text(const std::string& path, const std::string& text)
{
    Descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
    if (!file)
        return errno;
    ssize_t done = ::write(file.number(), text.data(), text.size());
    return done == static_cast<ssize_t>(text.size()) ? 0 : done < 0 ? errno : EIO;
}

}
