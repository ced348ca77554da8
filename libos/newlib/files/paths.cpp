// SPDX-License-Identifier: MIT
// Names in the file system: folders, links, names, rights, owners, times.
#include "call.hpp"
#include "own_files/own_files.hpp"
#include "translate/structures.hpp"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <reent.h>
#include <unistd.h>
#include <utime.h>

using namespace libos;

namespace {

constexpr int here = -100; // Linux's AT_FDCWD

// As much as there is room for, without an end.
ssize_t copy_link(const char* target, char* buffer, size_t size)
{
    size_t length = strlen(target);
    if (length > size)
        length = size;
    memcpy(buffer, target, length);
    return static_cast<ssize_t>(length);
}

template <typename... Arguments>
int call_with_flags(LinuxCall number, int flags, Arguments... arguments)
{
    int64_t linux_flags = linux_at_flags(flags);
    return linux_flags < 0 ? static_cast<int>(fail(EINVAL)) : call_int(number, arguments..., linux_flags);
}

}

extern "C" {

int link(const char* from, const char* to)
{
    return call_int(LinuxCall::linkat, here, from, here, to, 0);
}

int linkat(int from_folder, const char* from, int to_folder, const char* to, int flags)
{
    return call_with_flags(LinuxCall::linkat, flags, linux_at_descriptor(from_folder), from, linux_at_descriptor(to_folder), to);
}

int symlink(const char* target, const char* path)
{
    return call_int(LinuxCall::symlinkat, target, here, path);
}

int symlinkat(const char* target, int folder, const char* path)
{
    return call_int(LinuxCall::symlinkat, target, linux_at_descriptor(folder), path);
}

ssize_t readlink(const char* __restrict path, char* __restrict buffer, size_t size)
{
    return readlinkat(AT_FDCWD, path, buffer, size);
}

ssize_t readlinkat(int folder, const char* __restrict path, char* __restrict buffer, size_t size)
{
    OwnName own(folder, path);
    if (own.ours())
        return own.refuse_link();
    if (own.kind() == OwnName::program && size > 0)
        return copy_link(OwnName::target(), buffer, size);
    return call(LinuxCall::readlinkat, linux_at_descriptor(folder), path, buffer, size);
}

int unlink(const char* path)
{
    return call_int(LinuxCall::unlinkat, here, path, 0);
}

int unlinkat(int folder, const char* path, int flags)
{
    return call_with_flags(LinuxCall::unlinkat, flags, linux_at_descriptor(folder), path);
}

int rmdir(const char* path)
{
    return unlinkat(AT_FDCWD, path, AT_REMOVEDIR);
}

int remove(const char* path)
{
    int error = errno;
    if (unlink(path) == 0)
        return 0;
    if (errno != EISDIR)
        return -1;
    errno = error;
    return rmdir(path);
}

int _remove_r(_reent*, const char* path)
{
    return remove(path);
}

int rename(const char* from, const char* to)
{
    return call_int(LinuxCall::renameat2, here, from, here, to, 0);
}

int renameat(int from_folder, const char* from, int to_folder, const char* to)
{
    return call_int(LinuxCall::renameat2, linux_at_descriptor(from_folder), from, linux_at_descriptor(to_folder), to, 0);
}

int mkdir(const char* path, mode_t mode)
{
    return call_int(LinuxCall::mkdirat, here, path, mode);
}

int mkdirat(int folder, const char* path, mode_t mode)
{
    return call_int(LinuxCall::mkdirat, linux_at_descriptor(folder), path, mode);
}

int mknod(const char* path, mode_t mode, dev_t device)
{
    return call_int(LinuxCall::mknodat, here, path, mode, device);
}

int mknodat(int folder, const char* path, mode_t mode, dev_t device)
{
    return call_int(LinuxCall::mknodat, linux_at_descriptor(folder), path, mode, device);
}

int mkfifo(const char* path, mode_t mode)
{
    return mknod(path, mode | S_IFIFO, 0);
}

int mkfifoat(int folder, const char* path, mode_t mode)
{
    return mknodat(folder, path, mode | S_IFIFO, 0);
}

int access(const char* path, int mode)
{
    return faccessat(AT_FDCWD, path, mode, 0);
}

int faccessat(int folder, const char* path, int mode, int flags)
{
    OwnName own(folder, path);
    if (own.ours())
        return own.check_access(mode);
    if (own.kind() == OwnName::program && !(flags & AT_SYMLINK_NOFOLLOW))
        path = OwnName::target();
    if (flags == 0)
        return call_int(LinuxCall::faccessat, linux_at_descriptor(folder), path, mode);
    return call_with_flags(LinuxCall::faccessat2, flags, linux_at_descriptor(folder), path, mode);
}

int euidaccess(const char* path, int mode)
{
    return faccessat(AT_FDCWD, path, mode, AT_EACCESS);
}

int eaccess(const char* path, int mode)
{
    return euidaccess(path, mode);
}

int chdir(const char* path)
{
    return call_int(LinuxCall::chdir, path);
}

int fchdir(int descriptor)
{
    return call_int(LinuxCall::fchdir, descriptor);
}


// buffer == null: memory of malloc, as large as it takes.
char* getcwd(char* buffer, size_t size)
{
    constexpr size_t longest = 4096;
    char* space = buffer ? buffer : static_cast<char*>(malloc(size ? size : longest));
    if (!space)
        return nullptr;
    if (call(LinuxCall::getcwd, space, buffer || size ? size : longest) >= 0)
        return space;
    if (!buffer)
        free(space);
    return nullptr;
}

char* get_current_dir_name()
{
    const char* name = getenv("PWD");
    struct stat by_name, here;
    if (name && *name == '/' && stat(name, &by_name) == 0 && stat(".", &here) == 0 && by_name.st_ino == here.st_ino && by_name.st_dev == here.st_dev)
        return strdup(name);
    return getcwd(nullptr, 0);
}

int chmod(const char* path, mode_t mode)
{
    return call_int(LinuxCall::fchmodat, here, path, mode);
}

int fchmod(int descriptor, mode_t mode)
{
    return call_int(LinuxCall::fchmod, descriptor, mode);
}

// Linux's call has no flags: there is no changing the rights of a symbolic link.
int fchmodat(int folder, const char* path, mode_t mode, int flags)
{
    if (flags != 0)
        return static_cast<int>(fail(flags == AT_SYMLINK_NOFOLLOW ? EOPNOTSUPP : EINVAL));
    return call_int(LinuxCall::fchmodat, linux_at_descriptor(folder), path, mode);
}

int chown(const char* path, uid_t user, gid_t group)
{
    return call_int(LinuxCall::fchownat, here, path, user, group, 0);
}

int fchown(int descriptor, uid_t user, gid_t group)
{
    return call_int(LinuxCall::fchown, descriptor, user, group);
}

int lchown(const char* path, uid_t user, gid_t group)
{
    return call_int(LinuxCall::lchown, path, user, group);
}

int fchownat(int folder, const char* path, uid_t user, gid_t group, int flags)
{
    return call_with_flags(LinuxCall::fchownat, flags, linux_at_descriptor(folder), path, user, group);
}

mode_t umask(mode_t mask)
{
    return static_cast<mode_t>(call(LinuxCall::umask, mask));
}

}
