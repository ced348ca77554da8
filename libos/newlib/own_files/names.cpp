// SPDX-License-Identifier: MIT
// By their letters alone: no file of ours is behind a symbolic link of Linux's.
#include "own_files/names.hpp"

#include <string.h>

namespace libos {
namespace {

bool is_digit(char letter)
{
    return letter >= '0' && letter <= '9';
}

// Without leading zeros; null: no number below the count.
const char* read_number(const char* text, uint32_t count, uint32_t& number)
{
    if (!is_digit(*text) || (*text == '0' && is_digit(text[1])))
        return nullptr;
    uint64_t value = 0;
    for (; is_digit(*text); text++) {
        value = value * 10 + static_cast<uint64_t>(*text - '0');
        if (value >= count)
            return nullptr;
    }
    number = static_cast<uint32_t>(value);
    return text;
}

bool is(const char* part, size_t length, const char* name)
{
    return strlen(name) == length && memcmp(part, name, length) == 0;
}

size_t without_last_part(const char* name, size_t length)
{
    while (length > 0 && name[length - 1] != '/')
        length--;
    return length > 0 ? length - 1 : 0;
}

}

bool plain_name(const char* path, char (&name)[longest_own_name])
{
    if (*path != '/')
        return false;
    size_t length = 0;
    while (*path) {
        while (*path == '/')
            path++;
        size_t part = strcspn(path, "/");
        if (is(path, part, "..")) {
            length = without_last_part(name, length);
        } else if (part > 0 && !is(path, part, ".")) {
            if (part + 2 > sizeof name - length)
                return false;
            name[length++] = '/';
            memcpy(name + length, path, part);
            length += part;
        }
        path += part;
    }
    name[length] = '\0';
    return below(name, "/proc") || below(name, "/sys");
}

bool matches(const char* pattern, size_t pattern_length, const char* name, uint32_t count, uint32_t& number)
{
    number = 0;
    for (const char* end = pattern + pattern_length; pattern != end; pattern++) {
        if (*pattern == '#') {
            name = read_number(name, count, number);
            if (!name)
                return false;
        } else if (*name++ != *pattern) {
            return false;
        }
    }
    return *name == '\0';
}

const char* below(const char* name, const char* folder)
{
    size_t length = strlen(folder);
    bool is_below = strncmp(name, folder, length) == 0 && (name[length] == '/' || name[length] == '\0');
    return is_below ? name + length : nullptr;
}

bool numbered(const char* name, const char* beginning)
{
    size_t length = strlen(beginning);
    return strncmp(name, beginning, length) == 0 && is_digit(name[length]);
}

}
