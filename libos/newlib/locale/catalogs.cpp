// SPDX-License-Identifier: MIT
// catopen() and its kind: catalogs of messages as Linux's `gencat` writes them. [glibc] catgets/catgetsinfo.h
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <nl_types.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

// A table of hashes, `depth` planes of `size` entries each, twice: in this order of bytes and in the other. Texts follow.
struct Catalog {
    uint32_t magic, size, depth;
    struct Entry {
        uint32_t set, message, text;
    } entries[];

    bool good(size_t bytes) const;
    const char* texts() const { return reinterpret_cast<const char*>(entries + uint64_t{2} * size * depth); }
};
constexpr uint32_t catalog_magic = 0x960408de;
auto* const no_catalog = reinterpret_cast<nl_catd>(-1);

bool Catalog::good(size_t bytes) const
{
    constexpr uint64_t most = 1 << 24;
    return magic == catalog_magic && size > 0 && depth > 0 && size <= most && depth <= most &&
           sizeof *this + uint64_t{2} * size * depth * sizeof(Entry) <= bytes;
}

Catalog* read_catalog(const char* path)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return nullptr;
    struct stat status;
    size_t size = fstat(file, &status) == 0 && S_ISREG(status.st_mode) ? static_cast<size_t>(status.st_size) : 0;
    auto* catalog = size > sizeof(Catalog) ? static_cast<char*>(malloc(size + 1)) : nullptr;
    bool good = catalog && read(file, catalog, size) == static_cast<ssize_t>(size) && reinterpret_cast<Catalog*>(catalog)->good(size);
    close(file);
    if (!good) {
        free(catalog);
        errno = EINVAL;
        return nullptr;
    }
    catalog[size] = '\0'; // the last text ends whatever the file says
    return reinterpret_cast<Catalog*>(catalog);
}

// The path that one pattern of NLSPATH says; false: too long.
bool fill(const char* pattern, size_t length, const char* name, const char* locale, char (&path)[1024])
{
    size_t used = 0;
    auto put = [&](const char* text, size_t size) {
        if (used + size >= sizeof path)
            return false;
        memcpy(path + used, text, size);
        path[used += size] = '\0';
        return true;
    };
    size_t language = strcspn(locale, "_.@");
    for (const char* end = pattern + length; pattern < end; pattern++) {
        bool fits = true;
        if (*pattern != '%' || pattern + 1 == end) {
            fits = put(pattern, 1);
        } else if (*++pattern == 'N') {
            fits = put(name, strlen(name));
        } else if (*pattern == 'L') {
            fits = put(locale, strlen(locale));
        } else if (*pattern == 'l') {
            fits = put(locale, language);
        } else if (*pattern == 't') {
            const char* territory = locale + language + (locale[language] == '_');
            fits = put(territory, locale[language] == '_' ? strcspn(territory, ".@") : 0);
        } else if (*pattern == 'c') {
            const char* charset = strchr(locale, '.');
            fits = put(charset ? charset + 1 : "", charset ? strcspn(charset + 1, "@") : 0);
        } else if (*pattern == '%') {
            fits = put("%", 1);
        }
        if (!fits)
            return false;
    }
    return used > 0;
}

const char* language(int flags)
{
    if (flags & NL_CAT_LOCALE)
        return setlocale(LC_MESSAGES, nullptr);
    const char* value = getenv("LANG");
    return value && *value && !strchr(value, '/') ? value : "C";
}

Catalog* search(const char* patterns, const char* name, const char* locale)
{
    char path[1024];
    for (;; patterns++) {
        size_t length = strcspn(patterns, ":");
        const char* pattern = length ? patterns : "%N";
        if (fill(pattern, length ? length : 2, name, locale, path))
            if (Catalog* found = read_catalog(path))
                return found;
        patterns += length;
        if (!*patterns)
            return nullptr;
    }
}

}

extern "C" {

nl_catd catopen(const char* name, int flags)
{
    constexpr char usual[] = "/usr/share/locale/%L/%N:/usr/share/locale/%L/LC_MESSAGES/%N:/usr/share/locale/%l/%N:"
                             "/usr/share/locale/%l/LC_MESSAGES/%N";
    Catalog* found = nullptr;
    if (strchr(name, '/')) {
        found = read_catalog(name);
    } else {
        const char *patterns = getenv("NLSPATH"), *locale = language(flags);
        errno = ENOENT;
        if (patterns && *patterns)
            found = search(patterns, name, locale);
        if (!found)
            found = search(usual, name, locale);
    }
    return found ? found : no_catalog;
}

char* catgets(nl_catd handle, int set, int message, const char* otherwise)
{
    auto* other = const_cast<char*>(otherwise);
    if (handle == no_catalog || set < 0 || message < 0)
        return other;
    const auto& catalog = *static_cast<const Catalog*>(handle);
    uint32_t wanted = static_cast<uint32_t>(set) + 1; // as it is kept
    uint64_t at = wanted * static_cast<uint32_t>(message) % catalog.size;
    for (uint32_t plane = 0; plane < catalog.depth; plane++, at += catalog.size) {
        const Catalog::Entry& entry = catalog.entries[at];
        if (entry.set == wanted && entry.message == static_cast<uint32_t>(message))
            return const_cast<char*>(catalog.texts()) + entry.text;
    }
    errno = ENOMSG;
    return other;
}

int catclose(nl_catd handle)
{
    if (handle == no_catalog) {
        errno = EBADF;
        return -1;
    }
    free(handle);
    return 0;
}

}
