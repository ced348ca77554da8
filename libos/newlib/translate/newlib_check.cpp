// SPDX-License-Identifier: MIT
// newlib's headers say what the tables say.
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/types.h>

#define ERROR(name, linux_number, newlib_number) static_assert(name == newlib_number, #name);
#include "errors.inc"

#define FLAG(name, newlib_flag, linux_flag) static_assert(name == newlib_flag, #name);
#include "open_flags.inc"

static_assert(ERANGE == 34 && EIO == 5 && EINTR == 4);
static_assert(O_ACCMODE == 3 && FNBIO == 0x1000);
static_assert(F_DUPFD == 0 && F_GETFD == 1 && F_SETFD == 2 && F_GETFL == 3 && F_SETFL == 4 && F_GETOWN == 5 && F_SETOWN == 6);
static_assert(F_GETLK == 7 && F_SETLK == 8 && F_SETLKW == 9 && F_DUPFD_CLOEXEC == 14);
static_assert(F_RDLCK == 1 && F_WRLCK == 2 && F_UNLCK == 3);
static_assert(AT_FDCWD == -2 && AT_EACCESS == 1 && AT_SYMLINK_NOFOLLOW == 2 && AT_SYMLINK_FOLLOW == 4 && AT_REMOVEDIR == 8);
static_assert(AT_EMPTY_PATH == 16);

// The same on both sides, and passed on as they are.
static_assert(S_IFMT == 0170000 && S_IFDIR == 0040000 && S_IFCHR == 0020000 && S_IFBLK == 0060000 && S_IFREG == 0100000);
static_assert(S_IFLNK == 0120000 && S_IFSOCK == 0140000 && S_IFIFO == 0010000 && S_ISUID == 04000 && S_ISVTX == 01000);
static_assert(LOCK_SH == 1 && LOCK_EX == 2 && LOCK_NB == 4 && LOCK_UN == 8);

// What the overlay's machine/_types.h is for.
static_assert(sizeof(dev_t) == 8 && sizeof(ino_t) == 8 && sizeof(off_t) == 8 && sizeof(uid_t) == 4 && sizeof(gid_t) == 4);
static_assert(sizeof(mode_t) == 4 && sizeof(time_t) == 8);
