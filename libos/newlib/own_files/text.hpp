// SPDX-License-Identifier: MIT
// Text that grows while it is written.
#pragma once

#include <stddef.h>

namespace libos {

// Out of memory it keeps what it has and says so in the end.
class Text {
public:
    Text() = default;
    ~Text();
    Text(const Text&) = delete;
    Text& operator=(const Text&) = delete;

    void add(const char* text, size_t length);
    void add(const char* text);
    [[gnu::format(printf, 2, 3)]] void print(const char* format, ...);
    // Room for a reader: so many bytes behind what there is, or null; then how many of them it has used.
    char* reserve(size_t length);
    void use(size_t length);

    const char* begin() const { return begin_; }
    size_t size() const { return size_; }
    bool complete() const { return complete_; }

private:
    char* begin_ = nullptr;
    size_t size_ = 0, room_ = 0;
    bool complete_ = true;
};

// The line at the front of [text, end), with its line feed if it has one.
inline size_t line_length(const char* text, const char* end)
{
    const char* at = text;
    while (at != end && *at != '\n')
        at++;
    return static_cast<size_t>(at - text) + (at != end);
}

}
