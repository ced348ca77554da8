// SPDX-License-Identifier: MIT
// Calls on names: opening, status, directories, links, rights, extended attributes.
#include "delegate/table.hpp"

#include <linux/stat.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <utime.h>

namespace skl {
namespace {

using namespace row;

constexpr Argument two_timespecs = in_bytes(32);
constexpr Argument two_timevals = in_bytes(32);

constexpr Call calls[] = {
    {SYS_open, "open", {path, value, value}, nullptr, true},
    {SYS_openat, "openat", {fd, path, value, value}, nullptr, true},
    {SYS_creat, "creat", {path, value}, nullptr, true},
    {SYS_stat, "stat", {path, out_one<struct stat>()}},
    {SYS_lstat, "lstat", {path, out_one<struct stat>()}},
    {SYS_newfstatat, "newfstatat", {fd, path, out_one<struct stat>(), value}},
    {SYS_statx, "statx", {fd, path, value, value, out_one<struct statx>()}},
    {SYS_statfs, "statfs", {path, out_one<struct statfs>()}},
    {SYS_access, "access", {path, value}},
    {SYS_faccessat, "faccessat", {fd, path, value}},
    {SYS_faccessat2, "faccessat2", {fd, path, value, value}},
    {SYS_getcwd, "getcwd", {out(1), value}},
    {SYS_chdir, "chdir", {path}},
    {SYS_mkdir, "mkdir", {path, value}},
    {SYS_mkdirat, "mkdirat", {fd, path, value}},
    {SYS_rmdir, "rmdir", {path}},
    {SYS_mknod, "mknod", {path, value, value}},
    {SYS_mknodat, "mknodat", {fd, path, value, value}},
    {SYS_link, "link", {path, path}},
    {SYS_linkat, "linkat", {fd, path, fd, path, value}},
    {SYS_unlink, "unlink", {path}},
    {SYS_unlinkat, "unlinkat", {fd, path, value}},
    {SYS_symlink, "symlink", {path, path}},
    {SYS_symlinkat, "symlinkat", {path, fd, path}},
    {SYS_readlink, "readlink", {path, out(2), value}},
    {SYS_readlinkat, "readlinkat", {fd, path, out(3), value}},
    {SYS_rename, "rename", {path, path}},
    {SYS_renameat, "renameat", {fd, path, fd, path}},
    {SYS_renameat2, "renameat2", {fd, path, fd, path, value}},
    {SYS_chmod, "chmod", {path, value}},
    {SYS_fchmodat, "fchmodat", {fd, path, value}},
    {SYS_chown, "chown", {path, value, value}},
    {SYS_lchown, "lchown", {path, value, value}},
    {SYS_fchownat, "fchownat", {fd, path, value, value, value}},
    {SYS_utime, "utime", {path, in_one<struct utimbuf>()}},
    {SYS_utimes, "utimes", {path, two_timevals}},
    {SYS_futimesat, "futimesat", {fd, path, two_timevals}},
    {SYS_utimensat, "utimensat", {fd, path, two_timespecs, value}},
    {SYS_truncate, "truncate", {path, value}},
    {SYS_umask, "umask", {value}},
    {SYS_getxattr, "getxattr", {path, path, out(3), value}},
    {SYS_lgetxattr, "lgetxattr", {path, path, out(3), value}},
    {SYS_fgetxattr, "fgetxattr", {fd, path, out(3), value}},
    {SYS_setxattr, "setxattr", {path, path, in(3), value, value}},
    {SYS_fsetxattr, "fsetxattr", {fd, path, in(3), value, value}},
    {SYS_listxattr, "listxattr", {path, out(2), value}},
    {SYS_llistxattr, "llistxattr", {path, out(2), value}},
    {SYS_flistxattr, "flistxattr", {fd, out(2), value}},
    {SYS_removexattr, "removexattr", {path, path}},
};

}

std::span<const Call> name_calls()
{
    return calls;
}

}
