// SPDX-License-Identifier: MIT
// The Linux side of libos's tables against Linux's own headers (the newlib side is asserted where newlib's headers are).
#include "libos/newlib/linux_calls.hpp"
#include "libos/newlib/translate/constants.hpp"
#include "libos/newlib/translate/structures.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <linux/stat.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>

#define CALL(name, number) static_assert(SYS_##name == number, #name);
#include "libos/newlib/linux_calls.inc"
#undef CALL

#define ERROR(name, linux_number, newlib_number) static_assert(name == linux_number, #name);
#include "libos/newlib/translate/errors.inc"
#undef ERROR

#undef FASYNC
#define FASYNC O_ASYNC
#define FLAG(name, newlib_flag, linux_flag) static_assert(name == linux_flag, #name);
#include "libos/newlib/translate/open_flags.inc"
#undef FLAG

static_assert(sizeof(libos::linux_abi::Stat) == sizeof(struct stat));
static_assert(offsetof(libos::linux_abi::Stat, size) == offsetof(struct stat, st_size));
static_assert(offsetof(libos::linux_abi::Stat, blocks) == offsetof(struct stat, st_blocks));
static_assert(offsetof(libos::linux_abi::Stat, changed) == offsetof(struct stat, st_ctim));
static_assert(sizeof(libos::linux_abi::Flock) == sizeof(struct flock));
static_assert(offsetof(libos::linux_abi::Flock, pid) == offsetof(struct flock, l_pid));
static_assert(sizeof(libos::linux_abi::Statfs) == sizeof(struct statfs));
static_assert(offsetof(libos::linux_abi::Statfs, name_length) == offsetof(struct statfs, f_namelen));

using namespace libos;

namespace {

// newlib's numbers, from its headers.
enum Newlib { append = 0x8, create = 0x200, truncate = 0x400, sync = 0x2000, nonblock = 0x4000, directory = 0x200000, dsync = 0x4000000,
    fnbio = 0x1000, temporary = 0xa00000 };

TEST(Errno, IsTheSameUpTo34)
{
    for (int number = 0; number <= 34; number++)
        EXPECT_EQ(newlib_errno(number), number);
}

TEST(Errno, KnowsTheOnesThatDiffer)
{
    EXPECT_EQ(newlib_errno(ENOSYS), 88);
    EXPECT_EQ(newlib_errno(ENOTEMPTY), 90);
    EXPECT_EQ(newlib_errno(ETIMEDOUT), 116);
    EXPECT_EQ(newlib_errno(EOPNOTSUPP), 95);
}

// Whatever Linux says, the program gets a number that its C library knows.
TEST(Errno, NeverIsZeroOrUnknown)
{
    for (int number = 1; number < 4096; number++) {
        int translated = newlib_errno(number);
        EXPECT_GT(translated, 0) << number;
        EXPECT_LE(translated, 143) << number;
    }
    EXPECT_EQ(newlib_errno(EKEYEXPIRED), EIO);
    EXPECT_EQ(newlib_errno(ERESTART), EINTR);
}

TEST(OpenFlags, AreTranslatedOneByOneAndTogether)
{
    EXPECT_EQ(linux_open_flags(0), O_RDONLY);
    EXPECT_EQ(linux_open_flags(1 | create | truncate), O_WRONLY | O_CREAT | O_TRUNC);
    EXPECT_EQ(linux_open_flags(2 | append | nonblock), O_RDWR | O_APPEND | O_NONBLOCK);
    EXPECT_EQ(linux_open_flags(fnbio), O_NONBLOCK);
    EXPECT_EQ(linux_open_flags(sync), O_SYNC);
    EXPECT_EQ(linux_open_flags(dsync), O_DSYNC);
    EXPECT_EQ(linux_open_flags(directory), O_DIRECTORY);
    EXPECT_EQ(linux_open_flags(2 | temporary), O_RDWR | O_TMPFILE);
}

TEST(OpenFlags, RefuseUnknownBits)
{
    EXPECT_EQ(linux_open_flags(0x400000), -1); // O_EXEC: Linux has none
    EXPECT_EQ(linux_open_flags(0x10), -1);
    EXPECT_EQ(linux_open_flags(0x40000000), -1);
}

TEST(OpenFlags, ComeBack)
{
    for (int flags : {0, 1, 2, 2 | append, 1 | nonblock, int(sync), int(dsync), int(directory)})
        EXPECT_EQ(newlib_open_flags(linux_open_flags(flags)), flags);
    EXPECT_EQ(newlib_open_flags(O_LARGEFILE | O_RDWR), 2) << "what newlib has no word for drops out";
}

TEST(Fcntl, CommandsAndLockTypes)
{
    EXPECT_EQ(linux_fcntl_command(7), F_GETLK);
    EXPECT_EQ(linux_fcntl_command(8), F_SETLK);
    EXPECT_EQ(linux_fcntl_command(9), F_SETLKW);
    EXPECT_EQ(linux_fcntl_command(14), F_DUPFD_CLOEXEC);
    EXPECT_EQ(linux_fcntl_command(6), F_SETOWN);
    EXPECT_EQ(linux_fcntl_command(5), F_GETOWN);
    EXPECT_EQ(linux_fcntl_command(10), -1);
    EXPECT_EQ(linux_lock_type(1), F_RDLCK);
    EXPECT_EQ(linux_lock_type(2), F_WRLCK);
    EXPECT_EQ(linux_lock_type(3), F_UNLCK);
    EXPECT_EQ(newlib_lock_type(F_WRLCK), 2);
    EXPECT_EQ(linux_lock_type(4), -1);
}

TEST(AtFlags, AndTheCurrentDirectory)
{
    EXPECT_EQ(linux_at_descriptor(-2), AT_FDCWD);
    EXPECT_EQ(linux_at_descriptor(5), 5);
    EXPECT_EQ(linux_at_flags(2), AT_SYMLINK_NOFOLLOW);
    EXPECT_EQ(linux_at_flags(8), AT_REMOVEDIR);
    EXPECT_EQ(linux_at_flags(16 | 4), AT_EMPTY_PATH | AT_SYMLINK_FOLLOW);
    EXPECT_EQ(linux_at_flags(32), -1);
}

}
