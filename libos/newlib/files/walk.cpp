// SPDX-License-Identifier: MIT
// ftw() and nftw(): a function for each name below a folder.
#include <dirent.h>
#include <errno.h>
#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

using Visit = int (*)(const char*, const struct stat*, int, FTW*);

struct Walk {
    Visit visit;
    int flags;
    dev_t device;
};

int walk(const Walk& how, const char* path, int base, int level);

int kind_of(const Walk& how, const char* path, struct stat& status)
{
    bool physical = how.flags & FTW_PHYS;
    if ((physical ? lstat : stat)(path, &status) == 0) {
        if (S_ISLNK(status.st_mode))
            return FTW_SL;
        return S_ISDIR(status.st_mode) ? (how.flags & FTW_DEPTH ? FTW_DP : FTW_D) : FTW_F;
    }
    if (!physical && lstat(path, &status) == 0)
        return FTW_SLN;
    return FTW_NS;
}

int walk_entries(const Walk& how, DIR& directory, const char* path, int level)
{
    size_t length = strlen(path);
    while (dirent* entry = readdir(&directory)) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        auto* child = static_cast<char*>(malloc(length + strlen(entry->d_name) + 2));
        if (!child)
            return -1;
        memcpy(child, path, length);
        child[length] = '/';
        strcpy(child + length + 1, entry->d_name);
        int result = walk(how, child, static_cast<int>(length) + 1, level + 1);
        free(child);
        if (result != 0)
            return result;
    }
    return 0;
}

int walk(const Walk& how, const char* path, int base, int level)
{
    struct stat status {
    };
    FTW position{base, level};
    int kind = kind_of(how, path, status);
    if (kind == FTW_NS && errno != EACCES)
        return -1;
    if ((how.flags & FTW_MOUNT) && kind != FTW_NS && status.st_dev != how.device)
        return 0;
    if (kind != FTW_D && kind != FTW_DP)
        return how.visit(path, &status, kind, &position);

    DIR* directory = opendir(path);
    if (!directory)
        return errno == EACCES ? how.visit(path, &status, FTW_DNR, &position) : -1;
    int result = kind == FTW_D ? how.visit(path, &status, kind, &position) : 0;
    if (result == 0)
        result = walk_entries(how, *directory, path, level);
    closedir(directory);
    return result == 0 && kind == FTW_DP ? how.visit(path, &status, kind, &position) : result;
}

thread_local int (*simple_visit)(const char*, const struct stat*, int);

int visit_simply(const char* path, const struct stat* status, int kind, FTW*)
{
    return simple_visit(path, status, kind == FTW_SLN ? FTW_NS : kind);
}

}

extern "C" {

int nftw(const char* path, Visit visit, int, int flags)
{
    struct stat status;
    if (flags & FTW_CHDIR) {
        errno = ENOSYS;
        return -1;
    }
    if (lstat(path, &status) < 0)
        return -1;
    const char* slash = strrchr(path, '/');
    return walk({visit, flags, status.st_dev}, path, slash ? static_cast<int>(slash + 1 - path) : 0, 0);
}

int ftw(const char* path, int (*visit)(const char*, const struct stat*, int), int descriptors)
{
    auto* before = simple_visit;
    simple_visit = visit;
    int result = nftw(path, visit_simply, descriptors, 0);
    simple_visit = before;
    return result;
}

}
