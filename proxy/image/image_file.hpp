// SPDX-License-Identifier: MIT
// The program file: opened and mapped once, checked, and copied to where it was linked.
#pragma once

#include "base/descriptor.hpp"
#include "image/image.hpp"

#include <string>

namespace skl {

class ImageFile {
public:
    // Throws Failure: 127 if there is no such file, 126 if it is not ours to run.
    explicit ImageFile(const std::string& path);
    ~ImageFile();
    ImageFile(const ImageFile&) = delete;
    ImageFile& operator=(const ImageFile&) = delete;

    const Image& image() const { return image_; }
    const std::string& path() const { return path_; }

    // Copies each segment to its address, which is mapped and zero by now.
    void load() const;

private:
    std::span<const std::byte> bytes_;
    std::string path_;
    Image image_;
};

}
