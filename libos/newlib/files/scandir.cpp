// SPDX-License-Identifier: MIT
// scandir(): the entries that a filter likes, sorted, in memory of malloc.
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

namespace {

struct List {
    dirent** entries = nullptr;
    size_t count = 0, room = 0;
};

bool append(List& list, const dirent& entry)
{
    if (list.count == list.room) {
        size_t room = list.room ? 2 * list.room : 32;
        auto* grown = static_cast<dirent**>(realloc(list.entries, room * sizeof *list.entries));
        if (!grown)
            return false;
        list.entries = grown;
        list.room = room;
    }
    auto* copy = static_cast<dirent*>(malloc(entry.d_reclen));
    if (!copy)
        return false;
    list.entries[list.count++] = static_cast<dirent*>(memcpy(copy, &entry, entry.d_reclen));
    return true;
}

void destroy(List& list)
{
    while (list.count > 0)
        free(list.entries[--list.count]);
    free(list.entries);
}

bool collect(DIR& directory, int (*wanted)(const dirent*), List& list)
{
    errno = 0;
    while (dirent* entry = readdir(&directory)) {
        if ((!wanted || wanted(entry)) && !append(list, *entry))
            return false;
        errno = 0; // of the filter
    }
    return errno == 0;
}

}

extern "C" int scandir(const char* path, dirent*** result, int (*wanted)(const dirent*), int (*order)(const dirent**, const dirent**))
{
    DIR* directory = opendir(path);
    if (!directory)
        return -1;
    int before = errno;
    List list;
    bool complete = collect(*directory, wanted, list);
    int error = complete ? before : errno;
    closedir(directory);
    errno = error;
    if (!complete) {
        destroy(list);
        return -1;
    }
    if (order)
        qsort(list.entries, list.count, sizeof *list.entries, reinterpret_cast<int (*)(const void*, const void*)>(order));
    *result = list.entries;
    return static_cast<int>(list.count);
}
