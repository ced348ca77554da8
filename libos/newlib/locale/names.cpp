// SPDX-License-Identifier: MIT
// "C" and "C.UTF-8" are part of the C library, here as on Linux. Of the others Linux's file system tells: /usr/lib/locale, where each has
// a folder, or one archive has all.
#include "locale/names.hpp"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

namespace libos {
namespace {

constexpr size_t longest_name = 31; // newlib's ENCODING_LEN

bool utf8(const char* charset)
{
    return strcasecmp(charset, "UTF-8") == 0 || strcasecmp(charset, "utf8") == 0;
}

bool lower(char c)
{
    return c >= 'a' && c <= 'z';
}

bool upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

// "en_US" of "en_US.UTF-8", or 0.
size_t language_length(const char* name)
{
    size_t length = lower(name[0]) && lower(name[1]) ? 2 + lower(name[2]) : 0;
    return length && name[length] == '_' && upper(name[length + 1]) && upper(name[length + 2]) ? length + 3 : 0;
}

// Is the name, as `localedef` writes it, among the archive's strings? [glibc] locale/locarchive.h: struct locarhead
bool in_strings(int archive, const char* name)
{
    constexpr uint32_t magic = 0xde020109, most = 262144;
    uint32_t head[7];
    if (pread(archive, head, sizeof head, 0) != static_cast<ssize_t>(sizeof head) || head[0] != magic)
        return false;
    uint32_t offset = head[5], size = head[6];
    auto* strings = size && size <= most ? static_cast<char*>(malloc(size)) : nullptr;
    bool read = strings && pread(archive, strings, size, offset) == static_cast<ssize_t>(size);
    size_t length = strlen(name) + 1;
    bool found = false;
    for (size_t at = 0; read && !found && at + length <= size; at++)
        found = (at == 0 || strings[at - 1] == '\0') && memcmp(strings + at, name, length) == 0;
    free(strings);
    return found;
}

bool linux_has(const char* language, size_t length)
{
    char name[longest_name + 1], path[64 + longest_name];
    snprintf(name, sizeof name, "%.*s.utf8", static_cast<int>(length), language);
    snprintf(path, sizeof path, "/usr/lib/locale/%s/LC_CTYPE", name);
    if (access(path, R_OK) == 0)
        return true;
    int archive = open("/usr/lib/locale/locale-archive", O_RDONLY | O_CLOEXEC);
    if (archive < 0)
        return false;
    bool found = in_strings(archive, name);
    close(archive);
    return found;
}

}

bool locale_known(const char* name)
{
    if (strcmp(name, "C") == 0 || strcmp(name, "POSIX") == 0)
        return true;
    if (strlen(name) > longest_name)
        return false;
    if (strncmp(name, "C.", 2) == 0)
        return utf8(name + 2);
    size_t language = language_length(name);
    if (!language || name[language] != '.' || !utf8(name + language + 1))
        return false;
    static char last[longest_name + 1]; // that Linux had; programs ask again and again
    if (strcmp(last, name) == 0)
        return true;
    int error = errno;
    bool found = linux_has(name, language);
    errno = error;
    if (found)
        strcpy(last, name);
    return found;
}

}
