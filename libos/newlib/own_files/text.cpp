// SPDX-License-Identifier: MIT
// Growing by doubling.
#include "own_files/text.hpp"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

namespace libos {

Text::~Text()
{
    free(begin_);
}

char* Text::reserve(size_t length)
{
    if (length > room_ - size_) {
        size_t room = room_ ? room_ : 256;
        while (room < size_ + length)
            room *= 2;
        auto* larger = static_cast<char*>(realloc(begin_, room));
        if (!larger) {
            complete_ = false;
            return nullptr;
        }
        begin_ = larger;
        room_ = room;
    }
    return begin_ + size_;
}

void Text::use(size_t length)
{
    size_ += length;
}

void Text::add(const char* text, size_t length)
{
    char* to = reserve(length);
    if (!to || length == 0)
        return;
    memcpy(to, text, length);
    size_ += length;
}

void Text::add(const char* text)
{
    add(text, strlen(text));
}

void Text::print(const char* format, ...)
{
    char line[256];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    if (length < 0 || static_cast<size_t>(length) >= sizeof line)
        complete_ = false;
    else
        add(line, static_cast<size_t>(length));
}

}
